"""What can be doubtful in a single entry that reads well: a table of small functions, run by `katalog pruefen` only.

They read the plain form, so that an entry with faults elsewhere is looked at, too.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from digiwegweiser.catalog.located import Located, Path, Plain
from digiwegweiser.core.fault import Fault, FaultCode, Severity
from digiwegweiser.core.vocabulary import Form, Level, Status, land_of

#: The way to the value, and what to say of it.
Found = Iterator[tuple[Path, str | None]]


class EntryCheck(NamedTuple):
    """What is looked for in every entry, and how bad it is.

    Errors are certainly wrong. Warnings may have a reason that only a person can judge, as a source that tells no more.
    """

    code: FaultCode
    severity: Severity
    find: Callable[[Plain, date], Found]


def check_entry(item: Located, as_of: date) -> Iterator[Fault]:
    """Everything that is doubtful in one entry on a day."""
    for check in ENTRY_CHECKS:
        for path, value in check.find(item.entry, as_of):
            yield item.fault(check.code, path, value, severity=check.severity)


# --- time ------------------------------------------------------------------------------------------------------------


def _is_past(entry: Plain, as_of: date) -> bool:
    """Whether the last day, which counts, is over."""
    return "valid_until" in entry and date.fromisoformat(entry["valid_until"]) < as_of


def active_past_its_last_day(entry: Plain, as_of: date) -> Found:
    """The tool treats it as ended already; what is missing is the evidence, or the new last day."""
    if entry.get("status") == Status.ACTIVE and _is_past(entry, as_of):
        yield ("status",), entry["valid_until"]


_YEAR = re.compile(r"\b(19|20)\d\d\b")


def ended_without_evidence(entry: Plain, _: date) -> Found:
    """Neither a last day, nor a year in the evidence, nor a source that could be from after the end."""
    if entry.get("status") != Status.ENDED or "valid_until" in entry:
        return
    if not _YEAR.search(entry.get("status_evidence", "")) and not any("date" in s for s in entry.get("sources", ())):
        yield ("status_evidence",), None


# --- money -----------------------------------------------------------------------------------------------------------


def free_without_payer(entry: Plain, _: date) -> Found:
    """Nothing is free without a reason."""
    cost = entry.get("cost", {})
    if cost.get("kind") == "free" and "payer" not in cost:
        yield ("cost", "payer"), None


def paying_without_order_rule(entry: Plain, as_of: date) -> Found:
    """Whoever orders first loses most grants; an ended one costs nobody anything any more."""
    funding = entry.get("funding", {})
    form = funding.get("form")
    if form is None or not Form(form).pays or entry.get("status") == Status.ENDED or _is_past(entry, as_of):
        return
    if any("apply_before_start" not in {**funding, **tier} for tier in funding.get("tiers") or [{}]):
        yield ("funding", "apply_before_start"), None


# --- sources and persons ---------------------------------------------------------------------------------------------


def undated_sources(entry: Plain, _: date) -> Found:
    """Without its date nobody can tell whether a source is older than another."""
    for at, source in enumerate(entry.get("sources", ())):
        if "date" not in source:
            yield ("sources", at, "date"), source.get("url")


_MOBILE = re.compile(r"(?<![\d/-])(?:\+49[\s(]*0?\)?|0049\s*|0)[\s/-]*1[567]\d[\s/-]*\d{2}[\d\s/-]*")
_MAIL = re.compile(r"(?<![\w.+-])[a-zäöüß]+[._][a-zäöüß-]{2,}@[\w.-]+", re.IGNORECASE)
#: Words beside the dot that name an office.
_OFFICE = frozenset(
    ("anfrage", "beratung", "buero", "digital", "foerderung", "info", "innovation", "kontakt", "kundenservice", "lka",
     "mail", "office", "post", "poststelle", "presse", "service", "sekretariat", "support", "team", "verwaltung", "zac",
     "zentrale")
)  # fmt: skip


def mobile_numbers(entry: Plain, _: date) -> Found:
    """A mobile number is a person's."""
    for path, text in _texts(entry, ()):
        if found := _MOBILE.search(text):
            yield path, found[0].strip(" /-")


def personal_mail(entry: Plain, _: date) -> Found:
    """Addresses like vorname.nachname@ or v.nachname@; an office with a dot in its name may look like that."""
    for path, text in _texts(entry, ()):
        found = _MAIL.search(text)
        if found and _OFFICE.isdisjoint(re.split("[._]", found[0].casefold().partition("@")[0])):
            yield path, found[0]


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """All that is written in an entry but addresses of pages."""
    match value:
        case dict():
            for key, inner in value.items():
                if not key.endswith("url"):
                    yield from _texts(inner, (*path, key))
        case list():
            for at, inner in enumerate(value):
                yield from _texts(inner, (*path, at))
        case str():
            yield path, value


# --- area ------------------------------------------------------------------------------------------------------------


def narrow_without_area(entry: Plain, _: date) -> Found:
    """No Land and no Kreis means all of Germany, whatever the level says."""
    area = entry.get("area", {})
    level = area.get("level")
    if level not in (None, Level.BUND) and not any(area.get(key) for key in ("laender", "kreise", "gemeinden")):
        yield ("area", "level"), level


def keys_outside_their_laender(entry: Plain, _: date) -> Found:
    """A key with a wrong digit often lies in another Land."""
    areas: list[tuple[Path, Plain]] = [(("area",), entry.get("area", {}))]
    for at, tier in enumerate(entry.get("funding", {}).get("tiers", ())):
        areas.append((("funding", "tiers", at, "for"), tier.get("for", {})))
    for path, area in areas:
        for key in ("kreise", "gemeinden", "focus") if area.get("laender") else ():
            for at, code in enumerate(area.get(key, ())):
                if _land(code) not in area["laender"]:
                    yield (*path, key, at), code


def _land(code: str) -> str | None:
    try:
        return land_of(code)
    except KeyError:
        return None


#: The table; faults of form, missing keys and unknown codes are found by the loader.
ENTRY_CHECKS: tuple[EntryCheck, ...] = (
    EntryCheck(FaultCode.PAST_LAST_DAY, Severity.WARNING, active_past_its_last_day),
    EntryCheck(FaultCode.NO_END_EVIDENCE, Severity.WARNING, ended_without_evidence),
    EntryCheck(FaultCode.NO_PAYER, Severity.WARNING, free_without_payer),
    EntryCheck(FaultCode.NO_ORDER_RULE, Severity.WARNING, paying_without_order_rule),
    EntryCheck(FaultCode.UNDATED_SOURCE, Severity.WARNING, undated_sources),
    EntryCheck(FaultCode.PERSONAL_MAIL, Severity.WARNING, personal_mail),
    EntryCheck(FaultCode.MOBILE_NUMBER, Severity.ERROR, mobile_numbers),
    EntryCheck(FaultCode.NO_AREA, Severity.ERROR, narrow_without_area),
    EntryCheck(FaultCode.OUTSIDE_ITS_LAENDER, Severity.ERROR, keys_outside_their_laender),
)
