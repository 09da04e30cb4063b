"""What differs between two versions of the catalogue: as a page, as a section of the list of changes, as JSON."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from digiwegweiser.core.comparison import FIRST, Edit, Effect, EntryChange, Fate, Move, Shift
from digiwegweiser.core.fault import Fault, FaultCode
from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.matching import Match
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.messages import shorten
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.reasons import reason
from digiwegweiser.render.wording import NBSP, day, listed, number, staff

FATES = {
    Fate.NEW: "Neu",
    Fate.REVIVED: "Läuft wieder",
    Fate.CHANGED: "Geändert",
    Fate.ENDED: "Beendet",
    Fate.REMOVED: "Nicht mehr im Katalog",
}
#: Parts of an entry in the words of the list of changes; what is not named here is told as "Angaben".
_PARTS = {
    "name": "Name", "former_names": "Name", "status": "Stand", "status_evidence": "Stand", "confidence": "Stand",
    "valid_from": "Laufzeit", "valid_until": "Laufzeit", "area": "Gebiet", "sites": "Standorte",
    "audience": "Zielgruppe", "needs": "Bedarf", "funding": "Geld", "cost": "Kosten", "contact": "Kontakt",
    "how_to_apply": "Weg", "conditions": "Bedingungen", "warnings": "Hinweise", "sources": "Quellen",
    "checked_on": "Prüftag",
}  # fmt: skip
_SAME_POINTS = "Beide Stände sind mit den heutigen Regeln, Punkten und Bedarfen gerechnet."
EXAMPLES = 5
MOST_CAUSES = 12
_LONGEST = 90
_ITEMS_SHOWN = 3
_OUTDATED_SHOWN = 5


class _Reach(NamedTuple):
    """What one offer's change does to the firms."""

    shift: Shift
    """For the first firm that it concerns."""
    rules: Counter[str]
    appears: int
    vanishes: int
    total: int


_NO_VERSION = {
    "no_git": "„{name}“ ist keine Datei, und das Programm git, das ältere Stände kennt, ist nicht eingerichtet.",
    "no_repository": "„{name}“ ist keine Datei, und hier ist kein Git-Verzeichnis, in dem ältere Stände lägen.",
    "no_revision": "„{name}“ ist weder eine Datei noch ein Stand, den git hier kennt.",
    "no_catalog": "Im Stand „{name}“ gibt es data/programs.yaml nicht.",
}


def no_version_text(name: str, why: str) -> str:
    """Why there is nothing to compare, and what to write instead."""
    what = _NO_VERSION[why].format(name=shorten(name))
    return f"{what}\n  Gebraucht wird eine Katalogdatei oder ein Git-Stand wie HEAD~1, im Ordner des Projekts."


def outdated_text(outdated: Sequence[Fault]) -> str:
    """What a version says that the tool does not know, and that is therefore left out of the comparison."""
    count = "1 Angabe" if len(outdated) == 1 else f"{len(outdated)} Angaben"
    said = list(dict.fromkeys(_outdated(fault) for fault in outdated))
    more = ", …" if len(said) > _OUTDATED_SHOWN else ""
    return f"Übergangen, weil das Programm sie nicht kennt: {count} ({', '.join(said[:_OUTDATED_SHOWN])}{more})."


def _outdated(fault: Fault) -> str:
    is_word = fault.code is FaultCode.NOT_IN_LIST
    return shorten(f"{fault.key}: {fault.value}" if is_word else str(fault.key))


def comparison_page(effect: Effect, words: Lexicon) -> Iterator[Block]:
    """Every entry with what differs, then the effect on the firms."""
    yield Heading("Katalog: was sich geändert hat", 1, f"Stand {day(effect.as_of)}")
    yield Item("Alt", f"{effect.old.label}, {_entries(len(effect.old.entries))}")
    yield Item("Neu", f"{effect.new.label}, {_entries(len(effect.new.entries))}")
    if not effect.changes:
        yield Paragraph("Kein Unterschied.")
    for fate, title in FATES.items():
        found = [change for change in effect.changes if change.fate is fate]
        if found:
            yield Heading(f"{title} ({len(found)})", 2)
            for change in found:
                yield Item("", f"{change.name} ({change.id})", indent=0)
                yield from (Item("", edit_text(edit), indent=3) for edit in change.edits)
    yield from _effect_blocks(effect, words)


def _entries(count: int) -> str:
    return "1 Eintrag" if count == 1 else f"{number(count)} Einträge"


def edit_text(edit: Edit) -> str:
    """One key with what it was and what it is."""
    match edit.old, edit.new:
        case None, new:
            return f"{edit.key}: neu {_shown(new)}"
        case old, None:
            return f"{edit.key}: entfallen {_shown(old)}"
        case list(old), list(new):
            return f"{edit.key}: entfallen {_shown(old)}; neu {_shown(new)}"
        case str(old), str(new):
            was, is_now = differing_parts(old, new)
            return f"{edit.key}: „{_cut(was)}“ → „{_cut(is_now)}“"
        case old, new:
            return f"{edit.key}: {_shown(old)} → {_shown(new)}"


def differing_parts(old: str, new: str) -> tuple[str, str]:
    """Two texts without the words that they begin and end with alike, of which one is kept on each side."""
    was, is_now = old.split(" "), new.split(" ")
    shortest = min(len(was), len(is_now))
    head = next((at for at in range(shortest) if was[at] != is_now[at]), shortest)
    tail = next((at for at in range(shortest - head) if was[-1 - at] != is_now[-1 - at]), shortest - head)
    cut = max(head - 1, 0), max(tail - 1, 0)
    return _middle(was, *cut), _middle(is_now, *cut)


def _middle(words: Sequence[str], head: int, tail: int) -> str:
    kept = " ".join(words[head : len(words) - tail])
    return f"{'… ' if head else ''}{kept}{' …' if tail else ''}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        more = len(value) - _ITEMS_SHOWN
        shown = ", ".join(map(_shown, value[:_ITEMS_SHOWN]))
        return f"{shown} und {more} weitere" if more > 0 else shown
    if isinstance(value, dict):
        return _cut(str(value.get("url") or value.get("city") or json.dumps(value, ensure_ascii=False)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return number(value) if isinstance(value, int | float) else f"„{_cut(str(value))}“"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _effect_blocks(effect: Effect, words: Lexicon) -> Iterator[Block]:
    yield Heading(f"Wirkung auf {effect.firms} ausgedachte Betriebe", 2)
    if not effect.moves:
        yield Paragraph(f"Bei keinem ändern sich die ersten {FIRST} Angebote.")
        return
    yield Paragraph(f"Bei {len(effect.moves)} ändern sich die ersten {FIRST} Angebote. {_SAME_POINTS}")
    reaches = _reaches(effect.moves)
    for reach in reaches[:MOST_CAUSES]:
        yield Item("", f"{_name(reach.shift.id, words)}: {_reach_text(reach)}", Tone.STRONG, 0)
        yield from (Item("", text) for text in _why(reach.shift, words))
    if len(reaches) > MOST_CAUSES:
        yield Paragraph(f"… und {len(reaches) - MOST_CAUSES} weitere Angebote; alle mit --format json.", Tone.QUIET)
    yield Heading("Beispiele", 2)
    for move in effect.moves[:EXAMPLES]:
        yield Item("", firm_text(move.firm, words), indent=0)
        yield Item("Bisher", _names(move.before, words))
        yield Item("Jetzt", _names(move.after, words))
        for shift in move.causes:
            yield Item("Weil", f"{_name(shift.id, words)}: {'; '.join(_why(shift, words))}")


def _reaches(moves: Sequence[Move]) -> list[_Reach]:
    """What each changed offer does, the one that concerns most firms first."""
    found: dict[str, list[tuple[Move, Shift]]] = {}
    for move in moves:
        for shift in move.causes:
            found.setdefault(shift.id, []).append((move, shift))
    reaches = [_reach(name, pairs) for name, pairs in found.items()]
    return sorted(reaches, key=lambda reach: (-reach.total, reach.shift.id))


def _reach(name: str, pairs: Sequence[tuple[Move, Shift]]) -> _Reach:
    rules = Counter(new.rule for _, shift in pairs for _, new in shift.differing())
    appears = sum(1 for move, _ in pairs if name in move.after and name not in move.before)
    vanishes = sum(1 for move, _ in pairs if name in move.before and name not in move.after)
    return _Reach(pairs[0][1], rules, appears, vanishes, len(pairs))


def _reach_text(reach: _Reach) -> str:
    # Or in the same one, while others have made room or taken it.
    moved = reach.total - reach.appears - reach.vanishes
    parts = [f"bei {reach.appears} neu darunter"] if reach.appears else []
    parts += [f"bei {reach.vanishes} nicht mehr"] if reach.vanishes else []
    parts += [f"bei {moved} auf anderem Platz"] if moved else []
    return listed(parts)


def _why(shift: Shift, words: Lexicon) -> Iterator[str]:
    """What the rules say of the offer before and after, for one firm."""
    if shift.old is None or shift.new is None:
        yield "neu im Katalog" if shift.old is None else "nicht mehr im Katalog"
        return
    pairs = shift.differing()
    if not pairs:
        yield "anders eingeordnet (Verbund, Art oder Form)"
    for old, new in pairs:
        yield f"{_finding_text(old, shift.old, words)} → {_finding_text(new, shift.new, words)}"


def _finding_text(found: Finding, m: Match, words: Lexicon) -> str:
    points = f" ({found.points} {'Punkt' if found.points == 1 else 'Punkte'})" if found.max_points else ""
    return f"{reason(found, m, words)}{points}"


def _name(name: str, words: Lexicon) -> str:
    return words.offers[name].name if name in words.offers else name


def _names(names: Iterable[str], words: Lexicon) -> str:
    return " · ".join(f"{rank}. {_name(name, words)}" for rank, name in enumerate(names, 1)) or "nichts"


def firm_text(firm: Firm, words: Lexicon) -> str:
    """A sample firm in one line."""
    parts = [firm.place.label] if firm.place is not None else []
    parts += [firm.trade.name] if firm.trade is not None else []
    parts += [staff(firm.employees)] if firm.employees is not None else []
    parts.append(listed(words.need_labels(need.code for need in firm.needs)))
    return " · ".join(parts)


def changelog_page(effect: Effect, words: Lexicon) -> Iterator[Block]:
    """The section "Katalog" of the list of changes."""
    yield Heading("Katalog", 3)
    for fate, title in FATES.items():
        found = [change for change in effect.changes if change.fate is fate]
        if fate is Fate.CHANGED:
            yield from (Item("", f"Geändert: {change.name} ({', '.join(_parts(change))}).") for change in found)
        elif found:
            yield Item("", f"{title}: {listed([change.name for change in found])}.")
    yield Item("", f"{_entries(len(effect.new.entries))}, vorher {number(len(effect.old.entries))}.")
    yield Item("", _effect_text(effect, words))


def _parts(change: EntryChange) -> list[str]:
    """Which parts of an entry differ."""
    keys = (edit.key.partition(".")[0].partition("[")[0] for edit in change.edits)
    return list(dict.fromkeys(_PARTS.get(key, "Angaben") for key in keys))


def _effect_text(effect: Effect, words: Lexicon) -> str:
    share = f"Bei {len(effect.moves)} von {effect.firms} ausgedachten Betrieben ändern sich die ersten {FIRST} Angebote"
    most = [_name(reach.shift.id, words) for reach in _reaches(effect.moves)[:3]]
    return f"{share}, vor allem durch {listed(most)}." if most else f"{share}."


def comparison_json(effect: Effect, words: Lexicon) -> str:
    """Every entry and every firm that differs."""
    view = {
        "as_of": effect.as_of.isoformat(),
        "old": {"name": effect.old.label, "entries": len(effect.old.entries)},
        "new": {"name": effect.new.label, "entries": len(effect.new.entries)},
        "entries": [
            {**change._asdict(), "edits": [edit._asdict() for edit in change.edits]} for change in effect.changes
        ],
        "firms": {
            "tried": effect.firms,
            "changed": len(effect.moves),
            "moves": [_move_view(m, words) for m in effect.moves],
        },
    }
    return json.dumps(view, ensure_ascii=False, indent=1).replace(NBSP, " ") + "\n"


def _move_view(move: Move, words: Lexicon) -> dict[str, Any]:
    return {
        "firm": firm_text(move.firm, words),
        "before": list(move.before),
        "after": list(move.after),
        "causes": [_shift_view(shift, words) for shift in move.causes],
    }


def _shift_view(shift: Shift, words: Lexicon) -> dict[str, Any]:
    view: dict[str, Any] = {"id": shift.id, "why": list(_why(shift, words))}
    view["rules"] = [new.rule for _, new in shift.differing()]
    view["score"] = [None if found is None else found.score for found in (shift.old, shift.new)]
    return view
