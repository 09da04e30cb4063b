"""What may be ordered when: the box that keeps an owner from losing a grant, and what is left if it came too late."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.plan import Stage, lost_by_ordering, may_have_to_wait, must_wait, own_chambers, plan
from digiwegweiser.core.vocabulary import Form
from digiwegweiser.core.weights import Weights
from digiwegweiser.render.chamber import own_chamber
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.wording import listed, short_name

#: How many names of a kind are written out.
NAMED = 5

# What counts as the start: the first binding order, not the preparation (Verordnung (EU) Nr. 651/2014, Art. 2 Nr. 23).
ALLOWED = "Angebote und Kostenvoranschläge einholen, sich kostenlos beraten lassen, den Antrag vorbereiten."
FORBIDDEN = "bestellen, anzahlen, einen Auftrag oder Vertrag unterschreiben, mit Bau oder Umsetzung beginnen."
WHEN = (
    "nach der Bewilligung. Manche Stelle erlaubt es schon, wenn sie den Eingang des Antrags bestätigt hat, dann auf "
    "Ihr eigenes Risiko: vorher fragen und die Antwort schriftlich geben lassen."
)


def order_lock_lines(
    guide: Guide, shown: int, weights: Weights, how_to_say: str = "Mit --bestellt ja"
) -> Iterator[Block]:
    """The box, if one of the first `shown` hits asks for the application first; after an order what still works.

    `how_to_say` is how the owner tells of an order.
    """
    if guide.firm.ordered is True:
        yield from _too_late_lines(guide, shown, weights)
        return
    waiting = _ranked(guide, shown)
    if not waiting:
        return
    yield Heading("Halt: noch nichts bestellen", 2)
    names = "; ".join(f"{rank}. {short_name(m.offer)}" for rank, m in waiting)
    yield Paragraph("Erst der Antrag, dann die Bestellung. Sonst ist dieses Geld verloren:", Tone.WARNING)
    yield Item("Gilt für", names, indent=0)
    yield Item("Erlaubt", ALLOWED, Tone.GOOD, 0)
    yield Item("Verboten", FORBIDDEN, Tone.WARNING, 0)
    yield Item("Bestellen", WHEN, indent=0)
    unsure = [hit.match for hit in guide.hits[:shown] if may_have_to_wait(hit.match)]
    if unsure:
        yield Item(
            "Ungeklärt", f"{_names(unsure, guide)}: ob der Antrag zuerst kommen muss, die Stelle fragen.", indent=0
        )
    if guide.firm.ordered is None and guide.firm.emergency is None:
        yield Paragraph(f"Haben Sie schon bestellt? {how_to_say} steht hier, was dann noch geht.", Tone.QUIET)


def lock_text(guide: Guide, ranks: Sequence[int]) -> str:
    """The box in one line, for the hits at these places; empty where nothing is lost by ordering."""
    waiting = [str(rank) for rank, _ in _ranked(guide, max(ranks, default=0)) if rank in ranks]
    if guide.firm.ordered is True or not waiting:
        return ""
    return f"Noch nichts bestellen (Nr. {listed(waiting)}): erst der Antrag."


def order_lock_view(guide: Guide, shown: int, weights: Weights) -> dict[str, Any] | None:
    """The same for JSON; None where the text says nothing."""
    waiting = [m for _, m in _ranked(guide, shown)]
    if guide.firm.ordered is not True and not waiting:
        return None
    found: dict[str, Any] = {"ordered": guide.firm.ordered, "applies_to": _refs(waiting)}
    if guide.firm.ordered is not True:
        return {**found, "allowed": ALLOWED, "forbidden": FORBIDDEN, "order_when": WHEN}
    left = _left(guide, shown)
    return {
        **found,
        **{key: _refs(matches) for key, matches in left.items()},
        "lost": _refs(lost_by_ordering(guide, weights)),
    }


def _ranked(guide: Guide, shown: int) -> list[tuple[int, Match]]:
    """The hits that must not be ordered before; after an order there are none, the rule has excluded them."""
    return [
        (rank, hit.match)
        for rank, hit in enumerate(guide.hits[:shown], 1)
        if must_wait(hit.match) and not hit.match.may_be_elsewhere()
    ]


# --- after the order -------------------------------------------------------------------------------------------------


def _too_late_lines(guide: Guide, shown: int, weights: Weights) -> Iterator[Block]:
    lost, left = lost_by_ordering(guide, weights), _left(guide, shown)
    if not lost and not (left["money"] or left["tax"] or left["unsettled"]):
        return
    yield Heading("Sie haben schon bestellt: was noch geht", 2)
    for key, label, after in _STILL:
        if left[key]:
            tone = Tone.GOOD if key != "unsettled" else Tone.PLAIN
            yield Item(label, f"{_names(left[key], guide)}{after}", tone, 0)
    if lost:
        yield Item(
            "Verloren", f"{_names(lost, guide)}: der Antrag hätte vor der Bestellung kommen müssen.", Tone.WARNING, 0
        )
        yield Paragraph(
            "Für ein neues Vorhaben, das noch nicht bestellt ist, können Sie auch diese Förderungen beantragen. War "
            "die Bestellung noch nicht verbindlich? Dann die Stelle fragen, bevor Sie etwas unterschreiben.",
            Tone.QUIET,
        )


#: What is left, with its label and how to get it.
_STILL = (
    ("money", "Geld", ": auch nach der Bestellung."),
    ("tax", "Steuer", ": über die Steuererklärung, kein Antrag vorab."),
    ("advice", "Beratung", ": kostenlos."),
    ("unsettled", "Ungeklärt", ": ob es nach der Bestellung noch geht, ist nicht belegt. Die Stelle fragen."),
)


def _left(guide: Guide, shown: int) -> dict[str, list[Match]]:
    """What an order does not stand in the way of; the tax rules even from behind the first page."""
    matches = [hit.match for hit in guide.hits]
    first = matches[:shown]
    return {
        "money": [m for m in first if _needs_no_application(m) and m.offer.form is not Form.TAX],
        "tax": [m for m in matches if _needs_no_application(m) and m.offer.form is Form.TAX],
        "advice": [step.match for step in plan(guide, shown) if step.stage is Stage.TALK],
        "unsettled": [m for m in first if may_have_to_wait(m)],
    }


def _needs_no_application(m: Match) -> bool:
    return m.offer.form.pays and m.tier.apply_before_start is False


def _names(matches: Sequence[Match], guide: Guide) -> str:
    """Names apart by semicolons, for many have commas of their own."""
    chambers = own_chambers(guide)
    named = matches[:NAMED]
    names = [own_chamber(guide.firm.trade) if m in chambers else short_name(m.offer) for m in named]
    more = len(matches) - len(names)
    return "; ".join([*names, f"und {more} weitere"] if more else names)


def _refs(matches: Iterable[Match]) -> list[dict[str, str]]:
    return [{"id": m.offer.id, "name": m.offer.name} for m in matches]
