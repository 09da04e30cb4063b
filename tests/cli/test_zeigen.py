"""`zeigen NAME`: what became of an offer, and what a firm takes in its place."""

import pytest
from cli.console import TODAY, an_entry, call, english_in, own_catalogue

from digiwegweiser.exits import Exit

DAY = ("--stichtag", TODAY)
JOINER = ("--ort", "59555", "--gewerk", "Tischlerei", "--beschaeftigte", "8", "--bedarf", "Zeiterfassung", *DAY)
FORMATS = ("text", "markdown", "json")


def shown(*arguments: str) -> str:
    """Standard output of a call that went well, in one line."""
    found = call("zeigen", *arguments)
    assert (found.code, found.err) == (Exit.DONE, "")
    return " ".join(found.out.split())


def as_json(*arguments: str) -> dict:
    found = call("zeigen", *arguments, "--format", "json")
    assert found.code == Exit.DONE
    return found.json


# --- without a firm --------------------------------------------------------------------------------------------------


def test_several_words_need_no_quotation_marks():
    assert call("zeigen", "go", "digital", *DAY) == call("zeigen", "go digital", *DAY)


def test_the_page_says_state_evidence_successor_money_contact_and_sources():
    page = shown("go", "digital", *DAY)
    for told in (
        "Stand: am 22.11.2026: beendet, der letzte Tag war der 31.12.2024",
        "Beleg: Ministerium teilte am 05.06.2024 mit",
        "Ersatz: am nächsten kommt ERP-Förderkredit Digitalisierung",
        "Geld: Zuschuss: bis 50 % der Kosten, höchstens 16.500 €.",
        "Kontakt: Innovation - Beratung - Förderung",
        "Prüfen: Den Antrag stellte das autorisierte Beratungsunternehmen",
        "Quellen geprüft am 22.11.2026",
        "digiwegweiser zeigen go-digital --ort",
    ):
        assert told in page


def test_without_a_firm_nothing_is_said_of_one_and_with_a_firm_it_is():
    assert "Für Ihren Betrieb" not in shown("go-digital", *DAY)
    assert "Für Ihren Betrieb" in shown("go-digital", *JOINER)


def test_the_line_of_successors_is_told_to_its_end():
    page = shown("Mittelstand 4.0 Kompetenzzentrum Hannover", *DAY)
    assert page.index("Danach: Mittelstand-Digital Zentrum Hannover") < page.index("Danach: Nachfolgenetz")
    assert "(mdz-nachfolge-2027)" in page


def test_what_only_comes_nearest_is_never_told_as_a_successor():
    assert "Danach" not in shown("go-digital", *DAY)
    assert "Ersatz" not in shown("unternehmenswert-mensch", *DAY)
    assert "Danach: INQA-Coaching" in shown("unternehmenswert-mensch", *DAY)


def test_an_ended_offer_without_a_successor_says_so_and_a_living_one_does_not():
    assert "Danach: kein Nachfolger bekannt" in shown("m40-stuttgart", *DAY)
    assert "kein Nachfolger bekannt" not in shown("zim", *DAY)


STATES = {
    "2025-12-31": "läuft bis 31.01.2026, noch 31 Tage",
    "2026-01-31": "läuft bis 31.01.2026, das ist der letzte Tag",
    "2026-01-30": "läuft bis 31.01.2026, noch 1 Tag",
    "2026-02-01": "beendet, der letzte Tag war der 31.01.2026",
    "2025-06-01": "läuft bis 31.01.2026 ",
    "2024-12-31": "beginnt am 01.01.2025",
}


@pytest.mark.usefixtures("small_data")
@pytest.mark.parametrize(("day", "told"), STATES.items())
def test_the_state_is_that_of_the_day_asked_for(day, told, tmp_path):
    dates = {"valid_from": "2025-01-01", "valid_until": "2026-01-31", "checked_on": "2024-01-01"}
    own = own_catalogue(tmp_path / "eigenes.yaml", an_entry(**dates))
    assert told in shown("eigener-eintrag", "--katalog", own, "--stichtag", day)


def test_before_the_check_a_missing_date_leaves_it_open():
    assert "nicht sicher, der Beginn ist nicht bekannt" in shown("go-digital", "--stichtag", "2019-06-01")


@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("name", ["go-digital", "dzm-kreis-soest", "by-digitalbonus", "mdz-nachfolge-2027"])
def test_pages_have_no_empty_or_english_words(name, form):
    page = call("zeigen", name, *JOINER, "--format", form).out
    own_words = page.split("Was und wie")[0].split("Was es war")[0]
    assert "None" not in page
    assert "()" not in page
    assert english_in(own_words) == []


# --- names -----------------------------------------------------------------------------------------------------------


WRONG = {
    "several": (("INQA",), ["ist nicht eindeutig", "inqa-coaching", "inqa-unternehmenscheck", "digiwegweiser zeigen"]),
    "many": (("digital",), ["weitere; ein Wort mehr hilft"]),
    "near": (("Digitalbonus", "Mallorca"), ["kenne ich nicht. Am nächsten kommen:", "by-digitalbonus", "(beendet)"]),
    "far": (("xyzabc",), ["„xyzabc“ kenne ich nicht", "katalog liste"]),
    "none": ((), ["Welches Angebot?", "digiwegweiser zeigen go-digital"]),
    "blank": (("  ",), ["Welches Angebot?"]),
    "format": (("zim", "--format", "xml"), ["„xml“"]),
    "day": (("zim", "--stichtag", "gestern"), ["„gestern“"]),
    "firm": (("zim", "--ort", "Hintertupfing"), ["Ort: „Hintertupfing“"]),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG.values(), ids=WRONG)
def test_an_unclear_name_is_2_with_what_may_be_meant_on_stderr_only(arguments, told):
    found = call("zeigen", *arguments)
    assert (found.code, found.out) == (Exit.WRONG_CALL, "")
    for words in told:
        assert words in found.err


def test_a_mistyped_name_is_shown_and_the_reading_told_on_stderr():
    found = call("zeigen", "digitl", "jetzt", *DAY)
    assert (found.code, found.out) == (Exit.DONE, call("zeigen", "digital-jetzt", *DAY).out)
    assert found.err == "Hinweis: „digitl jetzt“ gelesen als „Digital Jetzt - Investitionsförderung für KMU“.\n"


def listed(*name: str) -> list[str]:
    """The ids that an unclear name may mean, in the order shown."""
    return [line.split()[0] for line in call("zeigen", *name, *DAY).err.splitlines() if line.startswith("  ")]


@pytest.mark.parametrize("name", ["Innovationsgutschein", "Digitalcoach", "BAFA", "Digi-Z", "Digitalbonus Mallorca"])
def test_what_may_be_meant_is_told_living_first_and_ten_at_most(name):
    shown = [as_json(one, *DAY)["status"] for one in listed(name)]
    rank = {"open": 0, "ended": 2}
    order = [rank.get(status, 1) for status in shown]
    assert order == sorted(order)
    assert 2 <= len(shown) <= 10


def test_of_more_than_ten_the_rest_is_counted():
    lines = call("zeigen", "Mittelstand", "Digital", *DAY).err.splitlines()
    assert len([line for line in lines if line.startswith("  ") and "…" not in line]) == 10
    assert any("… und " in line and "weitere" in line for line in lines)
    assert "weitere" not in call("zeigen", "Innovationsgutschein", *DAY).err


def test_variants_that_ended_together_are_shown_together():
    found = call("zeigen", "Digitalisierungsprämie", "plus", *DAY)
    ids = ["bw-digitalisierungspraemie-plus-darlehen", "bw-digitalisierungspraemie-plus-zuschuss"]
    assert found.code == Exit.DONE
    assert [name in found.out for name in ids] == [True, True]
    assert found.err.startswith("Hinweis: „Digitalisierungsprämie plus“ gelesen als „")
    view = as_json("Digitalisierungsprämie", "plus", *DAY)
    assert [view["id"], *(other["id"] for other in view["variants"])] == ids == view["read"]["ids"]
    assert call("zeigen", "Digitalisierungsprämie", "plus", "--stichtag", "2025-06-30").code == Exit.WRONG_CALL


@pytest.mark.parametrize(
    ("name", "is_exact"), [("go-digital", True), ("Digital in NRW", True), ("Investbonus Berlin", False)]
)
def test_json_says_how_the_name_was_read(name, is_exact):
    view = as_json(name, *DAY)
    assert view["read"] == {"text": name, "ids": [view["id"]], "is_exact": is_exact}
    assert view["variants"] == []


@pytest.mark.usefixtures("small_data")
def test_own_entries_are_found_by_their_names(tmp_path):
    own = own_catalogue(tmp_path / "eigenes.yaml", an_entry(name="Werkstatt-Scheck", former_names=["Meisterhilfe"]))
    assert "Werkstatt-Scheck" in shown("Meisterhilfe", "--katalog", own, *DAY)
    assert call("zeigen", "Meisterhilfe").code == Exit.WRONG_CALL


# --- for a firm ------------------------------------------------------------------------------------------------------


def test_every_finding_is_told_and_what_has_no_limit_in_one_line():
    page = shown("by-digitalbonus", *JOINER)
    for label in ("Zeitraum", "Gebiet", "Gewerk", "Größe", "Finanzen", "Vorhaben", "Bestellt", "Bedarf", "Nähe"):
        assert f" {label}: " in page
    assert "Sonst: keine Grenze für Alter" in page


def test_a_living_offer_that_fits_names_no_substitute_and_a_dead_one_does():
    assert "Stattdessen" not in shown("hwk-dortmund", *JOINER)
    assert "Stattdessen" in shown("go-digital", *JOINER)


def instead(name: str, *firm: str) -> dict:
    return as_json(name, *firm, *DAY)["for_firm"]["instead"]


def test_the_substitute_is_the_successor_where_it_fits_the_firm():
    found = instead("unternehmenswert-mensch", "--ort", "80331")
    assert (found["id"], found["is_successor"]) == ("inqa-coaching", True)


def test_a_successor_that_does_not_fit_gives_way_to_a_hit_and_says_why():
    found = instead("m40-hannover", *JOINER)
    assert not found["is_successor"]
    assert found["id"] != "mdz-hannover"
    assert "Danach kam Mittelstand-Digital Zentrum Hannover: derzeit nicht, weil" in shown("m40-hannover", *JOINER)


@pytest.mark.usefixtures("small_data")
class TestSubstitute:
    """Made up, so that only the rule decides."""

    DEAD = an_entry(
        id="alt", status="ended", valid_until="2025-12-31", funding={"form": "grant"}, needs={"core": ["it_security"]}
    )

    def named(self, tmp_path, *others, dead=None):
        own = own_catalogue(tmp_path / "eigenes.yaml", dead or self.DEAD, *others)
        found = instead("alt", "--katalog", own, "--bedarf", "it_security", "--ort", "59555")
        return found and found["id"]

    def offer(self, name, form="grant", core="it_security", **changes):
        return an_entry(id=name, name=name, funding={"form": form}, needs={"core": [core]}, **changes)

    def test_what_paid_money_is_followed_by_what_pays_money(self, tmp_path):
        assert self.named(tmp_path, self.offer("rat", "advice"), self.offer("geld", "loan")) == "geld"
        assert self.named(tmp_path, self.offer("rat", "advice")) is None

    def test_what_paid_none_may_be_followed_by_advice(self, tmp_path):
        dead = {**self.DEAD, "funding": {"form": "advice"}}
        assert self.named(tmp_path, self.offer("rat", "advice"), dead=dead) == "rat"

    def test_money_in_the_same_form_comes_first(self, tmp_path):
        assert self.named(tmp_path, self.offer("a-kredit", "loan"), self.offer("b-zuschuss")) == "b-zuschuss"

    def test_it_serves_a_core_need_of_the_old_one(self, tmp_path):
        assert self.named(tmp_path, self.offer("anderes", core="processes_erp")) is None

    def test_nothing_dead_and_nothing_for_others_is_named(self, tmp_path):
        over = self.offer("auch-alt", status="ended", valid_until="2025-12-31")
        elsewhere = self.offer("bayern", area={"level": "land", "laender": ["DE-BY"]})
        assert self.named(tmp_path, over, elsewhere) is None

    def test_a_successor_that_fits_comes_before_a_better_hit(self, tmp_path):
        dead = {**self.DEAD, "successor": "neu"}
        later = self.offer("neu", "loan", cost={"kind": "paid"})
        assert self.named(tmp_path, self.offer("besser"), later, dead=dead) == "neu"

    def test_what_only_comes_nearest_does_not_come_before_a_better_hit(self, tmp_path):
        dead = {**self.DEAD, "successor": "neu", "successor_is_formal": False}
        later = self.offer("neu", "loan", cost={"kind": "paid"})
        assert self.named(tmp_path, self.offer("besser"), later, dead=dead) == "besser"
        assert self.named(tmp_path, later, dead=dead) == "neu"

    def test_of_the_same_form_the_best_of_her_guide_is_named_however_many_needs_it_shares(self, tmp_path):
        dead = {**self.DEAD, "needs": {"core": ["it_security", "ecommerce", "processes_erp"]}}
        first = self.offer("z-erst")
        second = self.offer("a-zweit", cost={"kind": "paid"})
        second["needs"] = {"core": ["it_security", "ecommerce", "processes_erp"]}
        assert self.named(tmp_path, first, second, dead=dead) == "z-erst"


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_json_has_the_keys_of_a_result_and_the_story():
    found = as_json("go-digital", *DAY)
    assert {
        "schema", "as_of", "id", "name", "former_names", "former_ids", "kind", "status", "status_evidence",
        "valid_from", "valid_until", "checked_on", "cost", "funding", "contact", "conditions", "warnings", "sources",
        "predecessors", "successors", "living_successor", "for_firm", "firm",
    } <= found.keys()  # fmt: skip
    assert (found["status"], found["valid_until"]) == ("ended", "2024-12-31")
    assert found["living_successor"] == found["successor"]["id"] == "kfw-erp-foerderkredit-digitalisierung"
    assert found["successor_is_formal"] is False
    assert found["for_firm"] is None
    assert found["firm"] is None


def test_json_judges_the_firm_under_the_usual_keys():
    found = as_json("by-digitalbonus", *JOINER)["for_firm"]
    assert {"score", "eligibility", "findings", "open_questions", "rank", "change", "instead"} <= found.keys()
    assert found["eligibility"] == "no"
    assert [f["rule"] for f in found["findings"] if f["verdict"] == "not_met"] == ["area"]


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_every_entry_can_be_shown(form):
    for entry in call("katalog", "liste", "--format", "json").json[::9]:
        found = call("zeigen", entry["id"], *JOINER, "--format", form)
        assert (found.code, found.err) == (Exit.DONE, "")
        assert entry["name"].split()[0] in found.out.replace("\\", "")
