"""Guides of a few offers and their pages, for all tests of the plan and the sheet."""

from typing import Any

from factories import TODAY, a_firm, an_offer, the_weights

from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.plain import render_plain
from digiwegweiser.render.plan import plan_lines

WORDS = Lexicon({"processes_erp": "Abläufe"}, {}, {}, {}, {})
CHAMBER = {"id": "kammer", "name": "Kammer", "kind": "chamber", "contact": Contact(phone="0231 54930")}


def a_guide(*offers: Offer, **firm: Any) -> Guide:
    return build_guide(a_firm(**firm), offers, TODAY, the_weights())


def a_grant(**changes: Any) -> Offer:
    told = {"id": "bonus", "name": "Bonus", "kind": "grant", "form": "grant", "apply_before_start": True}
    return an_offer(**{**told, **changes})


def hit(offer: Offer, **firm: Any) -> Match:
    return a_guide(offer, **firm).hits[0].match


def text(guide: Guide, shown: int = 8) -> str:
    return " ".join(render_plain(plan_lines(guide, WORDS, shown)).split())
