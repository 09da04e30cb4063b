"""What the words of closed lists mean, for those who write entries."""

from collections.abc import Sequence
from typing import Any

from digiwegweiser.core.vocabulary import LAND_NAMES, Confidence, Expense, Level, Status
from digiwegweiser.render.wording import COSTS, FORMS, GROUPS, KINDS, SECTORS

STATUSES = {
    Status.ACTIVE: "läuft",
    Status.PAUSED: "ruht, etwa weil das Geld verbraucht ist",
    Status.ENDED: "beendet",
    Status.ANNOUNCED: "angekündigt; valid_from sagt, ab wann",
    Status.UNVERIFIED: "nicht sicher belegt, dass es noch läuft",
}
CONFIDENCES = {
    Confidence.HIGH: "mehrere gute Quellen, darunter die Stelle selbst",
    Confidence.MEDIUM: "ordentlich belegt",
    Confidence.LOW: "nur alte oder schwache Quellen",
}
LEVELS = {
    Level.BUND: "ganz Deutschland",
    Level.LAND: "ein Land oder mehrere Länder",
    Level.REGION: "mehrere Kreise",
    Level.KREIS: "ein Kreis",
    Level.ORT: "eine Stadt oder Gemeinde",
}
EXPENSES = {
    Expense.ADVICE: "Beratung",
    Expense.TRAINING: "Kurse und Schulungen",
    Expense.SOFTWARE: "Software",
    Expense.HARDWARE: "Geräte und Maschinen",
    Expense.WEBSITE: "Internetseite, Onlineshop",
    Expense.DEVELOPMENT: "eigene Forschung und Entwicklung, oder ein Auftrag dafür",
    Expense.WAGES: "Löhne",
    Expense.LIVING: "Lebensunterhalt beim Gründen",
    Expense.IP_RIGHTS: "Schutzrechte",
    Expense.STANDARDS: "Normen und Zertifikate",
}
NETWORKS = {
    "bw-digital-hubs": "regionale Digital Hubs in Baden-Württemberg",
    "bw-ki-labs": "KI-Labs in Baden-Württemberg",
    "de-hub": "Digital Hubs der de:hub-Initiative",
    "edih": "Europäische Digitale Innovationszentren (EDIH)",
    "handwerk-schaufenster": "Schaufenster des Mittelstand-Digital Zentrums Handwerk",
    "handwerkskammern": "Handwerkskammern",
    "horizont-handwerk": "Horizont Handwerk in Baden-Württemberg",
    "hwk-adviser": "Beauftragte für Innovation und Technologie der Handwerkskammern",
    "ki-trainer": "KI-Trainer der Mittelstand-Digital Zentren",
    "kompetenzzentren-4-0": "frühere Kompetenzzentren 4.0",
    "mittelstand-digital": "Mittelstand-Digital Zentren",
    "mv-diz": "Digitale Innovationszentren in Mecklenburg-Vorpommern",
    "nrw-hubs": "Hubs der digitalen Wirtschaft Nordrhein-Westfalen",
    "zac": "Zentrale Ansprechstellen Cybercrime der Polizei",
    "zukunftszentren": "regionale Zukunftszentren",
}
_TABLES: tuple[dict[Any, str], ...] = (
    KINDS, COSTS, FORMS, SECTORS, GROUPS, STATUSES, CONFIDENCES, LEVELS, EXPENSES, NETWORKS, LAND_NAMES,
)  # fmt: skip


def meanings_of(words: Sequence[str]) -> list[str] | None:
    """The meaning of each word of a closed list, in its order; None for a list that has no table here."""
    table = next((table for table in _TABLES if set(table) == set(words)), None)
    return None if table is None else [table[word] for word in words]


def with_meanings(schema: Any) -> Any:
    """A JSON Schema in which every closed list says what its words mean, for editors that show it."""
    if isinstance(schema, list):
        return [with_meanings(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: with_meanings(part) for key, part in schema.items()}
    if isinstance(schema.get("enum"), list) and "enumDescriptions" not in schema:
        found["enumDescriptions"] = meanings_of(schema["enum"]) or schema["enum"]
    return found
