"""The questions of the interview as data."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a question is put."""

    TEXT = "text"
    YES_NO = "yes_no"
    NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Question:
    """One question on one attribute of the firm."""

    key: str
    """The attribute that it fills."""
    ask: str
    hint: str
    form: Form = Form.TEXT
    is_asked: bool = True
    """Asked in any case; the others if they can change the guide, and they can be answered from the summary."""


QUESTIONS: tuple[Question, ...] = (
    Question("place", "Wo ist Ihr Betrieb?", "Postleitzahl oder Ort"),
    Question("trade", "Was macht Ihr Betrieb?", "etwa Schreinerei, Kfz-Werkstatt"),
    Question("employees", "Wie viele arbeiten im Betrieb?", "0 = Sie allein; Teilzeit anteilig, etwa 8,5"),
    Question("needs", "Wobei brauchen Sie Hilfe?", "", Form.NEEDS),
    Question("budget_eur", "Was darf das Vorhaben kosten?", "Euro, etwa 15.000", is_asked=False),
    Question("ordered", "Haben Sie schon etwas bestellt oder beauftragt?", "", Form.YES_NO, is_asked=False),
    Question("turnover_eur", "Wie hoch ist Ihr Jahresumsatz?", "Euro, etwa 800.000 oder 1,2 Mio", is_asked=False),
    Question("balance_eur", "Wie hoch ist Ihre Bilanzsumme?", "Euro, etwa 800.000; steht im Abschluss", is_asked=False),
    Question("founded", "Seit wann gibt es den Betrieb?", "Jahr, etwa 2015", is_asked=False),
    Question(
        "de_minimis_eur",
        "Wie viel De-minimis-Förderung haben Sie in den letzten drei Jahren bekommen?",
        "Euro; steht im Bescheid",
        is_asked=False,
    ),
)

BY_KEY = {question.key: question for question in QUESTIONS}

BACK_WORDS = frozenset({"zurück", "zurueck", "<"})
UNKNOWN_WORDS = frozenset({"", "?", "weiß nicht", "weiss nicht", "weiß ich nicht", "weiss ich nicht", "keine ahnung"})
HELP = (
    "Ein paar Fragen zu Ihrem Betrieb, dann kommt Ihr Wegweiser. Ihre Antworten bleiben auf diesem Rechner.\n"
    "Leer lassen, wenn Sie es nicht wissen. „zurück“ geht zur vorigen Frage."
)
