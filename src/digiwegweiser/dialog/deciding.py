"""Which question comes after the basic ones: only what can still change the guide, with the reason why."""

from collections.abc import Callable, Sequence
from math import ceil, floor

from digiwegweiser.core.decisive import MOST_ASKED, TOP, OpenQuestion, outlook
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.stability import NearHeads, near_heads
from digiwegweiser.core.weights import Weights
from digiwegweiser.dialog.head_count import Calculator
from digiwegweiser.dialog.interview import Interview
from digiwegweiser.dialog.questions import BY_KEY, Question
from digiwegweiser.intake.firm import Answers

#: Names of offers in one reason.
NAMED = 3

SETTLED = "Mehr muss ich nicht wissen: keine Antwort würde die ersten drei noch ändern."
STILL_OPEN = "Mehr frage ich nicht. Was noch offen ist, steht im Wegweiser unter „Noch zu klären“."
NO_MORE = "Mehr frage ich nicht. Was fehlt, können Sie gleich noch nachtragen."


class Deciding:
    """Judges the answers so far after each one, and says what to ask next and when to stop."""

    def __init__(self, interview: Interview, guide: Callable[[Answers], Guide], weights: Weights) -> None:
        self.interview, self.guide, self.weights = interview, guide, weights
        self._put: list[str] = []
        self._counted: set[str] = set()
        """Numbers of employees for which the calculator was offered."""

    def next_question(self, asked: Sequence[str]) -> Question | None:
        """The question that matters most and was not asked, after its reason is told; None ends the interview."""
        if self.guide(self.interview.answers).firm.emergency is not None:
            # Help first: nothing about funding is worth another minute now.
            return None
        self._count_heads()
        guide = self.guide(self.interview.answers)
        given = dict(self.interview.answers.items())
        # What the owner went back from without an answer has not been put.
        self._put = [key for key in self._put if key in asked or key in given]
        ahead = outlook(guide, self.weights)
        fresh = [question for question in ahead.questions if question.attribute not in asked]
        if ahead.is_settled or not fresh or len(self._put) >= MOST_ASKED:
            self.interview.prompter.tell(SETTLED if ahead.is_settled else STILL_OPEN if ahead.questions else NO_MORE)
            return None
        self._put.append(fresh[0].attribute)
        self.interview.prompter.tell(why(fresh[0], guide))
        return BY_KEY[fresh[0].attribute]

    def _count_heads(self) -> None:
        """Offers the calculator, once for each number near a limit, and keeps its result as the answer."""
        number = self.interview.answers.employees
        if number is None or number in self._counted:
            return
        guide = self.guide(self.interview.answers)
        near = near_heads(guide, self.weights)
        if near is None or guide.firm.employees is None:
            return
        offers = _named([offer.name for offer in (*near.lost, *near.won)])
        counted = Calculator(self.interview.prompter).offer(limit_text(near, guide.firm.employees), offers, number)
        self._counted.add(number)
        if counted is not None:
            self._counted.add(counted)
            self.interview.keep("employees", counted)


def limit_text(near: NearHeads, heads: float) -> str:
    """The limit between the firm's head count and the near one, as offers state it."""
    # Who loses an offer by more heads, or wins it by fewer, stands before its upper limit.
    is_upper = (near.heads > heads) is bool(near.lost)
    if is_upper:
        return f"bis {ceil(near.heads) - 1 if near.lost else floor(near.heads)}"
    return f"ab {floor(near.heads) + 1 if near.lost else ceil(near.heads)}"


def why(question: OpenQuestion, guide: Guide) -> str:
    """What the answer to a question decides, with the names of the offers."""
    names = {m.offer.id: m.offer.name for hit in guide.hits for m in (hit.match, *hit.folded)}
    shown = min(len(guide.hits), TOP)
    decides = _named([names[name] for name in question.decides])
    match len(question.decides):
        case 0 if question.brings:
            reason = f"sie kann {_named([names[name] for name in question.brings])} nach vorn bringen."
        case 0:
            reason = f"sie kann die Reihenfolge der ersten {_IN_WORDS[shown]} ändern."
        case _ if shown == 1:
            reason = f"sie entscheidet über das erste Angebot: {decides}."
        case 1:
            reason = f"sie entscheidet über eines der ersten {_IN_WORDS[shown]} Angebote: {decides}."
        case count if count == shown:
            reason = f"sie entscheidet über die ersten {_IN_WORDS[shown]} Angebote: {decides}."
        case count:
            reason = f"sie entscheidet über {count} der ersten {_IN_WORDS[shown]} Angebote: {decides}."
    return f"Noch eine Frage, {reason}"


_IN_WORDS = ("null", "eins", "zwei", "drei", "vier", "fünf")


def _named(names: Sequence[str]) -> str:
    """The first names as in a sentence; parted by semicolons, because names have commas of their own."""
    more = len(names) - NAMED
    told = [*names[:NAMED], *(["ein weiteres"] if more == 1 else [f"{more} weitere"] if more > 1 else [])]
    return " und ".join(part for part in ("; ".join(told[:-1]), told[-1]) if part) if told else ""
