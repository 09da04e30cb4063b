"""Contradictory answers on the command line: errors for the impossible, hints with both values for the rest."""

import pytest
from cli.console import call


def finden(*options: str):
    return call("finden", "--ort", "59555", "--stichtag", "2026-11-22", "--anzahl", "1", *options)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--gruendung", "2030"), "Gründung: 2030 liegt nach dem Stichtag (2026)."),
        (("--bedarf", "Onlineshop", "--bedarf", "kein Onlineshop"), "„Onlineshop“ ist verlangt, „Onlineshop“ aber"),
        (("--bedarf", "Ich will einen Onlineshop, aber keinen Onlineshop"), "Eines von beiden weglassen."),
        (("--bedarf", ""), "Bedarf: Die Angabe ist leer."),
        (("--ort", ""), "Ort: Die Angabe ist leer."),
        (("--bedarf", "kein Onlineshop"), "„kein Onlineshop“ sagt nur, was Sie nicht brauchen:"),
    ],
)
def test_the_impossible_ends_the_run(options, told):
    result = finden(*options)
    assert result.code == 2
    assert told in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--gruendung", "1150"), "Hinweis: Gründung 1150: stimmt das Jahr?"),
        (("--beschaeftigte", "0", "--umsatz", "900 Mio"), "Hinweis: 0 Beschäftigte und Umsatz 900 Mio. €: passt"),
        (("--bestellt", "ja", "--budget", "0"), "Hinweis: Schon bestellt und Budget 0 €: passt"),
        (("--umsatz", "5000", "--bilanzsumme", "2 Mio"), "Hinweis: Umsatz 5.000 € und Bilanzsumme 2 Mio. €: passt"),
        (("--bedarf", "Homepage und Schnurgelbums"), "verstehe ich „Schnurgelbums“ nicht und lasse es weg."),
    ],
)
def test_the_implausible_is_told_and_the_guide_still_comes(options, told):
    result = finden(*options)
    assert result.code == 0
    assert told in result.err.replace("\N{NO-BREAK SPACE}", " ")
    assert "Ihr Wegweiser" in result.out


def test_an_ordinary_firm_is_not_doubted():
    money = ("--umsatz", "800.000", "--bilanzsumme", "300.000", "--budget", "10.000", "--bestellt", "ja")
    needs = ("--bedarf", "keinen Onlineshop, sondern eine Webseite")
    result = finden("--gruendung", "1742", "--beschaeftigte", "8", *money, *needs)
    assert (result.code, result.err) == (0, "")
