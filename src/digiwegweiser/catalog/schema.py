"""The field table of a catalogue entry: the one description that reader, checks and documentation share."""

from typing import Any

from digiwegweiser.catalog.fields import (
    LONGEST_SHOWN,
    Choice,
    Context,
    Day,
    Field,
    Flag,
    ListOf,
    Number,
    Pattern,
    Record,
    Text,
)
from digiwegweiser.catalog.yaml_reader import Node
from digiwegweiser.core.fault import Fault, FaultCode
from digiwegweiser.core.vocabulary import (
    LAND_NAMES,
    Confidence,
    CostKind,
    Expense,
    Form,
    Kind,
    Level,
    Sector,
    Status,
    TradeGroup,
)

NETWORKS = (
    "bw-digital-hubs", "bw-ki-labs", "de-hub", "edih", "handwerk-schaufenster", "handwerkskammern", "horizont-handwerk",
    "hwk-adviser", "ki-trainer", "kompetenzzentren-4-0", "mittelstand-digital", "mv-diz", "nrw-hubs", "zac",
    "zukunftszentren",
)  # fmt: skip

ID = Pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "Kürzel aus Kleinbuchstaben, Ziffern und Bindestrichen")
REFERENCE = Pattern(r"[a-z0-9]+([-_][a-z0-9]+)*", "Kürzel eines anderen Eintrags")
CODE = Pattern(r"[a-z][a-z0-9_]*", "Code aus Kleinbuchstaben und Unterstrichen")
TRADE = Pattern(r"(A|B1|B2|S)-[0-9]{2}", "Gewerbe- oder Branchencode wie A-27, B1-33, S-07")
FIRMS = Pattern(r"(A|B1|B2|S)-[0-9]{2}|[a-z_]{2,30}", "Code wie S-06 oder Wort wie construction, agriculture")
KREIS = Pattern(r"[0-9]{5}", "fünfstelliger Kreisschlüssel (AGS) in Anführungszeichen")
GEMEINDE = Pattern(r"[0-9]{8}", "achtstelliger Gemeindeschlüssel (AGS) in Anführungszeichen")
PLZ = Pattern(r"[0-9]{5}", "fünfstellige Postleitzahl in Anführungszeichen")
URL = Pattern(r"https?://[^\s<>\"]+", "Adresse mit http:// oder https://")
MAIL = Pattern(r"[^@\s]+@[^@\s]+\.[^@\s]+", "E-Mail-Adresse")
PARTIAL_DAY = Pattern(
    r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?", "JJJJ, JJJJ-MM oder JJJJ-MM-TT"
)
EURO = Number(0, 10**12)
PERCENT = Number(0, 100, whole=False)
LAND = Choice(tuple(LAND_NAMES))


def _text(says: str, longest: int = 4000, required: bool = False) -> Field:
    return Field(Text(longest), says, required)


def _in_order(pairs: tuple[tuple[str, str], ...], code: FaultCode) -> Any:
    """A check that each first value is not greater than the second."""

    def check(found: dict[str, Any], node: Node, prefix: str, context: Context) -> None:
        for low, high in pairs:
            if low in found and high in found and found[low] > found[high]:
                assert isinstance(node.value, dict)
                context.fault(code, node.value[high], prefix + high, [f"{low} <= {high}"])

    return check


_AREA_FIELDS = {
    "laender": Field(ListOf(LAND), "Länder, in denen der Betrieb liegen muss; leer = bundesweit"),
    "kreise": Field(ListOf(KREIS), "Kreise (AGS); wenn angegeben, die genaue Grenze"),
    "gemeinden": Field(ListOf(GEMEINDE), "Gemeinden (AGS), wo ein Kreis geteilt ist; gelten zusätzlich zu den Kreisen"),
    "is_partial": Field(Flag(), "gilt nur an manchen Orten des Gebiets, ohne dass eine Liste vorliegt"),
}

_AUDIENCE_FIELDS = {
    "sectors": Field(ListOf(Choice(Sector)), "Branchen; any = kleine und mittlere Betriebe aller Branchen"),
    "trades": Field(ListOf(TRADE), "nur diese Gewerke"),
    "trade_groups": Field(ListOf(Choice(TradeGroup)), "nur diese Gewerbegruppen"),
    "made_for": Field(ListOf(Text(30)), "besonders gedacht für diese Gewerke oder Gruppen, offen auch für andere"),
    "not_trades": Field(ListOf(FIRMS), "diese Gewerke, Gruppen oder Branchen nicht"),
    "partly_trades": Field(ListOf(FIRMS), "von diesen Gewerken, Gruppen oder Branchen nur ein Teil"),
    "min_employees": Field(Number(0, 100_000, whole=False), "Beschäftigte mindestens (einschließlich)"),
    "max_employees": Field(Number(0, 100_000, whole=False), "Beschäftigte höchstens (einschließlich)"),
    "min_turnover_eur": Field(EURO, "Jahresumsatz in Euro mindestens"),
    "max_turnover_eur": Field(EURO, "Jahresumsatz in Euro höchstens; mit Bilanzsumme genügt eines von beiden"),
    "max_balance_eur": Field(EURO, "Bilanzsumme in Euro höchstens; mit Umsatz genügt eines von beiden"),
    "eu_sme": Field(Flag(), "true: nur kleine und mittlere Betriebe nach Empfehlung 2003/361/EG; false: nur andere"),
    "min_company_age_years": Field(Number(0, 200), "Alter des Betriebs in Jahren mindestens"),
    "max_company_age_years": Field(Number(0, 200), "Alter des Betriebs in Jahren höchstens; 0 = nur vor der Gründung"),
}
_AUDIENCE_ORDER = _in_order(
    (("min_employees", "max_employees"), ("min_turnover_eur", "max_turnover_eur"),
     ("min_company_age_years", "max_company_age_years")),
    FaultCode.LIMITS_OUT_OF_ORDER,
)  # fmt: skip

AREA = Record(
    "Gebiet",
    {
        "level": Field(Choice(Level), "wie weit das Angebot reicht", required=True),
        **_AREA_FIELDS,
        "focus": Field(ListOf(KREIS), "Kreise, in denen das Angebot zu Hause ist, ohne darauf begrenzt zu sein"),
        "note": _text("Erläuterung"),
    },
)
AUDIENCE = Record("Zielgruppe", {**_AUDIENCE_FIELDS, "note": _text("Erläuterung")}, _AUDIENCE_ORDER)
SITE = Record(
    "Standort",
    {
        "name": _text("Name", 200),
        "street": _text("Straße und Hausnummer", 200),
        "plz": Field(PLZ, "Postleitzahl"),
        "city": _text("Ort", 100, required=True),
        "ags": Field(GEMEINDE, "Gemeindeschlüssel"),
        "lat": Field(Number(47, 56, whole=False), "geographische Breite in Grad"),
        "lon": Field(Number(5, 16, whole=False), "geographische Länge in Grad"),
    },
)
NEEDS = Record(
    "Bedarfe",
    {
        "core": Field(ListOf(CODE), "wofür das Angebot gemacht ist", required=True),
        "also": Field(ListOf(CODE), "was es auch abdeckt"),
    },
)
NOT_WITH = (
    "nicht zusammen damit: Kürzel (für dasselbe Vorhaben) oder Form wie grant (für dieselben Kosten); "
    "gilt in beide Richtungen, einmal genannt genügt"
)
REQUIRES = "was vorher genutzt sein muss: Kürzel, oder eine Art wie chamber, von der eines genügt"
PAYS_FOR = "welche Kosten zählen; weglassen, wenn keine Quelle es sagt"
TIER = Record(
    "Stufe",
    {
        "name": _text("Name der Stufe", 120),
        "for": Field(
            Record("Zielgruppe der Stufe", {**_AUDIENCE_FIELDS, **_AREA_FIELDS}, _AUDIENCE_ORDER),
            "für wen diese Stufe ist; ergänzt und ersetzt Angaben des Angebots",
        ),
        "needs": Field(ListOf(CODE), "nur für diese Bedarfe"),
        "rate_percent": Field(PERCENT, "höchster Fördersatz in Prozent"),
        "rate_from_percent": Field(PERCENT, "niedrigster Fördersatz, wenn eine Spanne gilt"),
        "max_eur": Field(EURO, "Höchstbetrag in Euro"),
        "min_eur": Field(EURO, "Mindestbetrag in Euro"),
        "min_project_eur": Field(EURO, "Vorhaben muss mindestens so viel kosten"),
        "max_project_eur": Field(EURO, "teurere Vorhaben sind ausgeschlossen"),
        "max_eligible_eur": Field(EURO, "Kosten werden höchstens bis zu diesem Betrag anerkannt"),
        "pays_for": Field(ListOf(Choice(Expense), shortest=1), PAYS_FOR),
        "de_minimis": Field(Flag(), "De-minimis-Beihilfe nach Verordnung (EU) 2023/2831"),
        "apply_before_start": Field(Flag(), "Antrag muss vor Bestellung und Beginn gestellt sein"),
        "requires": Field(ListOf(REFERENCE), f"{REQUIRES}; nur für diese Stufe"),
        "note": _text("Erläuterung", 1000),
    },
    _in_order(
        (("rate_from_percent", "rate_percent"), ("min_eur", "max_eur"), ("min_project_eur", "max_project_eur")),
        FaultCode.LIMITS_OUT_OF_ORDER,
    ),
)
FUNDING = Record(
    "Förderung",
    {
        "form": Field(Choice(Form), "Form des Geldes; none und advice zahlen dem Betrieb nichts", required=True),
        "apply_before_start": Field(Flag(), "Antrag muss vor Bestellung und Beginn gestellt sein"),
        "de_minimis": Field(Flag(), "De-minimis-Beihilfe nach Verordnung (EU) 2023/2831"),
        "pays_for": Field(ListOf(Choice(Expense), shortest=1), PAYS_FOR),
        "tiers": Field(ListOf(TIER), "Stufen mit eigenen Grenzen und Beträgen; eine muss passen"),
        "note": _text("Erläuterung"),
    },
)
COST = Record(
    "Kosten",
    {
        "kind": Field(Choice(CostKind), "was die Nutzung den Betrieb kostet"),
        "payer": _text("wer den Rest bezahlt", 160),
        "note": _text("Erläuterung", 1000),
    },
)
CONTACT = Record(
    "Kontakt",
    {
        "organisation": _text("Stelle (keine Personen)", 250),
        "phone": Field(Pattern(r"[+0-9][0-9 ()/-]{2,40}", "Telefonnummer"), "Telefon der Zentrale"),
        "email": Field(MAIL, "Sammeladresse, keine persönliche"),
        "url": Field(URL, "Internetseite"),
        "application_url": Field(URL, "Seite für den Antrag"),
    },
)
SOURCE = Record(
    "Quelle",
    {
        "url": Field(URL, "Fundstelle", required=True),
        "says": _text("was dort steht", 600),
        "date": Field(PARTIAL_DAY, "Datum der Fundstelle, so genau wie bekannt"),
    },
)

ENTRY_FIELDS: dict[str, Field] = {
    "id": Field(ID, "eindeutiges Kürzel, ändert sich nie", required=True),
    "name": _text("amtlicher Name", 250, required=True),
    "former_names": Field(ListOf(Text(250)), "frühere Namen"),
    "former_ids": Field(ListOf(ID), "frühere Kürzel"),
    "kind": Field(Choice(Kind), "was es ist", required=True),
    "summary": _text("was der Betrieb bekommt, in einer Zeile und ohne Fachwörter", 110, required=True),
    "operator": _text("Träger", 500, required=True),
    "funded_by": _text("Geldgeber", 500),
    "network": Field(Choice(NETWORKS), "Verbund gleichartiger Angebote"),
    "through": Field(Choice(NETWORKS), "Verbund, über dessen Stellen Betriebe das Angebot erreichen"),
    "is_recommended": Field(Flag(), "false: laut Quellen nicht mehr als Anlaufstelle nennen"),
    "status": Field(Choice(Status), "Stand laut Quellen am Prüftag", required=True),
    "status_evidence": _text("Beleg für den Stand", required=True),
    "confidence": Field(Choice(Confidence), "Güte der Quellen", required=True),
    "valid_from": Field(Day(), "erster Tag"),
    "valid_until": Field(Day(), "letzter gültiger Tag (einschließlich)"),
    "predecessor": Field(ID, "Kürzel des Vorgängers"),
    "predecessor_note": _text("Vorgänger, der nicht im Katalog steht", 250),
    "successor": Field(ID, "Kürzel des Nachfolgers"),
    "successor_note": _text("Nachfolger, der nicht im Katalog steht", 250),
    "successor_is_formal": Field(Flag(), "false: kein förmlicher Nachfolger, es kommt nur am nächsten"),
    "not_with": Field(ListOf(REFERENCE), NOT_WITH),
    "requires": Field(ListOf(REFERENCE), REQUIRES),
    "checked_on": Field(Day(), "Tag der letzten Prüfung", required=True),
    "area": Field(AREA, "wo der Betrieb liegen muss", required=True),
    "sites": Field(ListOf(SITE), "Standorte"),
    "audience": Field(AUDIENCE, "wer es nutzen darf", required=True),
    "needs": Field(NEEDS, "wobei es hilft", required=True),
    "funding": Field(FUNDING, "Geld", required=True),
    "cost": Field(COST, "Kosten für den Betrieb", required=True),
    "contact": Field(CONTACT, "wen man anruft"),
    "how_to_apply": _text("der erste Schritt", 1000),
    "conditions": Field(ListOf(Text(300)), "was nur die Stelle prüfen kann"),
    "warnings": Field(ListOf(Text(300)), "was der Betrieb wissen muss"),
    "note": _text("Anmerkung"),
    "sources": Field(ListOf(SOURCE, shortest=1), "Quellen", required=True),
}
ENTRY = Record("Eintrag", ENTRY_FIELDS, _in_order((("valid_from", "valid_until"),), FaultCode.DATES_OUT_OF_ORDER))


#: In one file: twice the shipped catalogue, and few enough to compare each with each.
MOST_ENTRIES = 1000


def read_entries(node: Node, file: str) -> tuple[list[dict[str, Any]], list[Node], list[Fault]]:
    """The plain entries of a file, the tree of each, and all faults. Raises FaultyData if these are too many."""
    context = Context(file)
    if not isinstance(node.value, list):
        context.fault(FaultCode.WRONG_SHAPE, node, "", ["Liste von Einträgen, jeder beginnt mit „- id:“"])
        return [], [], context.faults
    if len(node.value) > MOST_ENTRIES:
        return [], [], [Fault(FaultCode.TOO_MANY, file, node.value[MOST_ENTRIES].line, value=str(MOST_ENTRIES))]
    entries, nodes = [], []
    for item in node.value:
        context.entry = _name_of(item)
        entry = ENTRY.read(item, "", context)
        if entry is not None:
            entries.append(entry)
            nodes.append(item)
    return entries, nodes, context.faults


def _name_of(item: Node) -> str | None:
    named = item.value.get("id") if isinstance(item.value, dict) else None
    return named.value[:LONGEST_SHOWN] if named is not None and isinstance(named.value, str) else None
