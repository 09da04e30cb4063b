"""What the entries say in words of combining and of what comes first stands in typed fields, too; and networks hang
together. Exceptions are listed by id with their reason; one that is no exception any more makes its test fail.
"""

import re
from collections import Counter

import pytest
from factories import TODAY, every_kreis, the_catalogue, the_needs

from digiwegweiser.catalog.schema import NETWORKS
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import CostKind, Form, Kind, State

LIVING = {offer.id: offer for offer in the_catalogue() if offer.state_on(TODAY) is not State.ENDED}
PAYING = {name: offer for name, offer in LIVING.items() if offer.form.pays}


def prose(offer: Offer) -> str:
    """Where entries say such things."""
    parts = (offer.note, offer.how_to_apply, offer.funding_note, offer.audience.note)
    return ". ".join([part for part in parts if part] + [*offer.conditions, *offer.warnings])


# --- combining -------------------------------------------------------------------------------------------------------

_NOT_TOGETHER = re.compile(
    r"nicht (zusammen )?(mit|neben)\b[^.;]*\b(kombinierbar|ERP)|Nicht zusammen mit|nicht kombinierbar|"
    r"[Kk]eine Doppelförderung|[Kk]eine andere (Förderung|Beihilfe)|[Kk]ein anderer .*Kredit dazu|GRW-förderfähig sind"
)
#: Say so in words only.
WORDS_ONLY = {
    "bb-brandenburg-kredit-unternehmen": "der ERP-Förderkredit KMU steht nicht im Katalog",
    "by-digitalbonus": "nur die eigenen Stufen Standard und Plus untereinander",
}


def test_what_cannot_be_combined_is_typed() -> None:
    """A sentence that forbids it decides nothing; the field does."""
    said = {name for name, offer in PAYING.items() if _NOT_TOGETHER.search(prose(offer))}
    typed = {name for name, offer in PAYING.items() if offer.not_with}
    assert said - typed == set(WORDS_ONLY)
    assert typed <= said


def test_what_may_be_combined_does_not_exclude_each_other() -> None:
    """Saxony's grant and loan are made to go together; the federal tax relief goes with all."""
    grant, loan = LIVING["sn-digitalisierung-zuschuss"], LIVING["sn-digitalisierungsdarlehen"]
    assert not (grant.not_with | loan.not_with)
    assert not any(Form.TAX in offer.not_with for offer in PAYING.values())


def test_one_side_says_it() -> None:
    """Both sides would be two facts to keep."""
    both = [
        (a.id, name) for a in LIVING.values() for name in a.not_with & LIVING.keys() if a.id in LIVING[name].not_with
    ]
    assert both == []


# --- coming first ----------------------------------------------------------------------------------------------------

_FIRST = re.compile(
    r"\b([Ee]rst|[Zz]uerst|[Vv]orab|vorher)\b[^.;,]*(beratung|Beratung|[Gg]espräch|Check\b|BAFA)|"
    r"Erst(beratung|gespräch) (in|beim?)\b|"
    r"(Beratung|[Gg]espräch)[^.;]*vor dem Antrag|BAFA-Förderung ist ausgeschöpft|Check der KfW ist gemacht"
)
#: What comes first there is no entry of the catalogue, or a part of the offer itself.
NO_ENTRY_TO_NAME = {
    "bafa-unternehmensberatung-kmu": "nur im ersten Jahr nach der Gründung, Regionalpartner nicht im Katalog",
    "bb-big-digital": "wer die Beratung bestätigt, ist nicht belegt",
    "he-rkw-beratungsfoerderung-digitalisierung": "das Erstgespräch beim RKW gehört zum Angebot",
    "inqa-coaching": "die regionale INQA-Beratungsstelle gehört zum Angebot",
    "kompass-solo-selbststaendige": "die KOMPASS-Anlaufstelle gehört zum Angebot",
    "sh-bif-modul1": "die Beratung der WTSH steht nicht im Katalog",
    "sh-einzelbetriebliche-investitionsfoerderung": "ob die Förderlotsen das Gespräch führen, ist nicht belegt",
}


def test_what_must_come_first_is_typed() -> None:
    """So that the plan puts it first; where it only may come first, nothing is required."""
    said = {name for name, offer in PAYING.items() if _FIRST.search(prose(offer))}
    typed = {name for name, offer in PAYING.items() if any(tier.requires for tier in offer.tiers)}
    assert said - typed == set(NO_ENTRY_TO_NAME)
    assert typed <= said


@pytest.mark.parametrize(
    ("offer", "named"),
    [(o, name) for o in PAYING.values() for name in sorted({n for tier in o.tiers for n in tier.requires})],
    ids=lambda value: value.id if isinstance(value, Offer) else value,
)
def test_what_must_come_first_can_be_had_where_the_offer_can(offer: Offer, named: str) -> None:
    """It lives, is no smaller in area, and there is a way to reach it."""
    found = [LIVING[named]] if named in LIVING else [o for o in LIVING.values() if o.kind == named]
    assert found
    own = offer.area.laender or {"everywhere"}
    assert all(any(not o.area.laender or land in o.area.laender for o in found) for land in own)
    assert any(o.contact.phone or o.contact.url or o.contact.email for o in found)


# --- networks --------------------------------------------------------------------------------------------------------


def test_every_network_is_used() -> None:
    """And each that leads to something else has living members that do so."""
    members = Counter(offer.network for offer in the_catalogue() if offer.network)
    assert set(members) == set(NETWORKS)
    living = {offer.network for offer in LIVING.values()}
    assert {offer.through for offer in LIVING.values() if offer.through} <= living


def test_whoever_is_in_a_network_is_not_reached_through_it() -> None:
    """Either a member that advises or what stands behind the members."""
    assert [o.id for o in the_catalogue() if o.network and o.through] == []


# --- something for everybody -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kreis", every_kreis())
def test_every_kreis_has_a_living_chamber_that_is_free(kreis: str) -> None:
    """One for crafts that knows the Kreis or some of its Gemeinden; all others have the nationwide one."""
    chambers = [o for o in LIVING.values() if o.kind is Kind.CHAMBER and o.cost.kind is CostKind.FREE]
    own = [o for o in chambers if kreis in o.area.kreise or any(key[:5] == kreis for key in o.area.gemeinden)]
    assert own
    assert all(o.contact.phone for o in own)
    assert any(not o.area.laender for o in chambers)


#: Needs that nothing free serves wherever the firm is.
NOT_FREE_EVERYWHERE = {"smart_home_products": "E-Haus ohne Preisangabe, die Lehrgänge kosten; frei sind nur Kammern"}


@pytest.mark.parametrize("need", [need.code for need in the_needs()])
def test_every_need_is_served_by_a_living_free_offer(need: str) -> None:
    """Wherever the firm is, whether made for the need or beside the main purpose; the Länder's own come on top."""
    free = [o for o in LIVING.values() if o.cost.kind is CostKind.FREE and need in o.core_needs | o.also_needs]
    assert free
    assert any(not o.area.laender for o in free) is (need not in NOT_FREE_EVERYWHERE)
