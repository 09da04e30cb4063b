"""Every fact of the catalogue is guarded: moved by the smallest step, a kept line or a stated reason notices."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from factories import the_catalogue
from falsification.mutants import Mutant, mutants_of
from falsification.witness import asked_again, lines_of

from digiwegweiser.core.offer import Offer

KEPT = Path(__file__).parent / "boundaries.txt"
#: So that the cores share the work.
PARTS = 8
REFRESH = "python -m pytest tests/falsification --update-golden"

#: Changes that nobody can notice, by the reason; one that is noticed now must go from the list, too.
SURVIVORS = Path(__file__).parent / "survivors.txt"


#: Lines over whole vocabularies: asked last, most changes have been noticed by then.
LONG = ("area", "home", "trade", "made_for", "excludes")


def as_text(catalogue: tuple[Offer, ...]) -> str:
    """The lines of all offers, each under its id."""
    told = ((offer.id, [f"  {name}: {text}" for name, text in lines_of(offer)]) for offer in catalogue)
    return "\n".join("\n".join([name, *lines]) for name, lines in told) + "\n"


@cache
def kept() -> dict[str, dict[str, str]]:
    """The kept lines by offer and name."""
    found: dict[str, dict[str, str]] = {}
    last = ""
    for line in KEPT.read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            name, _, text = line.strip().partition(": ")
            found[last][name] = text
        else:
            last = line
            found[last] = {}
    return found


def test_every_offer_does_at_its_limits_what_was_kept(request: pytest.FixtureRequest) -> None:
    """The whole catalogue at all its limits; a change of a fact shows here as a line that differs."""
    now = as_text(the_catalogue())
    if request.config.getoption("--update-golden"):
        KEPT.write_text(now, encoding="utf-8")
        kept.cache_clear()
    differing = set(now.splitlines()) ^ set(KEPT.read_text(encoding="utf-8").splitlines())
    assert sorted(differing)[:40] == [], f"If this is meant: {REFRESH}"


def survivors(offer: Offer) -> Iterator[Mutant]:
    """The changes of an offer that no kept line notices."""
    lines = kept()[offer.id]
    for mutant in mutants_of(offer):
        # What was changed in one tier shows in its lines.
        own = "" if mutant.tier is None else f"{mutant.tier} "
        concerned = [(name, text) for name, text in lines.items() if name.startswith(own)]
        concerned.sort(key=lambda line: line[0].endswith(LONG))
        if all(asked_again(mutant.offer, name, text) == text for name, text in concerned):
            yield mutant


def listed() -> set[str]:
    """The changes of which a reason says why they make no difference."""
    lines = SURVIVORS.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    return {line for line in lines if line and not line.startswith("# ")}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_each_moved_fact_is_noticed(part: int) -> None:
    """One fact at a time, all facts; what makes no difference is listed with the reason."""
    offers = the_catalogue()[part::PARTS]
    alive = {f"{offer.id} {mutant.change}" for offer in offers for mutant in survivors(offer)}
    own = tuple(f"{offer.id} " for offer in offers)
    assert alive == {line for line in listed() if line.startswith(own)}


def test_few_facts_can_move_unnoticed() -> None:
    """The kill rate: of all moved facts at least 99 in 100 are noticed, and nobody is listed who is not there."""
    every = {f"{offer.id} {mutant.change}" for offer in the_catalogue() for mutant in mutants_of(offer)}
    assert listed() <= every
    rate = 1 - len(listed()) / len(every)
    print(f"{len(every) - len(listed())} of {len(every)} moved facts are noticed ({rate:.2%})")  # noqa: T201
    assert len(every) > 10_000
    assert rate > 0.99
