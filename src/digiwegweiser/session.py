"""The whole conversation: interview, guide, details of a number, saving."""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from digiwegweiser.app import Adviser, show
from digiwegweiser.catalog.profile import write_profile
from digiwegweiser.core.firm import Place, Trade
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.reading import Reading
from digiwegweiser.dialog.deciding import Deciding
from digiwegweiser.dialog.interview import Interview, Wording
from digiwegweiser.dialog.prompter import Choice, Prompter
from digiwegweiser.dialog.questions import QUESTIONS
from digiwegweiser.intake.conflicts import Conflict
from digiwegweiser.intake.firm import Answers
from digiwegweiser.render.commands import Setting, profile_command
from digiwegweiser.render.guide import MORE, Extent
from digiwegweiser.render.messages import problem_text, remark_text, system_text
from digiwegweiser.render.page import FIRST_PAGE, Block, Screen
from digiwegweiser.render.wording import ATTRIBUTES, place_line

_END, _SAVE, _CHANGE, _MORE, _ALL = "_end", "_save", "_change", "_more", "_all"


class Interrupted(Exception):
    """The user stopped; carries what was said so far."""

    def __init__(self, answers: Answers) -> None:
        super().__init__("interrupted")
        self.answers = answers


class Session:
    """One owner at one terminal."""

    def __init__(
        self, adviser: Adviser, prompter: Prompter, screen: Screen, answers: Answers, setting: Setting
    ) -> None:
        self.adviser, self.prompter, self.screen, self.setting = adviser, prompter, screen, setting
        wording = Wording(self._explain, remark_text)
        self.interview = Interview(adviser.reader, adviser.needs, prompter, wording, answers)
        self._named: set[str] = set()
        """Contradictions the owner knows of and lets stand."""
        self.deciding = Deciding(self.interview, self._guide, adviser.catalog.weights)

    def run(self, save_to: Path | None) -> None:
        """From the first question to the end. Raises Interrupted."""
        try:
            self.interview.ask_all(self.deciding.next_question)
            while True:
                self._settle_conflicts()
                self.interview.review(self._lines)
                self._settle_conflicts()
                guide = self._show_guide()
                if save_to is not None:
                    self._save(save_to)
                if not self._after(guide):
                    return
        except (KeyboardInterrupt, EOFError):
            raise Interrupted(self.interview.answers) from None

    def _settle_conflicts(self) -> None:
        """Names answers that contradict each other, each once, and asks again for one that cannot be."""
        while True:
            before = self.interview.answers
            found = self._conflicts(before)
            for conflict, text in found:
                if conflict.is_impossible or text not in self._named:
                    self.prompter.tell(text if conflict.is_impossible else f"Hinweis: {text}")
                    self._named.add(text)
            wrong = [conflict.attributes[0] for conflict, _ in found if conflict.is_impossible]
            if not wrong:
                return
            self.interview.ask_key(wrong[0])
            if self.interview.answers == before:
                self.prompter.tell(f"{ATTRIBUTES[wrong[0]]}: Das lasse ich weg.")
                self.interview.keep(wrong[0], None)

    def _conflicts(self, answers: Answers) -> Sequence[tuple[Conflict, str]]:
        as_of = self.setting.as_of
        return self.adviser.conflict_texts(self.adviser.read(answers, as_of), as_of)

    def _explain(self, key: str, found: Reading[Any]) -> str:
        return (
            problem_text(key, found, {}, with_option=False)
            if key != "needs" or found.notes
            else _NEEDS_HINT.format(found.text)
        )

    def _lines(self, answers: Answers) -> Sequence[tuple[str, str]]:
        given = dict(answers.items())
        labels = {need.code: need.label for need in self.adviser.needs.needs}
        lines = []
        for question in QUESTIONS:
            value = given.get(question.key)
            if isinstance(value, tuple):
                value = "; ".join(labels.get(text, f"„{text}“") for text in value)
            elif value is not None:
                value = self._as_read(question.key, value)
            lines.append((question.key, f"{ATTRIBUTES[question.key]}: {value or 'weiß ich nicht'}"))
        return lines

    def _guide(self, answers: Answers) -> Guide:
        return self.adviser.guide(self.adviser.read(answers, self.setting.as_of), self.setting.as_of)

    def _as_read(self, key: str, said: str) -> str:
        """An answer as it was understood, with the owner's own word where that differs."""
        match self.adviser.reader.read(key, said).value:
            case Place() as place:
                meant = place_line(place)
            case Trade() as trade:
                meant = trade.name
            case _:
                return said
        return meant if said in meant else f"{meant} („{said}“)"

    def _show_guide(self) -> Guide:
        guide = self._guide(self.interview.answers)
        self._show_page(guide, Extent(is_dialogue=True))
        return guide

    def _show_page(self, guide: Guide, extent: Extent) -> None:
        self._show(self.adviser.page(guide, extent), guide, range(1, extent.shown + 1))

    def _show_details(self, guide: Guide, rank: int) -> None:
        self._show(self.adviser.details(guide.hits[rank - 1].match, guide), guide, (rank,))

    def _show(self, page: Iterable[Block], guide: Guide, ranks: Sequence[int]) -> None:
        """A page and its summary, because the beginning has left the screen when the menu comes."""
        show(chain(page, self.adviser.summary(guide, ranks, self.screen.width)), self.screen)

    def _after(self, guide: Guide) -> bool:
        """What the owner wants next; True to change answers."""
        shown = FIRST_PAGE
        while True:
            picked = self.prompter.select("Wie weiter?", _choices(guide, shown))
            if picked == _END:
                return False
            if picked == _CHANGE:
                return True
            if picked == _SAVE:
                self._save_as()
            elif picked == _MORE:
                shown += MORE
                self._show_page(guide, Extent(shown, is_dialogue=True))
            elif picked == _ALL:
                self._show_page(guide, Extent(shown, show_all=True, is_dialogue=True))
            else:
                self._show_details(guide, int(picked))

    def _save_as(self) -> None:
        name = self.prompter.text("In welche Datei?", "leer = mein-betrieb.yaml", ()).strip()
        self._save(Path(name or "mein-betrieb.yaml"))

    def _save(self, path: Path) -> None:
        try:
            write_profile(dict(self.interview.answers.items()), path)
        except OSError as error:
            self.prompter.tell(f"{path} kann nicht geschrieben werden ({system_text(error.strerror)}).")
            return
        self.prompter.tell(f"Gespeichert in {path}. Wieder benutzen:\n  {profile_command(path, self.setting)}")


_NEEDS_HINT = (
    "In „{}“ erkenne ich keinen Bedarf. Versuchen Sie es mit anderen Worten, oder gehen Sie mit „zurück“ zur Liste und "
    "markieren Sie dort."
)


def _choices(guide: Guide, shown: int) -> list[Choice]:
    """What can be done with a guide of which that many hits are shown."""
    hits = guide.hits[:shown]
    found = [Choice(str(rank), f"Einzelheiten: {rank}. {hit.match.offer.name}") for rank, hit in enumerate(hits, 1)]
    if len(guide.hits) > shown:
        found.append(Choice(_MORE, "Mehr Angebote"))
    if guide.excluded:
        found.append(Choice(_ALL, "Was nicht passt, mit Gründen"))
    return [*found, Choice(_CHANGE, "Angaben ändern"), Choice(_SAVE, "Antworten speichern"), Choice(_END, "Ende")]
