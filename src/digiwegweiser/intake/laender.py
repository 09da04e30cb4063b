"""The Länder under the names and abbreviations that people use."""

from digiwegweiser.core.vocabulary import LAND_NAMES
from digiwegweiser.intake.spelling import squash

_SHORT_NAMES = {
    "DE-SH": "sh schlho schlesholst schleswigholst",
    "DE-HH": "hh freieundhansestadthamburg",
    "DE-NI": "ni nds nieders niedersachs",
    "DE-HB": "hb landbremen freiehansestadtbremen",
    "DE-NW": "nw nrw nordrheinwestf",
    "DE-HE": "he hes landhessen",
    "DE-RP": "rp rlp rheinlpfalz rheinlandpf",
    "DE-BW": "bw bawue badenwuertt badenwuerttbg badenwue",
    "DE-BY": "by bay freistaatbayern",
    "DE-SL": "sl saar",
    "DE-BE": "be bln landberlin",
    "DE-BB": "bb bbg brbg landbrandenburg",
    "DE-MV": "mv meckpomm mecklenburg mecklenbvorp mecklenburgvorp",
    "DE-SN": "sn sachs freistaatsachsen",
    "DE-ST": "st lsa sachsanh sachsenanh",
    "DE-TH": "th thue thuer freistaatthueringen",
}

#: Länder that are one municipality, with its key (AGS): whoever names the Land has named the town.
CITY_LAENDER = {"DE-BE": "11000000", "DE-HH": "02000000"}

_BY_WORD = {word: land for land, short in _SHORT_NAMES.items() for word in [squash(land), *short.split()]}
_BY_NAME = {squash(name): land for land, name in LAND_NAMES.items() if land != "DE-HB"}


def land_named(text: str) -> str | None:
    """The ISO code of the Land; Bremen alone is the town, "Land Bremen" the Land."""
    word = squash(text)
    return _BY_NAME.get(word) or _BY_WORD.get(word)


def is_full_land_name(text: str) -> bool:
    """Whether the Land is named in full, as a town of the same name would be."""
    return squash(text) in _BY_NAME


def land_label(land: str) -> str:
    """The name that reads back to the Land."""
    return "Land Bremen" if land == "DE-HB" else LAND_NAMES[land]


def land_labels() -> list[str]:
    """The names of all Länder that are more than one town."""
    return [land_label(land) for land in LAND_NAMES if land not in CITY_LAENDER]
