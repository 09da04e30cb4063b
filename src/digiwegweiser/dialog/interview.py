"""The interview: asks in turn, explains and asks again, goes back, and lets every answer be changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digiwegweiser.core.firm import Place, Trade
from digiwegweiser.core.needs import NeedVocabulary
from digiwegweiser.core.reading import Reading
from digiwegweiser.core.vocabulary import LAND_NAMES
from digiwegweiser.dialog.prompter import Choice, ChoiceGroup, Prompter
from digiwegweiser.dialog.questions import BACK_WORDS, BY_KEY, HELP, QUESTIONS, UNKNOWN_WORDS, Form, Question
from digiwegweiser.intake.firm import Answers, FirmReader

_BACK, _UNKNOWN, _OTHER, _DONE = "_back", "_unknown", "_other", "_done"
#: The hint where there is an answer already, and how much of that is shown.
_KEEP = "leer = „{}“ behalten, ? = weiß ich nicht"
_KEPT_WIDTH = 30


@dataclass(frozen=True, slots=True)
class Wording:
    """How readings are told: what was not understood, and what was assumed."""

    explain: Callable[[str, Reading[Any]], str]
    remark: Callable[[str, Reading[Any]], str]


class Back(Exception):
    """The user wants the previous question."""


#: Which question comes after those asked so far; None = no more.
Further = Callable[[Sequence[str]], Question | None]


class Interview:
    """One conversation; `answers` always holds what has been said so far."""

    def __init__(
        self, reader: FirmReader, needs: NeedVocabulary, prompter: Prompter, wording: Wording, answers: Answers
    ) -> None:
        self.reader, self.vocabulary, self.prompter, self.wording = reader, needs, prompter, wording
        self.answers = answers
        self._completions: Mapping[str, Callable[[], Sequence[str]]] = {
            "place": reader.places.names,
            "trade": reader.trades.names,
        }

    def ask_all(self, further: Further = lambda asked: None) -> None:
        """Asks every question that is asked in turn and has no answer yet, then what `further` names until nothing.

        Going back beyond a question from `further` drops it: the answer before it may change what matters.
        """
        self.prompter.tell(HELP)
        turn = self._turn()
        in_any_case, place = len(turn), 0
        while True:
            if place == len(turn):
                question = further([asked.key for asked in turn])
                if question is None:
                    return
                turn.append(question)
            try:
                self.ask(turn[place])
                place += 1
            except Back:
                place = max(place - 1, 0)
                del turn[max(place + 1, in_any_case) :]

    def _turn(self) -> list[Question]:
        """The questions that are asked in any case."""
        misread = self._check_given()
        given = dict(self.answers.items())
        return [q for q in QUESTIONS if q.key in misread or (q.is_asked and q.key not in given)]

    def _check_given(self) -> set[str]:
        """Settles what answers given ahead mean, and takes back the rest; the attributes that must be asked again."""
        misread = set()
        for key, found in self.reader.read_all(self.answers).problems():
            if found.candidates and (picked := self._pick(found)):
                self.keep(key, picked)
                continue
            if not found.candidates:
                self.prompter.tell(self.wording.explain(key, found))
            understood = tuple(text for text in self.answers.needs if text != found.text)
            self.keep(key, understood if key == "needs" else None)
            misread.add(key)
        self._drop_unread_needs()
        return misread

    def _drop_unread_needs(self) -> None:
        """Tells which of several needs given ahead are left out, and leaves them out."""
        unread = [found for _, found in self.reader.read_all(self.answers).remarks() if not found.is_understood]
        for found in unread:
            self.prompter.tell(f"Hinweis: {self.wording.remark('needs', found)}")
        self.keep("needs", tuple(text for text in self.answers.needs if text not in [found.text for found in unread]))

    def ask(self, question: Question) -> None:
        """Asks one question and keeps the answer. Raises Back."""
        match question.form:
            case Form.TEXT:
                self.keep(question.key, self._ask_text(question))
            case Form.YES_NO:
                self.keep(question.key, ask_yes_no(self.prompter, question.ask))
            case Form.NEEDS:
                self.keep(question.key, self._ask_needs(question))

    def ask_key(self, key: str) -> None:
        """Asks the question on one attribute once more; going back leaves the answer as it is."""
        before = self.answers
        try:
            self.ask(BY_KEY[key])
        except Back:
            self.answers = before

    def review(self, lines: Callable[[Answers], Sequence[tuple[str, str]]]) -> None:
        """Shows all answers, any of which can be changed, until the user is content."""
        while True:
            shown = [Choice(key, f"ändern: {text}") for key, text in lines(self.answers)]
            picked = self.prompter.select("Stimmt alles?", [Choice(_DONE, "Ja, Wegweiser zeigen"), *shown])
            if picked == _DONE:
                return
            self.ask_key(picked)

    def keep(self, key: str, value: str | tuple[str, ...] | None) -> None:
        """Takes an answer; None takes it back."""
        empty: Any = () if key == "needs" else None
        changed: dict[str, Any] = {key: value or empty}
        self.answers = self.answers._replace(**changed)

    def _ask_text(self, question: Question) -> str | None:
        completions = self._completions.get(question.key)
        kept = getattr(self.answers, question.key)
        before = kept if isinstance(kept, str) else None
        # The old answer is told beside the question and not written into the line: whoever types replaces it.
        hint = question.hint if before is None else _KEEP.format(_shown(before))
        while True:
            said = self.prompter.text(question.ask, hint, completions() if completions else ()).strip()
            if said.casefold() in BACK_WORDS:
                raise Back
            if not said and before is not None:
                return before
            if said.casefold() in UNKNOWN_WORDS:
                return None
            understood = self._understand(question, said)
            if understood is not None:
                return understood

    def _understand(self, question: Question, said: str) -> str | None:
        """The answer as it reads back to the one meaning; None if it must be asked again."""
        found = self.reader.read(question.key, said)
        if found.candidates:
            return self._pick(found)
        if not found.is_understood:
            self.prompter.tell(self.wording.explain(question.key, found))
            return None
        if found.notes:
            self.prompter.tell(self.wording.remark(question.key, found))
        return said

    def _pick(self, found: Reading[Any]) -> str | None:
        choices = [Choice(typed(candidate), _described(candidate)) for candidate in found.candidates]
        picked = self.prompter.select(
            f"„{found.text}“ kann mehreres heißen. Was meinen Sie?",
            [*choices, Choice(_OTHER, "etwas anderes eingeben")],
        )
        return None if picked == _OTHER else picked

    def _ask_needs(self, question: Question) -> tuple[str, ...]:
        readings = [self.reader.read(question.key, text) for text in self.answers.needs]
        before = [need.code for found in readings for need in found.value or ()]
        groups = [
            ChoiceGroup(
                group.label, tuple(Choice(n.code, n.question) for n in self.vocabulary.needs if n.group == group.code)
            )
            for group in self.vocabulary.groups
        ]
        marked = self.prompter.many(question.ask, groups, before)
        self.keep(question.key, tuple(marked))
        own = self._ask_text(Question("needs", "Und in eigenen Worten?", "ein Satz genügt; leer lassen geht auch"))
        return (*marked, own) if own else tuple(marked)


def ask_yes_no(prompter: Prompter, ask: str) -> str | None:
    """The answer "ja" or "nein"; None if it is not known. Raises Back."""
    choices = [
        Choice("nein", "Nein"),
        Choice("ja", "Ja"),
        Choice(_UNKNOWN, "Weiß ich nicht"),
        Choice(_BACK, "← zurück"),
    ]
    picked = prompter.select(ask, choices)
    if picked == _BACK:
        raise Back
    return None if picked == _UNKNOWN else picked


def _shown(answer: str) -> str:
    """The beginning of an answer, cut also where it has no blank."""
    return answer if len(answer) <= _KEPT_WIDTH else f"{answer[: _KEPT_WIDTH - 1]}…"


def typed(candidate: Any) -> str:
    """What to type to mean exactly this candidate."""
    match candidate:
        case Place():
            return candidate.label
        case Trade():
            return candidate.code or candidate.name
        case _:
            return str(candidate)


def _described(candidate: Any) -> str:
    match candidate:
        case Place():
            land = LAND_NAMES.get(candidate.land or "")
            rest = [part for part in (candidate.kreis_name, land) if part and part not in candidate.label]
            return f"{candidate.label} ({', '.join(rest)})" if rest else candidate.label
        case Trade():
            return candidate.name
        case _:
            return str(candidate)
