"""The small calculator: the head count as the EU definition counts it, asked step by step."""

import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from digiwegweiser.core.head_count import head_count
from digiwegweiser.dialog.interview import Back, ask_yes_no
from digiwegweiser.dialog.prompter import Prompter
from digiwegweiser.dialog.questions import BACK_WORDS, UNKNOWN_WORDS
from digiwegweiser.intake.numbers import read_count

T = TypeVar("T")

FULL_WEEK = 40.0
_HOURS_IN_A_WEEK = 168
#: More part-timers than that are no small firm, and one line is not where to list them.
_MOST_PART_TIMERS = 1000

_NEAR = (
    "Ihre Zahl liegt nahe an einer Grenze ({}). Davon hängt ab: {}.\n"
    "Gezählt wird dort anders: Teilzeit anteilig, Auszubildende gar nicht."
)
_OFFER = "Genau nachrechnen?"
_OWNER = "Arbeiten Sie als Inhaber/in mit? (zählt mit)"
#: What is asked, the hint, and what is said when the answer was not understood.
_FULL_TIME = ("Wie viele arbeiten in Vollzeit?", "ohne Inhaber und Auszubildende", "eine ganze Zahl ab 0")
_PART_TIME = (
    "Wochenstunden der Teilzeitkräfte?", "etwa 20, 20, 30; leer = keine", "Stunden je Kopf, etwa 20; 19,5; 2 x 30"
)  # fmt: skip
_WEEK = ("Wie viele Stunden hat bei Ihnen eine volle Woche?", "leer = 40", "eine Zahl, etwa 38,5")
_APPRENTICES = ("Wie viele Auszubildende haben Sie?", "zählen nicht; leer = keine", "eine ganze Zahl ab 0")
_NOBODY: tuple[float, ...] = ()
_REASON = (
    "Teilzeit zählt anteilig, mitarbeitende Inhaber zählen mit, Auszubildende zählen nicht "
    "(Empfehlung 2003/361/EG, Anhang Art. 5)."
)


class _Unknown(Exception):
    """The owner does not know one of the numbers, so there is nothing to count."""


class _Staff(NamedTuple):
    """Who works in the firm."""

    owners: int = 0
    full_time: float = 0.0
    hours: tuple[float, ...] = ()
    """Weekly hours of each part-timer."""
    full_week: float = FULL_WEEK
    apprentices: int = 0

    def heads(self) -> float:
        """The head count as the EU definition has it."""
        return head_count(self.full_time + self.owners, self.hours, self.full_week, self.apprentices)

    def told(self) -> str:
        """How the head count comes about."""
        parts = [f"{plain(self.full_time)} in Vollzeit"]
        if self.hours:
            worked = sum(min(hours, self.full_week) for hours in self.hours)
            share = f"{plain(worked)} Stunden geteilt durch {plain(self.full_week)}"
            parts.append(f"{plain(head_count(0, self.hours, self.full_week))} aus Teilzeit ({share})")
        if self.owners:
            parts.append("1 für Sie selbst")
        return f"Nach der EU-Definition sind es {plain(self.heads())}: {' + '.join(parts)}. {_REASON}"


class Calculator:
    """Asks who works in the firm, and counts."""

    def __init__(self, prompter: Prompter) -> None:
        self.prompter = prompter

    def offer(self, limit: str, offers: str, number: str) -> str | None:
        """The head count to go on with; None if the number given stays. Told first: the limit and whose it is."""
        self.prompter.tell(_NEAR.format(limit, offers))
        try:
            if ask_yes_no(self.prompter, _OFFER) != "ja":
                return None
        except Back:
            return None
        staff = self._ask_staff()
        if staff is None:
            self.prompter.tell(f"Dann bleibt es bei Ihrer Angabe: {number}.")
            return None
        heads = plain(staff.heads())
        self.prompter.tell(f"{staff.told()}\nDamit rechne ich weiter, statt mit Ihrer Angabe {number}.")
        return heads

    def _ask_staff(self) -> _Staff | None:
        """Who works in the firm; None if it is not known or the owner goes back beyond the first question."""
        steps = (self._owners, self._full_time, self._part_time, self._apprentices)
        known = [_Staff()]
        while len(known) <= len(steps):
            try:
                known.append(steps[len(known) - 1](known[-1]))
            except Back:
                known.pop()
                if not known:
                    return None
            except _Unknown:
                return None
        return known[-1]

    def _owners(self, staff: _Staff) -> _Staff:
        said = ask_yes_no(self.prompter, _OWNER)
        if said is None:
            raise _Unknown
        return staff._replace(owners=int(said == "ja"))

    def _full_time(self, staff: _Staff) -> _Staff:
        return staff._replace(full_time=self._ask(_FULL_TIME, _read_heads))

    def _part_time(self, staff: _Staff) -> _Staff:
        """With the weekly hours of each part-timer, and of a full-timer if there are any."""
        while True:
            hours = self._ask(_PART_TIME, read_hours, _NOBODY)
            if not hours:
                return staff._replace(hours=())
            try:
                return staff._replace(hours=hours, full_week=self._ask(_WEEK, _read_week, FULL_WEEK))
            except Back:
                continue

    def _apprentices(self, staff: _Staff) -> _Staff:
        return staff._replace(apprentices=int(self._ask(_APPRENTICES, _read_heads, 0.0)))

    def _ask(self, question: tuple[str, str, str], read: Callable[[str], T | None], empty: T | None = None) -> T:
        """One answer, asked until it is understood; an empty line means `empty`, or that it is not known."""
        ask, hint, wanted = question
        while True:
            said = self.prompter.text(ask, hint, ()).strip()
            if said.casefold() in BACK_WORDS:
                raise Back
            if not said and empty is not None:
                return empty
            if said.casefold() in UNKNOWN_WORDS:
                raise _Unknown
            understood = read(said)
            if understood is not None:
                return understood
            self.prompter.tell(f"Das verstehe ich nicht. Gebraucht wird: {wanted}.")


def _read_heads(said: str) -> float | None:
    """How many people; a fraction is no person, and "20,30" are rather hours."""
    heads = read_count(said).value
    return heads if heads is None or heads == int(heads) else None


def _read_week(said: str) -> float | None:
    """The hours of a full week: one number above zero."""
    hours = read_hours(said)
    return hours[0] if hours is not None and len(hours) == 1 else None


def read_hours(said: str) -> tuple[float, ...] | None:
    """The weekly hours of each part-timer, nobody with none; None if it is no list of hours.

    Parted by commas, semicolons, blanks or "und"; "2 x 30" are two. Between digits a comma parts decimals ("19,5"),
    unless what follows it can hardly be one ("20,30", "20,20,30").
    """
    text = re.sub(r"\s*(?:[x×*]|\bmal\b)\s*", "x", said.casefold().strip())
    text = re.sub(r"(?<=[0-9])\s*(?:stunden|std|h)\b\.?", "", text)
    if read_count(text).value == 0:
        return ()
    tokens = [token for token in re.split(r"[;\s/+]+|,(?=\s|$)|\bund\b", text) if token]
    if ";" not in text:
        tokens = [part for token in tokens for part in (token.split(",") if _LISTED.fullmatch(token) else [token])]
    found = [_TOKEN.fullmatch(token) for token in tokens]
    hours = [(int(m["times"] or 1), float(m["hours"].replace(",", "."))) for m in found if m is not None]
    if not hours or None in found or max(each for _, each in hours) > _HOURS_IN_A_WEEK:
        return None
    if sum(times for times, _ in hours) > _MOST_PART_TIMERS:
        return None
    return tuple(each for times, each in hours if each for _ in range(times))


_TOKEN = re.compile(r"(?:(?P<times>[0-9]{1,4})x)?(?P<hours>[0-9]{1,3}(?:[.,][0-9]{1,2})?)")
_LISTED = re.compile(r"[0-9]{1,3}(?:,[0-9]{1,3}){2,}|[0-9]{1,3},(?!25|50|75)[0-9]{2}")


def plain(number: float) -> str:
    """A number of at most two decimals as owners write it: 48,25."""
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")
