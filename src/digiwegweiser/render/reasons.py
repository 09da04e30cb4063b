"""What each finding says, in German, with the offer's limit and the firm's value."""

from collections.abc import Callable, Container, Iterable, Sequence

from digiwegweiser.core.changes import Change, Direction
from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Trade
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Area, Audience
from digiwegweiser.core.service import service
from digiwegweiser.core.vocabulary import Sector, Service, State, Verdict
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.wording import (
    COSTS,
    GROUPS,
    SECTORS,
    STATES,
    age_span,
    day,
    euro,
    laender,
    listed,
    number,
    place_line,
    span,
    staff,
    staff_span,
)

#: How many names of a long list are written out.
NAMES_SHOWN = 4


def reason(found: Finding, m: Match, words: Lexicon) -> str:
    """One sentence on a finding: the offer's limit, then the firm's value."""
    limit, value = _LIMITS[found.rule](found, m, words), _value(found, words)
    return f"{limit}; {value}" if value else limit


def _value(found: Finding, words: Lexicon) -> str:
    """The firm's value as the second half of a reason."""
    if found.attribute is None or found.rule in ("needs", "nearness", "made_for", "finance"):
        return ""
    return _VALUES[found.attribute](found, words)


def _place(found: Finding, _: Lexicon) -> str:
    return f"Ihr Ort: {place_line(found.value)}" if found.value is not None else "Ihr Ort fehlt"


def _trade(found: Finding, _: Lexicon) -> str:
    return f"Ihr Gewerk: {found.value.name}" if found.value is not None else "Ihr Gewerk fehlt"


def _ordered(found: Finding, _: Lexicon) -> str:
    return {True: "Sie haben schon bestellt", False: "noch nicht bestellt", None: "ob bestellt ist, fehlt"}[found.value]


_VALUES: dict[str, Callable[[Finding, Lexicon], str]] = {
    "place": _place,
    "trade": _trade,
    "employees": lambda found, _: f"Sie: {staff(found.value)}" if found.value is not None else "Ihre Zahl fehlt",
    "founded": lambda found, _: (
        f"Sie: gegründet {found.value}" if found.value is not None else "Ihr Gründungsjahr fehlt"
    ),
    "budget_eur": lambda found, _: f"Sie planen {euro(found.value)}" if found.value is not None else "Ihr Budget fehlt",
    "ordered": _ordered,
}


def _date_limit(found: Finding, m: Match, _: Lexicon) -> str:
    first, last = found.limit
    if m.state is State.ENDED:
        return f"beendet am {day(last)}" if last is not None and last < found.value else "beendet"
    if m.state is State.NOT_YET:
        return f"beginnt am {day(first)}" if first is not None else "angekündigt, noch nicht offen"
    if m.state is State.UNVERIFIED and found.verdict is Verdict.NOT_MET:
        return "wird nach den Quellen nicht mehr empfohlen"
    return f"{STATES[m.state]}, bis {day(last)}" if last is not None else STATES[m.state]


#: Where an offer holds that is only for some places within its area.
PARTIAL = "nur in ausgewiesenen Fördergebieten"


def area_words(area: Area, words: Lexicon) -> str:
    """Where an offer holds; of places within the area that the catalogue has no list of, only that there are such."""
    if area.is_partial:
        return PARTIAL
    if area.kreise or area.gemeinden:
        names = sorted(words.kreise.get(key, key) for key in area.kreise)
        names += [f"Teile von {name}" for name in _split_kreise(area, words)]
        if len(names) > NAMES_SHOWN:
            more = len(names) - NAMES_SHOWN
            names = [*names[:NAMES_SHOWN], "1 weiterer Kreis" if more == 1 else f"{more} weitere Kreise"]
        return f"nur {listed(names)}"
    return f"nur {laender(area.laender)}" if area.laender else "bundesweit"


def _split_kreise(area: Area, words: Lexicon) -> list[str]:
    return sorted({words.kreise.get(key[:5], key[:5]) for key in area.gemeinden})


def audience_words(audience: Audience, words: Lexicon) -> str:
    """For which sectors and crafts an offer is."""
    crafts = sorted(words.trades.get(code, code) for code in audience.trades)
    crafts += [GROUPS[group] for group in sorted(audience.trade_groups)]
    if crafts:
        return f"nur für {listed(crafts)}"
    if Sector.ANY in audience.sectors or not audience.sectors:
        return f"für {SECTORS[Sector.ANY]}"
    return f"für {listed([SECTORS[sector] for sector in sorted(audience.sectors)])}"


def trade_words(found: Finding, words: Lexicon) -> str:
    """For which firms an offer is, as far as it concerns the firm's trade: left out by name, or served in part."""
    audience: Audience = found.limit
    if found.value is not None and audience.leaves_out(found.value):
        return f"nicht für {_kind_named(found.value, audience.not_trades)}"
    if _is_partly_served(found):
        return f"für {_kind_named(found.value, audience.partly_trades)} nicht ohne Weiteres"
    return audience_words(audience, words)


def _kind_named(trade: Trade, chosen: Container[object]) -> str:
    """What of a trade an offer names: itself, its group or its sectors."""
    if trade.code in chosen:
        return f"„{trade.name}“"
    if trade.group is not None and trade.group in chosen:
        return GROUPS[trade.group]
    return listed([SECTORS[sector] for sector in sorted(trade.sectors)])


def _is_partly_served(found: Finding) -> bool:
    audience: Audience = found.limit
    return found.value is not None and audience.serves_part_of(found.value)


def _finance_limit(found: Finding, _m: Match, _: Lexicon) -> str:
    if found.case == "not_sme":
        return "nur für Betriebe über 249 Beschäftigten oder über 50 Mio. € Umsatz und 43 Mio. € Bilanzsumme"
    lowest, turnover, balance = found.limit
    parts = [f"Umsatz bis {euro(turnover)}"] if turnover is not None else []
    parts += [f"Bilanzsumme bis {euro(balance)}"] if balance is not None else []
    text = " oder ".join(parts)
    if lowest is not None:
        text = f"{text}, Umsatz ab {euro(lowest)}" if text else f"Umsatz ab {euro(lowest)}"
    return text or "Umsatz und Bilanzsumme ohne Grenze"


def _employees_limit(found: Finding, _m: Match, _: Lexicon) -> str:
    return f"gilt {staff_span(found.limit)}" if found.limit != (None, None) else "ohne Grenze"


def _age_limit(found: Finding, _m: Match, _: Lexicon) -> str:
    return f"gilt {age_span(found.limit)}" if found.limit != (None, None) else "ohne Grenze"


def _budget_limit(found: Finding, _m: Match, _: Lexicon) -> str:
    return f"Vorhaben {span(found.limit, '', euro)}" if found.limit != (None, None) else "jede Projektgröße"


def _ordered_limit(found: Finding, m: Match, _: Lexicon) -> str:
    if not m.offer.form.pays:
        return "ohne Antrag vorab"
    words = {True: "Antrag muss vor der Bestellung gestellt sein", False: "auch nach der Bestellung möglich"}
    return words.get(found.limit, "ob der Antrag vor der Bestellung kommen muss, ist nicht belegt")


#: A need and how an offer serves it.
Served = tuple[str, Service]


def served(m: Match, words: Lexicon) -> list[Served]:
    """How the offer serves each of the firm's needs."""
    return [(need.code, service(need.code, m.offer, m.tier, words.means)) for need in m.finding("needs").value or ()]


_SERVES = {Service.CORE: "gemacht für", Service.ALSO: "auch für", Service.MEANS: "allgemein auch für"}


def quoted(labels: list[str]) -> str:
    """Labels with commas of their own, told apart by quotation marks."""
    return listed([f"„{label}“" for label in labels])


def _needs_limit(found: Finding, m: Match, words: Lexicon) -> str:
    if found.value is None:
        return "Ihr Bedarf fehlt"
    services = served(m, words)
    if found.verdict is Verdict.NOT_MET:
        return f"nicht für {quoted(words.need_labels(code for code, how in services if how is Service.NONE))}"
    return served_text(services, words)


def served_text(services: Sequence[Served], words: Lexicon) -> str:
    """What of the firm's needs an offer serves, and how; unserved needs are not mentioned."""
    codes: dict[Service, list[str]] = {}
    for code, how in services:
        codes.setdefault(how, []).append(code)
    parts = [f"{verb} {quoted(words.need_labels(codes[how]))}" for how, verb in _SERVES.items() if how in codes]
    return "; ".join(parts) or "berät Mitglieder zu allen Fragen"


def _nearness_limit(found: Finding, m: Match, words: Lexicon) -> str:
    where = {
        "kreis": "in Ihrem Kreis",
        "region": "für Ihren Kreis, sitzt in einem anderen",
        "land": f"für {laender(m.offer.area.laender)}",
        "laender": f"für {laender(m.offer.area.laender)}",
        "bund": "bundesweit",
        "elsewhere": "bundesweit, zu Hause in einem anderen Kreis",
    }[found.case or "bund"]
    return f"{where}, {found.limit} km entfernt" if found.limit is not None else where


MADE_FOR = {"trade": "für Ihr Gewerk gemacht", "craft": "eigens fürs Handwerk", "sector": "nennt Ihre Branche"}

_LIMITS: dict[str, Callable[[Finding, Match, Lexicon], str]] = {
    "date": _date_limit,
    "area": lambda found, _m, words: area_words(found.limit, words),
    "trade": lambda found, _m, words: trade_words(found, words),
    "employees": _employees_limit,
    "finance": _finance_limit,
    "company_age": _age_limit,
    "budget": _budget_limit,
    "ordered": _ordered_limit,
    "needs": _needs_limit,
    "nearness": _nearness_limit,
    "made_for": lambda found, _m, _w: MADE_FOR.get(found.case or "", "für alle Branchen"),
    "cost": lambda found, _m, _w: COSTS[found.limit] if found.limit is not None else "Kosten nicht bekannt",
    "sureness": lambda found, m, _: f"{STATES[m.state]}; geprüft am {day(m.offer.checked_on)}",
}


def open_questions(m: Match, words: Lexicon) -> list[str]:
    """What still has to be answered before the offer is sure, as questions."""
    return [question(found, m, words) for found in m.unknown()]


def question(found: Finding, m: Match, words: Lexicon) -> str:
    """One unknown finding as a question to the owner or to the office."""
    limit = _LIMITS[found.rule](found, m, words)
    match found.rule:
        case "date":
            return "Läuft es noch? Das ist nicht sicher belegt."
        case "area":
            asked = "Gehört Ihr Ort dazu?" if found.value is not None else "Wo liegt Ihr Betrieb genau?"
            return f"Gilt {limit}: {asked}"
        case "trade":
            return f"Gilt {limit}: {_trade_asked(found)}"
        case "employees":
            return f"Es {limit}: Wie viele arbeiten im Betrieb?"
        case "finance":
            return f"{limit}: Wie hoch ist Ihr Umsatz oder Ihre Bilanzsumme?"
        case "company_age":
            return f"Es {limit}: {_age_asked(found)}"
        case "budget":
            return f"{limit}: Was soll das Vorhaben kosten?"
        case "ordered":
            return f"{limit[0].upper()}{limit[1:]}: Haben Sie schon bestellt?"
        case _:
            return "Wobei brauchen Sie Hilfe?"


def _trade_asked(found: Finding) -> str:
    if found.value is None:
        return "Was ist Ihr Gewerk?"
    return "Zählt Ihr Betrieb dazu?"


def _age_asked(found: Finding) -> str:
    if found.limit[1] == 0:
        return "Gibt es den Betrieb schon?"
    return "Wann wurde der Betrieb gegründet?" if found.value is None else "An welchem Tag wurde er gegründet?"


def change_texts(found: Iterable[Change], words: Lexicon) -> list[str]:
    """What would have to change, one phrase each, as in "möglich ab 3 Beschäftigten"."""
    return [_CHANGE_TEXTS[change.attribute](change, words) for change in found]


def appended(texts: list[str]) -> str:
    """Changes as the end of a sentence that begins with "möglich"; empty for none."""
    text = listed(texts)
    return f"{',' if text.startswith('wenn ') else ''} {text}" if text else ""


def _budget_change(change: Change, _: Lexicon) -> str:
    bound = "mindestens" if change.direction is Direction.AT_LEAST else "höchstens"
    return f"wenn das Vorhaben {bound} {euro(change.value)} kostet"


def _employees_change(change: Change, _: Lexicon) -> str:
    return "ab einem Beschäftigten" if change.value == 1 else f"ab {number(change.value)} Beschäftigten"


_CHANGE_TEXTS: dict[str, Callable[[Change, Lexicon], str]] = {
    "ordered": lambda _c, _w: "wenn noch nicht bestellt ist",
    "needs": lambda change, words: f"bei Bedarf: {listed(words.need_labels(change.value), 'oder')}",
    "budget_eur": _budget_change,
    "as_of": lambda change, _: f"ab {day(change.value)}",
    "employees": _employees_change,
}
