"""Numbers, amounts, years and yes or no as owners write them."""

import re

from digiwegweiser.core.reading import Note, Reading, Remark
from digiwegweiser.intake.spelling import fold, squash

MAX_EMPLOYEES = 10_000_000
MAX_EUR = 10**13
#: Longer texts are no number; the limit keeps the patterns fast on anything.
LONGEST_TEXT = 100
#: Wineries and inns of nearly a thousand years are still at work.
FIRST_YEAR, LAST_YEAR = 1000, 2100

_ABOUT = r"(?:(?:ca|circa|zirka|etwa|rund|ungefaehr|um die|knapp|gut|bis zu|max|maximal|insgesamt)\b\.?|~)?\s*"
_DIGITS = r"[0-9][0-9.,' ]*"
_PEOPLE = (
    r"(?:(?:feste\s+)?(?:ma|mitarbeiter(?:in|innen)?|mitarbeitende|beschaeftigte[nr]?|angestellte[nr]?|personen|person"
    r"|leute|mann|koepfe|kollegen|arbeitnehmer|arbeitskraefte|vollzeitkraefte|vollzeitstellen|vollzeit|vzae|vz|fte"
    r"|ak|stellen|gesellen)\b\.?)?"
)
_COUNT = rf"{_ABOUT}(?P<number>{_DIGITS})\s*{_PEOPLE}"
#: Size classes as statistics and registers have them.
_BETWEEN = rf"(?:von )?(?P<low>[0-9]{{1,5}})\s*(?:-|–|bis)\s*(?P<high>[0-9]{{1,5}})\s*{_PEOPLE}"
_BELOW = rf"(?:unter|weniger als|<)\s*(?P<high>[0-9]{{1,5}})\s*{_PEOPLE}"
_FROM = (
    rf"(?:(?:ab|mindestens|>=)\s*(?P<least>[0-9]{{1,5}})|(?P<plus>[0-9]{{1,5}})\s*(?:\+|und mehr|oder mehr)"
    rf"|(?:ueber|mehr als|>)\s*(?P<more>[0-9]{{1,5}}))\s*{_PEOPLE}"
)
_EURO_SIGN = r"(?:€|eur\b|euro\b)?"
_UNIT = r"(?P<unit>mrd\.?|milliarden?|mio\.?|mill\.?|millionen|million|tsd\.?|tausend|teur|t€|k|t)?"
_AMOUNT = rf"{_ABOUT}{_EURO_SIGN}\s*(?P<number>{_DIGITS}?)(?:,?-{{1,2}})?\s*{_UNIT}\s*{_EURO_SIGN}"
_THOUSANDS = re.compile(r"[0-9]{1,3}([., '])[0-9]{3}(?:\1[0-9]{3})*")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_YEAR = (
    r"(?:(?!vor |nach |bis )[a-z][a-z. ]*\s)?(?:[0-9]{1,2}(?:[./-]|\. [a-z]+ )){0,2}(?P<year>[0-9]{4})"
    r"(?:\.0|(?:[./-][0-9]{1,2}){1,2})?(?:\s+[a-z ]+)?"
)

_ALONE = frozenset({
    "null", "kein", "keine", "keiner", "keinen", "niemand", "allein", "alleine", "ichallein", "solo", "nurich",
    "nurichselbst", "nurderinhaber", "nurdieinhaberin", "einzelunternehmer", "einzelunternehmerin", "einmannbetrieb",
    "einfraubetrieb", "soloselbststaendig", "soloselbstaendig", "keineangestellten", "keinemitarbeiter",
    "keinebeschaeftigten", "keinpersonal", "ohnemitarbeiter", "ohneangestellte", "ohnepersonal", "einzelkaempfer",
})  # fmt: skip
_COUNT_WORDS = {
    "ein": 1, "eine": 1, "einer": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwoelf": 12,
}  # fmt: skip
_NO_MONEY = frozenset({"null", "kein", "keine", "keinen", "keines", "keins", "nichts", "nix"})
_YES = frozenset({"ja", "j", "yes", "y", "true", "wahr", "1", "jawohl", "jep", "schon", "bereits", "jaschon"})
_NO = frozenset({"nein", "n", "no", "false", "falsch", "0", "nee", "noe", "nicht", "nochnicht", "neinnochnicht"})


def read_count(text: str) -> Reading[float]:
    """How many persons work in the firm; words like "allein" mean 0 (the owner alone).

    A size class ("10 bis 49") is read as a number that stands for it, and that is remarked on.
    """
    word = squash(text)
    if word in _ALONE:
        return Reading(text, 0.0)
    first, _, rest = _short(text).partition(" ")
    if first in _COUNT_WORDS and re.fullmatch(_PEOPLE, rest.strip()):
        return Reading(text, float(_COUNT_WORDS[first]))
    found = re.fullmatch(_COUNT, _short(text))
    number = _value(found["number"]) if found else None
    if number is None and (middle := _middle_of_class(_short(text))) is not None:
        return Reading(text, float(middle), (Note(Remark.SIZE_CLASS, str(middle)),))
    return Reading(text) if number is None or number > MAX_EMPLOYEES else Reading(text, number)


def _middle_of_class(text: str) -> int | None:
    """A number that stands for a size class: its middle, or its least where it has no upper end."""
    if (found := re.fullmatch(_BETWEEN, text)) and int(found["low"]) <= int(found["high"]):
        return (int(found["low"]) + int(found["high"]) + 1) // 2
    if (found := re.fullmatch(_BELOW, text)) and int(found["high"]) > 0:
        return int(found["high"]) // 2
    if found := re.fullmatch(_FROM, text):
        return int(found["more"]) + 1 if found["more"] else int(found["least"] or found["plus"])
    return None


def read_euro(text: str) -> Reading[int]:
    """An amount in whole euros, half euros rounded up; "1,2 Mio" and "50 Tsd" are multiplied out."""
    if squash(text) in _NO_MONEY:
        return Reading(text, 0)
    found = re.fullmatch(_AMOUNT, _short(text))
    number = _value(found["number"]) if found else None
    if found is None or number is None:
        return Reading(text)
    amount = number * _factor(found["unit"])
    return Reading(text) if amount > MAX_EUR else Reading(text, int(amount + 0.5))


def read_year(text: str) -> Reading[int]:
    """A year between 1000 and 2100, alone, in a date, or in words such as "seit 2015"."""
    found = re.fullmatch(_YEAR, _short(text))
    year = int(found["year"]) if found else 0
    return Reading(text, year) if FIRST_YEAR <= year <= LAST_YEAR else Reading(text)


def founding_year(text: str, this_year: int | None) -> int | None:
    """The year of foundation that a description of the firm mentions; "vor zwei Jahren" needs to know this year."""
    words = fold(text)
    if found := re.search(r"\b(?:gegruendet|gruendung|seit|besteht seit)\s+(?:im jahr\s+|jahr\s+)?([0-9]{4})\b", words):
        year = int(found[1])
        return year if FIRST_YEAR <= year <= LAST_YEAR else None
    ago = re.search(r"\bvor (?:etwa |rund |gut |knapp )?([0-9]{1,2}|[a-z]+) jahr(?:en)? gegruendet\b", words)
    if ago is None or this_year is None:
        return None
    years = int(ago[1]) if ago[1].isdigit() else _COUNT_WORDS.get(ago[1].removesuffix("m"))
    return None if years is None else this_year - years


def read_yes_no(text: str) -> Reading[bool]:
    """Yes or no; anything else, "weiß nicht" included, is not understood."""
    word = squash(text)
    if word in _YES | _NO and re.fullmatch(r"[a-zäöü0-9 ,.!]+", text.casefold().strip()):
        return Reading(text, word in _YES)
    return Reading(text)


def _short(text: str) -> str:
    """The folded text, or nothing when it is too long for a number."""
    return fold(text).strip() if len(text) <= LONGEST_TEXT else ""


def _value(digits: str) -> float | None:
    """The number in German notation: the comma parts decimals, dots, spaces and apostrophes part thousands.

    A single dot before other than three digits is taken for a decimal point.
    """
    digits = digits.strip()
    whole, comma, decimals = digits.rpartition(",")
    if comma and _THOUSANDS.fullmatch(whole) and decimals.isascii() and decimals.isdigit() and "," not in whole:
        return float(_only_digits(whole) + "." + decimals)
    grouped = _THOUSANDS.fullmatch(digits)
    if grouped and (grouped[1] != "," or digits.count(",") > 1):
        return float(_only_digits(digits))
    return float(digits.replace(",", ".")) if _PLAIN.fullmatch(digits) else None


def _only_digits(number: str) -> str:
    """The number without its thousands separators."""
    return re.sub(r"[., ']", "", number)


def _factor(unit: str | None) -> int:
    """What the unit multiplies with."""
    if not unit:
        return 1
    if unit.startswith(("mrd", "milliarde")):
        return 10**9
    return 10**6 if unit.startswith("mi") else 1000
