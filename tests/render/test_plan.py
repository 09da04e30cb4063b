"""The steps, the calculation and the ceiling, as an owner reads them."""

import json
from typing import Any

import pytest
from factories import an_offer
from golden.firms import FIRMS, guide_of, the_adviser
from render.pages import CHAMBER, WORDS, a_grant, a_guide, hit, text

from digiwegweiser.core.money import estimate
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Expense, Form
from digiwegweiser.render.call_sheet import (
    call_sheet_view,
)
from digiwegweiser.render.money import (
    de_minimis_lines,
    de_minimis_view,
    estimate_text,
    estimate_view,
    estimates_view,
    likely_view,
    money_text,
)
from digiwegweiser.render.plain import render_plain
from digiwegweiser.render.plan import plan_lines, plan_view
from digiwegweiser.render.wording import NBSP, short_name

# --- the steps -------------------------------------------------------------------------------------------------------


def test_the_steps_are_numbered_and_end_with_the_sheet():
    check = an_offer(id="check", name="Check", kind="self_check", form="none")
    course = an_offer(id="course", name="Kurs", kind="training", form="none")
    page = text(a_guide(a_grant(), course, check, an_offer(**CHAMBER)))
    order = [
        "Schritt 1: Kostenlos beraten lassen jetzt", "Kammer · 0231 54930", "Schritt 2: Prüfen", "vor dem Antrag",
        "Schritt 3: Geld beantragen vor der Bestellung", "Schritt 4: Lernen und vernetzen danach", "Anruf bei",
    ]  # fmt: skip
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


def test_a_stage_without_offers_is_not_counted():
    page = text(a_guide(a_grant()))
    assert "Schritt 1: Geld beantragen" in page
    assert "Schritt 2" not in page


def test_without_hits_there_is_no_plan():
    guide = a_guide(a_grant(laender={"DE-BY"}))
    assert text(guide) == ""
    assert plan_view(guide, WORDS, 8) == []
    assert call_sheet_view(guide, WORDS, 8) is None


def test_money_that_may_be_had_later_is_not_put_before_the_order():
    later = a_grant(id="tax", name="AfA", form="tax", apply_before_start=False)
    assert "Geld beantragen auch nach der Bestellung" in text(a_guide(later))
    both = text(a_guide(later, a_grant()))
    assert "Wann: vor der Bestellung" in both
    assert "Wann: auch nach der Bestellung" in both
    assert "Bestellung" not in text(a_guide(a_grant(apply_before_start=None)))


def test_the_last_day_and_a_doubt_stand_with_the_step():
    from datetime import date

    page = text(a_guide(a_grant(valid_until=date(2027, 3, 1), status="unverified")))
    assert "spätestens 01.03.2027" not in text(a_guide(a_grant()))
    assert "spätestens 01.03.2027, erst klären, ob es noch läuft" in page


def test_what_the_office_asks_is_laid_ready_or_to_be_looked_up():
    grant = a_grant(max_employees=49, eu_sme=True, de_minimis=True)
    page = text(a_guide(an_offer(**CHAMBER), grant, turnover_eur=None))
    wanted = "Bereit: 8 Beschäftigte, Bilanzsumme 300.000 €, De-minimis-Beihilfen 0 €; noch nachsehen: Umsatz"
    assert wanted in page
    assert "Nachsehen: Umsatz" in page
    assert "achsehen" not in text(a_guide(an_offer(**CHAMBER), grant))


@pytest.mark.parametrize("firm", FIRMS)
def test_every_plan_fits_eighty_columns_and_its_json_is_plain(firm):
    guide, words = guide_of(firm), the_adviser().lexicon
    for line in render_plain(plan_lines(guide, words, 8)).splitlines():
        assert len(line) <= 80 or " " not in line.strip()
    steps = plan_view(guide, words, 8)
    assert json.loads(json.dumps(steps)) == steps
    assert [step["step"] for step in steps] == list(range(1, len(steps) + 1))


# --- money -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("money", "budget", "said"),
    [
        ({"rate_percent": 50, "max_eur": 7_500}, 20_000, "50 % von 20.000 €, höchstens 7.500 €: also bis 7.500 €"),
        ({"rate_percent": 50, "max_eur": 7_500}, 12_000, "50 % von 12.000 €: also bis 6.000 €"),
        ({"rate_percent": 50, "max_eligible_eur": 9_000}, 12_000,
         "50 % von 9.000 € (mehr zählt nicht): also bis 4.500 €"),
        ({"rate_from_percent": 40, "rate_percent": 60}, 10_000, "40 % bis 60 % von 10.000 €: also 4.000 € bis 6.000 €"),
        ({"rate_percent": 50, "min_project_eur": 4_000}, 3_000, "nichts, gefördert wird erst ab 4.000 €"),
        ({"rate_percent": 50, "max_project_eur": 4_000}, 5_000, "nichts, gefördert wird nur bis 4.000 €"),
        ({"rate_percent": 50, "min_eur": 4_000}, 5_000,
         "nichts, 50 % von 5.000 € bleiben unter dem Mindestbetrag von 4.000 €"),
        ({"max_eur": 7_500}, 12_000, "Höhe unbekannt, der Fördersatz ist nicht belegt, höchstens 7.500 €"),
        ({"max_eur": 7_500}, 5_000, "Höhe unbekannt, der Fördersatz ist nicht belegt"),
        ({"rate_percent": 50}, None, "Höhe unbekannt, es fehlt, was das Vorhaben kosten soll"),
    ],
)  # fmt: skip
def test_the_calculation_is_said_with_its_result(money, budget, said):
    tier = a_grant(**money).tiers[0]
    found = estimate(tier, Form.GRANT, budget)
    assert found is not None
    assert estimate_text(found, tier, Form.GRANT).replace(NBSP, " ") == said


def test_of_a_loan_the_waived_part_is_calculated():
    tier = an_offer(rate_percent=5, max_eligible_eur=250_000).tiers[0]
    found = estimate(tier, Form.REPAYMENT_GRANT, 300_000)
    assert found is not None
    said = estimate_text(found, tier, Form.REPAYMENT_GRANT).replace(NBSP, " ")
    assert said == "5 % von 250.000 € Kredit (mehr zählt nicht): also bis 12.500 €"


def test_the_calculation_stands_in_the_line_on_money_only_with_a_budget():
    m = hit(a_grant(rate_percent=50))
    assert "Für Ihre 10.000 €: 50 % von 10.000 €: also bis 5.000 €." in (money_text(m, 10_000) or "").replace(NBSP, " ")
    assert "Für Ihre" not in (money_text(m, None) or "")
    assert money_text(hit(an_offer()), 10_000) is None
    view = estimate_view(m.tier, Form.GRANT, 10_000)
    assert view is not None
    assert (view["amount_eur"], view["outcome"]) == (5_000, "known")
    assert estimate_view(m.tier, Form.ADVICE, 10_000) is None


@pytest.mark.parametrize(
    ("money", "budget", "said"),
    [
        ({"pays_for": ["advice"], "max_eur": 1_750}, 10_000,
         "nur für die Beratung: 50 % der Beratungskosten, höchstens 1.750 €; "
         "wie viel davon Beratung ist, wissen wir nicht"),
        ({"pays_for": ["advice"], "max_eur": 1_750}, 3_000,
         "nur für die Beratung: bis 50 % der Beratungskosten; "
         "wie viel davon Beratung ist, wissen wir nicht"),
        ({"pays_for": ["training", "wages"]}, 10_000,
         "nur für Schulung und Gehalt: bis 50 % der Kosten für Schulung und Gehalt; "
         "wie viel davon Schulung und Gehalt sind, wissen wir nicht"),
        ({"pays_for": ["training"], "rate_percent": 100}, 45_000,
         "nur für die Schulung: bis 100 % der Schulungskosten; wie viel davon Schulung ist, wissen wir nicht"),
        ({"pays_for": ["training"], "max_eligible_eur": 4_000}, 45_000,
         "nur für die Schulung: 50 % der Schulungskosten, höchstens 2.000 €; "
         "wie viel davon Schulung ist, wissen wir nicht"),
        ({"pays_for": ["training"], "rate_from_percent": 40}, 45_000,
         "nur für die Schulung: 40 % bis 50 % der Schulungskosten; wie viel davon Schulung ist, wissen wir nicht"),
        ({"pays_for": ["advice", "software"], "max_eur": 1_750}, 10_000,
         "50 % von 10.000 €, höchstens 1.750 €: also bis 1.750 €"),
        ({"pays_for": None, "max_eur": 1_750}, 10_000,
         "welche Kosten zählen, ist nicht belegt; zählen alle, 50 % von 10.000 €, höchstens 1.750 €: also bis 1.750 €"),
        ({"pays_for": ["advice"], "rate_percent": None}, 10_000,
         "nur für Beratung; Höhe unbekannt, der Fördersatz ist nicht belegt"),
        ({"pays_for": ["advice"], "min_project_eur": 4_000}, 3_000, "nichts, gefördert wird erst ab 4.000 €"),
    ],
)  # fmt: skip
def test_what_only_advice_or_courses_get_is_told_and_no_figure_is_promised(money, budget, said):
    tier = a_grant(**{"rate_percent": 50, **money}).tiers[0]
    found = estimate(tier, Form.GRANT, budget)
    assert found is not None
    assert estimate_text(found, tier, Form.GRANT).replace(NBSP, " ") == said


def test_the_rate_is_told_of_the_costs_that_count():
    assert "bis 50 % der Beratungskosten" in (
        money_text(hit(a_grant(rate_percent=50, pays_for=["advice"])), None) or ""
    ).replace(NBSP, " ")
    assert "bis 50 % der Kosten" in (money_text(hit(a_grant(rate_percent=50)), None) or "").replace(NBSP, " ")


def test_every_tier_open_to_the_firm_is_calculated_and_named():
    tiers = [
        {"tier": "Standard", "max_eur": 4_000},
        {"tier": "Plus", "max_eur": 30_000},
        {"tier": "Groß", "min_employees": 50},
    ]
    m = hit(a_grant(tiers=tiers, rate_percent=50))
    said = (money_text(m, 10_000) or "").replace(NBSP, " ")
    assert "Für Ihre 10.000 €: „Standard“ 50 % von 10.000 €, höchstens 4.000 €: also bis 4.000 €; " in said
    assert "„Plus“ 50 % von 10.000 €: also bis 5.000 €." in said
    assert "„Groß“" not in said
    assert [(view["tier"], view["amount_eur"]) for view in estimates_view(m, 10_000)] == [
        ("Standard", 4_000),
        ("Plus", 5_000),
    ]


def test_tiers_that_pay_for_the_same_part_say_so_once():
    tiers = [{"tier": "Kurz", "rate_percent": 50}, {"tier": "Lang", "rate_percent": 70, "max_eur": 600}]
    said = (money_text(hit(a_grant(tiers=tiers, pays_for=["advice"])), 1_000) or "").replace(NBSP, " ")
    assert said.endswith(
        "nur für die Beratung: bis 50 % der Beratungskosten („Kurz“) oder höchstens 600 € („Lang“); "
        "wie viel davon Beratung ist, wissen wir nicht."
    )
    unnamed = money_text(hit(a_grant(tiers=[{"rate_percent": 50}, {"rate_percent": 70}], pays_for=["advice"])), 1_000)
    assert "None" not in (unnamed or "")
    assert "bis 50 % der Beratungskosten oder bis 70 % der Beratungskosten;" in (unnamed or "").replace(NBSP, " ")
    mixed = [{"tier": "Rat", "pays_for": ["advice"]}, {"tier": "Kauf", "pays_for": ["software"]}]
    both = (money_text(hit(a_grant(tiers=mixed, rate_percent=50)), 1_000) or "").replace(NBSP, " ")
    assert "„Rat“ nur für die Beratung: bis 50 % der Beratungskosten;" in both
    assert "„Kauf“ 50 % von 1.000 €: also bis 500 €." in both


@pytest.mark.parametrize(
    ("limits", "employees", "said"),
    [
        ({"eu_sme": True}, 12, "„KMU“: bis 35 % der Kosten, wenn Sie ein KMU sind: bei Ihrer Größe anzunehmen."),
        ({"eu_sme": True}, 120, "„KMU“: bis 35 % der Kosten, wenn Sie ein KMU sind."),
        ({"max_turnover_eur": 10_000_000, "max_balance_eur": 5_000_000}, 12,
         "bis 35 % der Kosten, bei Umsatz bis 10 Mio. € oder Bilanzsumme bis 5 Mio. €: bei Ihrer Größe anzunehmen."),
    ],
)  # fmt: skip
def test_a_better_tier_that_waits_for_the_turnover_is_told_with_what_it_assumes(limits, employees, said):
    offer = a_grant(tiers=[{"tier": "KMU", "rate_percent": 35, **limits}, {"tier": "Sonst", "rate_percent": 25}])
    m = hit(offer, employees=employees, turnover_eur=None, balance_eur=None)
    text = (money_text(m, 10_000) or "").replace(NBSP, " ")
    assert text.startswith("Zuschuss „Sonst“: bis 25 % der Kosten. Mehr: „KMU“")
    assert said in text
    assert "„Sonst“ 25 % von 10.000 €: also bis 2.500 €; „KMU“ 35 % von 10.000 €: also bis 3.500 €." in text
    assert likely_view(m)[0]["assumption"].replace(NBSP, " ") in said
    assert likely_view(hit(offer)) == []


def test_tiers_that_give_the_same_are_told_once():
    m = hit(a_grant(tiers=[{"tier": "Eins"}, {"tier": "Zwei"}], rate_percent=50))
    assert (money_text(m, 10_000) or "").count("also bis") == 1


@pytest.mark.parametrize("expense", Expense)
def test_every_expense_has_its_words(expense):
    tier = a_grant(rate_percent=50, pays_for=[expense]).tiers[0]
    found = estimate(tier, Form.GRANT, 10_000)
    assert found is not None
    assert expense.value not in estimate_text(found, tier, Form.GRANT)
    assert ("wissen wir nicht" in estimate_text(found, tier, Form.GRANT)) is not expense.is_investment


def ceiling(*offers: Offer, shown: int = 8, **firm: Any) -> str:
    return " ".join(render_plain(de_minimis_lines(a_guide(*offers, **firm), shown)).split())


def test_what_is_free_is_said_with_the_sum_and_the_law():
    page = ceiling(a_grant(max_eur=40_000, de_minimis=True), de_minimis_eur=120_000)
    assert "Frei: 300.000 € - 120.000 € schon bekommen = 180.000 €" in page
    assert "(Verordnung (EU) 2023/2831, Art. 3 Abs. 2)" in page


def test_what_fits_and_what_is_too_much():
    one = a_grant(id="one", name="Eins", max_eur=40_000, de_minimis=True)
    two = a_grant(id="two", name="Zwei", max_eur=20_000, de_minimis=True)
    page = ceiling(one, two, de_minimis_eur=250_000, budget_eur=None)
    assert "Passt: Eins (bis 40.000 €); danach frei: 10.000 €" in page
    assert "Zu viel: Zwei (bis 20.000 €), frei sind dann nur noch 10.000 €" in page
    both = ceiling(one, two, de_minimis_eur=0, budget_eur=None)
    assert "Eins (bis 40.000 €); Zwei (bis 20.000 €); zusammen bis 60.000 €; danach frei: 240.000 €" in both
    assert "Zu viel" not in both


@pytest.mark.parametrize(
    ("de_minimis", "received", "budget", "is_said"),
    [
        (True, None, 10_000, True),
        (True, None, None, False),
        (None, None, 10_000, False),
        (False, None, 10_000, False),
        (None, 0, None, True),
        (False, 5_000, None, True),
    ],
)
def test_the_ceiling_is_said_only_where_the_owner_gave_a_figure_for_it(de_minimis, received, budget, is_said):
    grant = a_grant(de_minimis=de_minimis, rate_percent=50)
    firm = {"de_minimis_eur": received, "budget_eur": budget}
    assert bool(ceiling(grant, **firm)) is is_said
    assert (de_minimis_view(a_guide(grant, **firm), 8) is not None) is is_said


def test_unknown_flags_and_amounts_are_said_and_not_counted():
    page = ceiling(
        a_grant(id="a", name="Offen", de_minimis=None),
        a_grant(id="b", name="Kredit", form="loan", kind="loan", de_minimis=True),
        a_grant(id="c", name="Frei", de_minimis=False),
        de_minimis_eur=0,
    )
    assert "Unklar: Offen: ob De-minimis, ist nicht belegt." in page
    assert "Ohne Zahl: Kredit: zählt mit, der Betrag ist unbekannt." in page
    assert "Passt" not in page
    assert "Frei;" not in page


def test_where_the_past_is_unknown_the_plan_is_named_and_no_fit_is_claimed():
    page = ceiling(a_grant(rate_percent=50, de_minimis=True), de_minimis_eur=None)
    assert "Frei: nicht bekannt." in page
    assert "5.000 € müssen frei sein." in page
    assert "Geplant: Bonus (bis 5.000 €)" in page
    assert "Passt" not in page


@pytest.mark.parametrize(
    ("received", "said"),
    [
        (0, "Frei: 300.000 €, denn Sie haben noch nichts bekommen"),
        (300_000, "Frei: 300.000 € - 300.000 € schon bekommen = 0 €"),
        (300_001, "Frei: nichts mehr, 300.001 € sind schon über der Grenze"),
    ],
)
def test_the_edges_of_the_ceiling(received, said):
    assert said in ceiling(de_minimis_eur=received)


def test_what_is_not_added_up_is_named_with_what_it_stands_in_for():
    one = a_grant(id="one", name="Eins", max_eur=40_000, de_minimis=True)
    two = a_grant(id="two", name="Zwei", max_eur=20_000, de_minimis=True, not_with={"one"})
    page = ceiling(one, two, de_minimis_eur=0, budget_eur=None)
    assert "Passt: Eins (bis 40.000 €); danach frei: 260.000 €" in page
    assert "Statt: Zwei (bis 20.000 €), nur anstelle von Eins: nicht mitgerechnet" in page
    view = de_minimis_view(a_guide(one, two, de_minimis_eur=0, budget_eur=None), 8)
    assert view is not None
    assert view["alternatives"] == [{"id": "two", "name": "Zwei", "amount_eur": 20_000, "instead_of": ["one"]}]
    free = de_minimis_view(a_guide(one, two._replace(not_with=frozenset()), de_minimis_eur=0, budget_eur=None), 8)
    assert free is not None
    assert (free["alternatives"], free["planned_eur"]) == ([], 60_000)


def test_a_step_says_what_it_is_needed_for_and_has_no_number_where_it_is_no_hit():
    check = an_offer(id="check", name="Check", kind="self_check", form="none", core_needs={"ecommerce"})
    page = text(a_guide(a_grant(requires={"check"}), check))
    assert (
        "Schritt 1: Prüfen, was sich lohnt vor dem Antrag Wer: Check · https://example.org Nötig: vor 1. Bonus" in page
    )
    assert "Wer: 1. Bonus" in page
    assert "Nötig" not in text(a_guide(a_grant(), check))
    steps = plan_view(a_guide(a_grant(requires={"check"}), check), WORDS, 8)
    assert [(offer["id"], offer["rank"], offer["needed_for"]) for step in steps for offer in step["offers"]] == [
        ("check", None, ["bonus"]),
        ("bonus", 1, []),
    ]


def test_a_chamber_keeps_its_whole_name_and_other_long_names_lose_their_brackets():
    """Frankfurt (Oder) is another town than Frankfurt."""
    name = "Handwerkskammer Frankfurt (Oder) - Region Ostbrandenburg"
    assert short_name(an_offer(name=name, kind="chamber")) == name
    assert short_name(an_offer(name=name)) == "Handwerkskammer Frankfurt - Region Ostbrandenburg"
