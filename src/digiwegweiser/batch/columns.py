"""Which column of a table holds which attribute of the firm, by its header."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

from digiwegweiser.batch.problems import BatchProblem, Problem
from digiwegweiser.intake.spelling import fold, squash


class Role(StrEnum):
    """What a column can hold: the attributes of the firm, and the parts that a place is put together from."""

    PLACE = "place"
    PLZ = "plz"
    TOWN = "town"
    KREIS = "kreis"
    LAND = "land"
    TRADE = "trade"
    EMPLOYEES = "employees"
    NEEDS = "needs"
    TURNOVER = "turnover_eur"
    BALANCE = "balance_eur"
    FOUNDED = "founded"
    BUDGET = "budget_eur"
    ORDERED = "ordered"
    DE_MINIMIS = "de_minimis_eur"


#: Headers without spaces, dots, umlauts and capitals; the first word of each is the one for `--spalten`.
_HEADERS: Mapping[Role, str] = {
    Role.PLZ: "plz postleitzahl plznr plznummer postcode postalcode zip zipcode strassenplz",
    Role.TOWN: "ort stadt gemeinde ortsname ortschaft wohnort sitz standort city town municipality location",
    Role.PLACE: "place plzort plzundort ortplz ortundplz plzstadt anschriftort",
    Role.KREIS: "kreis landkreis kreisname landkreiskreisfreiestadt county district",
    Role.LAND: "land bundesland federalstate state",
    Role.TRADE: (
        "gewerk branche trade beruf handwerk handwerksberuf gewerbe gewerbezweig gewerbeart hauptgewerk taetigkeit"
        " taetigkeitsfeld wirtschaftszweig branchenbezeichnung berufsbezeichnung gewerkbezeichnung bezeichnunggewerk"
        " gewerkname sektor sector industry branchegewerk gewerkbranche unternehmensgegenstand"
    ),
    Role.EMPLOYEES: (
        "beschaeftigte mitarbeiter ma mitarbeiterinnen mitarbeitende beschaeftigter beschaeftigtenzahl mitarbeiterzahl"
        " mitarbeiteranzahl beschaeftigtenanzahl anzahlmitarbeiter anzahlmitarbeiterinnen anzahlmitarbeitende anzahlma"
        " anzahlbeschaeftigte anzahlderbeschaeftigten anzahldermitarbeiter zahlderbeschaeftigten zahldermitarbeiter"
        " mazahl maanzahl employees numberofemployees staff headcount personal personalstand angestellte belegschaft"
        " vzae fte vollzeitstellen betriebsgroesse svbeschaeftigte"
    ),
    Role.NEEDS: (
        "bedarf bedarfe needs need anliegen thema themen wunsch wuensche unterstuetzungsbedarf beratungsbedarf"
        " digitalisierungsbedarf interesse interessen vorhaben problem"
    ),
    Role.TURNOVER: "umsatz jahresumsatz turnover turnovereur revenue umsatzerloese annualturnover",
    Role.BALANCE: "bilanzsumme bilanz balance balanceeur balancesheettotal totalassets",
    Role.FOUNDED: (
        "gruendung gruendungsjahr gegruendet gegruendetam gruendungsdatum jahrdergruendung founded foundingyear"
        " yearfounded established"
    ),
    Role.BUDGET: (
        "budget budgeteur projektkosten vorhabenkosten projektbudget geplantekosten investition investitionssumme"
        " investitionsvolumen"
    ),
    Role.ORDERED: "bestellt ordered schonbestellt bereitsbestellt begonnen schonbegonnen vorhabenbegonnen",
    Role.DE_MINIMIS: "deminimis deminimiseur deminimisbeihilfe deminimisbeihilfen deminimisbeihilfeneur",
}
ROLES: Mapping[str, Role] = {word: role for role, words in _HEADERS.items() for word in words.split()}
#: The word for each attribute after `--spalten`.
ROLE_WORDS: Mapping[Role, str] = {role: words.split()[0] for role, words in _HEADERS.items()}
#: What may stand around the telling word of a header: "Firma PLZ", "PLZ (Betrieb)", "Beschäftigte 2024", "Umsatz EUR".
_AROUND = re.compile(
    r"[(\[].*[)\]]|\b(?:des|der|vom|im|in|betriebs?|firma|firmen|unternehmens?|kunde|ca|aktuell|stand|19\d\d|20\d\d"
    r"|teur|tsd|tausend|mio|millionen|eur|euro|t)\b|[€*:#]"
)
_THOUSANDS = re.compile(r"\b(?:teur|tsd|tausend|t ?€|t ?eur|k€)(?:\b|(?<=€))")
_MILLIONS = re.compile(r"\b(?:mio|millionen)\b")
_AMOUNTS = (Role.TURNOVER, Role.BALANCE, Role.BUDGET, Role.DE_MINIMIS)
NEAR = 0.6


class Column(NamedTuple):
    """One column that says something of the firm."""

    role: Role
    name: str
    unit: str = ""
    """Of amounts, what the header says of bare numbers: "Tsd" or "Mio"."""
    need: str = ""
    """Of a column to be ticked, the code of the need that it stands for."""


Columns = tuple[Column, ...]


def role_of(header: str) -> Role | None:
    """What a header stands for; numbers behind it ("Bedarf 2") and units do not matter."""
    found = ROLES.get(squash(header))
    if found is None:
        found = ROLES.get(squash(_AROUND.sub(" ", fold(header))))
    if found is None and (numbered := re.fullmatch(r"(.*\D)\d", squash(header))):
        found = ROLES.get(numbered[1])
        return found if found is Role.NEEDS else None
    return found


def known_headers(names: Iterable[str]) -> int:
    """How many of these headers stand for something, each thing counted once."""
    return len({role_of(name) for name in names} - {None})


def recognise(names: Sequence[str], needs: Mapping[str, str], chosen: Sequence[tuple[str, str]] = ()) -> Columns:
    """The columns that say something of the firm, in the order of the table.

    `needs` are labels by code, for columns to be ticked; `chosen` are pairs of attribute and header or position (from
    1), and an attribute without header is left out. A chosen attribute is not looked for among the headers. Raises
    BatchProblem.
    """
    by_choice = [(_chosen_role(word), name) for word, name in chosen]
    taken = {role for role, _ in by_choice}
    picked = {_place_of(name, names): role for role, name in by_choice if name}
    ticks = {squash(word): code for code, label in needs.items() for word in (code, label)}
    columns = []
    for place, name in enumerate(names):
        role = picked.get(place)
        if role is None and (role := role_of(name)) in taken:
            role = None
        if role is not None:
            columns.append(Column(role, name, _unit(role, name)))
        elif (code := ticks.get(squash(name))) is not None and Role.NEEDS not in taken:
            columns.append(Column(Role.NEEDS, name, need=code))
    _refuse_doubles(columns)
    if not columns:
        raise BatchProblem(Problem.NO_HEADER, names=tuple(names))
    return tuple(columns)


def split_choice(texts: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs in "plz=Postl,gewerk=Taetigkeit". Raises BatchProblem."""
    pairs = []
    for text in texts:
        for part in re.split(r",(?=[^,=]+=)", text):
            word, sign, name = part.partition("=")
            if not sign:
                raise BatchProblem(Problem.NO_CHOICE, text=part)
            pairs.append((word.strip(), name.strip()))
    return pairs


def is_by_position(chosen: Sequence[tuple[str, str]]) -> bool:
    """Whether all columns are chosen by number, as in a table without headers."""
    return bool(chosen) and all(name.isascii() and name.isdigit() for _, name in chosen if name)


def unique(names: Sequence[str], reserved: Iterable[str] = ()) -> list[str]:
    """Names for the columns of a table: the missing ones made up, the repeated and reserved ones numbered."""
    seen, found = set(reserved), []
    for place, name in enumerate(names, 1):
        base = name if name.strip() else f"Spalte {place}"
        fresh, count = base, 2
        while fresh in seen:
            fresh, count = f"{base} ({count})", count + 1
        seen.add(fresh)
        found.append(fresh)
    return found


def _chosen_role(word: str) -> Role:
    role = ROLES.get(squash(word))
    if role is None:
        raise BatchProblem(Problem.UNKNOWN_ATTRIBUTE, word=word)
    return role


def _place_of(name: str, names: Sequence[str]) -> int:
    """The position of a header: as written, nearly as written, or as a number from 1."""
    if name in names:
        return names.index(name)
    folded = [squash(other) for other in names]
    if squash(name) and squash(name) in folded:
        return folded.index(squash(name))
    if name.isascii() and name.isdigit() and len(name) < 6 and 1 <= int(name) <= len(names):
        return int(name) - 1
    near = get_close_matches(name, names, 3, NEAR)
    raise BatchProblem(Problem.UNKNOWN_COLUMN, name=name, near=tuple(near), names=tuple(names))


def _unit(role: Role, name: str) -> str:
    """What bare numbers below an amount's header count."""
    if role not in _AMOUNTS:
        return ""
    text = fold(name)
    return "Tsd" if _THOUSANDS.search(text) else "Mio" if _MILLIONS.search(text) else ""


def _refuse_doubles(columns: Iterable[Column]) -> None:
    """Only needs may stand in several columns; of all others the user says which one is meant."""
    by_role: dict[Role, list[str]] = {}
    for column in columns:
        by_role.setdefault(column.role, []).append(column.name)
    for role, several in by_role.items():
        if len(several) > 1 and role is not Role.NEEDS:
            raise BatchProblem(Problem.SEVERAL_COLUMNS, role=role, word=ROLE_WORDS[role], names=tuple(several))
