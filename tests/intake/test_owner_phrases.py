"""What owners of all kinds of firms answer in a few words is read as an adviser would; measured and pinned."""

from pathlib import Path
from typing import Any

import pytest

from digiwegweiser.catalog.needs import parse_needs
from digiwegweiser.catalog.needs_schema import read_needs_file
from digiwegweiser.catalog.yaml_reader import plain, read_yaml
from digiwegweiser.core.needs import Need, NeedGroup, NeedVocabulary, Negation
from digiwegweiser.intake.needs import NeedBook

_ROOT = Path(__file__).parents[2]
_PHRASES = plain(read_yaml((_ROOT / "tests" / "data" / "owner_phrases.yaml").read_bytes(), "phrases"))
_PLAIN, _ = read_needs_file(read_yaml((_ROOT / "data" / "needs.yaml").read_bytes(), "needs.yaml"), "needs.yaml")
BOOK = NeedBook(parse_needs(_PLAIN))


def read(text: str) -> set[str]:
    return {need.code for need in BOOK.read(text).value or ()}


def _measure(groups: dict[str, list[dict[str, Any]]]) -> tuple[float, float]:
    """Mean precision and recall per phrase; needs that may be read as well count for neither."""
    precision, recall = [], []
    for phrase in (phrase for several in groups.values() for phrase in several):
        found, meant = read(phrase["text"]), set(phrase["needs"])
        counted = found - set(phrase["also"]) - {"financing"}
        precision.append(len(counted & meant) / len(counted) if counted else float(bool(found)))
        recall.append(len(found & meant) / len(meant))
    return sum(precision) / len(precision), sum(recall) / len(recall)


@pytest.mark.parametrize(("part", "precision", "recall"), [("seen", 0.97, 0.98), ("held", 0.82, 0.86)])
def test_short_answers_are_read_as_an_adviser_would(part: str, precision: float, recall: float) -> None:
    measured = _measure(_PHRASES[part])
    assert measured[0] >= precision
    assert measured[1] >= recall


@pytest.mark.parametrize("kind", _PHRASES["seen"])
def test_of_each_kind_of_firm_something_is_read_of_every_seen_phrase(kind: str) -> None:
    assert [phrase["text"] for phrase in _PHRASES["seen"][kind] if not read(phrase["text"])] == []


@pytest.mark.parametrize("part", _PHRASES)
def test_all_kinds_of_firms_speak(part: str) -> None:
    assert len(_PHRASES[part]) == 13
    assert all(len(several) >= 3 for several in _PHRASES[part].values())


@pytest.mark.parametrize(
    "text",
    [
        "Herausforderung",
        "Anforderungen",
        "Aufforderung",
        "Überforderung",
        "Forderungen",
        "offene Forderungen eintreiben",
        "Lösegeldforderung",
        "die Geldforderung",
    ],
)
def test_what_is_demanded_is_no_grant(text: str) -> None:
    assert "financing" not in read(text)


@pytest.mark.parametrize(
    "text", ["Förderung", "Foerderung", "FÖRDERUNG", "Förderungen", "Wirtschaftsförderung", "Bundesfoerderung"]
)
def test_a_grant_is_one_however_its_umlaut_is_written(text: str) -> None:
    assert "financing" in read(text)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("App", {"processes_erp"}),
        ("Plattform", {"business_model_innovation"}),
        ("Internet", {"website_marketing"}),
        ("Fachkräfte", {"new_work"}),
        # Two words are two hints.
        ("Plattform, Papier", {"business_model_innovation", "processes_erp"}),
        # A vague word beside a clear one says nothing of its own.
        ("Onlineshop als App", {"ecommerce"}),
    ],
)
def test_a_vague_word_alone_is_one_need(text: str, needs: set[str]) -> None:
    assert read(text) == needs


@pytest.mark.parametrize(
    ("code", "said", "unsaid"),
    [
        # By what means is not yet what for …
        ("automation_robotics", "Kartons automatisch verpacken", "Preisschilder automatisch ändern"),
        ("automation_robotics", "Teile automatisch prüfen", "Angebote automatisch prüfen"),
        ("automation_robotics", "Drohne für den Acker", "Drohne für das Dach"),
        ("bim_construction", "Drohne für das Dach", "Drohne für den Acker"),
        ("bim_construction", "Grundstück vermessen", "Füße mit dem Scanner vermessen"),
        ("bim_construction", "Bauzeitenplan am Tablet", "Bautagebuch am Handy"),
        ("processes_erp", "Frachtpapiere aufs Handy der Fahrer", "Tablets für die Fahrer"),
        ("cloud_mobile_work", "Plan auf dem Tablet statt Papier", "Plan auf Papier"),
        ("hardware_software_investment", "Wir brauchen eine Software für den Auftrag", "per App statt auf Papier"),
        ("hardware_software_investment", "3D-Drucker fürs Labor kaufen", "3D-Drucker fürs Labor"),
        ("website_marketing", "Fotos ins Netz stellen", "Fotos und Pläne für alle auf der Baustelle"),
        ("data_protection_law", "Verordnungen zur KI einhalten", "elektronische Verordnung annehmen"),
        ("processes_erp", "Belege einscannen und digital ablegen", "KI soll Belege vorsortieren"),
        # … and what owners say of their day.
        ("processes_erp", "Fahrzeuge orten", "Fahrzeuge lackieren"),
        ("processes_erp", "Werkzeug verschwindet", "Werkzeug schleifen"),
        ("processes_erp", "Notdienst digital verteilen", "Notdienst anrufen"),
        ("processes_erp", "Lohnstunden ins Lohnbüro", "Es lohnt sich nicht"),
        ("processes_erp", "Unfallgutachten mit Fotos", "Fotos vom Team"),
        ("hardware_software_investment", "Füße scannen statt Gipsabdruck", "Füße eingipsen"),
        ("additive_manufacturing", "Einlagen digital abformen", "Einlagen verkaufen"),
        ("standards_interoperability", "Intraoralscans annehmen", "Bestellungen annehmen"),
        ("customer_communication", "Hörgeräte aus der Ferne einstellen", "Hörgeräte reparieren"),
        ("customer_communication", "Farbe am Computer zeigen", "Farbe mischen"),
        ("customer_communication", "No-Shows vermeiden", "Abfall vermeiden"),
        ("ecommerce", "Trinkgeld mit Karte", "Karten drucken"),
        ("new_work", "ich finde keine Friseurin mehr", "ich finde keine Software"),
    ],
)
def test_a_phrase_says_a_need_and_its_twin_does_not(code: str, said: str, unsaid: str) -> None:
    assert code in read(said)
    assert code not in read(unsaid)


def _book(**lines: tuple[str, ...]) -> NeedBook:
    """Two needs: the tool by which something is done, and the papers for which."""
    tool = Need("tool", "g", "Gerät", "?", ("gerätekauf",), **lines)
    papers = Need("papers", "g", "Papier", "?", ("aktenordner",), weak=("papier",))
    return NeedBook(NeedVocabulary((NeedGroup("g", "G"),), (tool, papers), Negation()))


def test_a_means_leaves_room_for_hints_and_a_clear_need_does_not() -> None:
    text = "papier aufs tablet"
    as_means, as_need = _book(how=("tablet",)), _book(weak=("papier",))
    assert [need.code for need in as_means.read(text).value or ()] == ["papers", "tool"]
    assert [need.code for need in _book().read(text + " gerätekauf").value or ()] == ["tool"]
    # Of two needs hinted at by one word the first of the list is taken.
    assert [need.code for need in as_need.read(text).value or ()] == ["tool"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Kybersicherheit", "IT-Sicherheit"),
        ("Finanzhilfierung", "Zuschuss, Kredit, Finanzierung"),
        ("Schnurgelbums", None),
    ],
)
def test_of_words_not_known_similar_ones_are_suggested_and_read_back(text: str, label: str | None) -> None:
    found = BOOK.read(text)
    assert found.value is None
    assert (label in found.suggestions) == (label is not None)
    assert all(len(read(suggested)) == 1 for suggested in found.suggestions)
