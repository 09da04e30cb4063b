"""From the bytes of the data files to their plain, checked form, with every fault told at once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from digiwegweiser.catalog.located import Located
from digiwegweiser.catalog.needs_schema import read_needs_file
from digiwegweiser.catalog.references import Codes, check_references
from digiwegweiser.catalog.schema import read_entries
from digiwegweiser.catalog.scoring import read_scoring
from digiwegweiser.catalog.store import read_column
from digiwegweiser.catalog.yaml_reader import Node, read_yaml
from digiwegweiser.core.fault import Fault, FaultyData, Severity
from digiwegweiser.core.vocabulary import TradeGroup


class Parsed(NamedTuple):
    """All that was read, and all that is wrong with it; an entry with faults lacks the keys that have them."""

    located: Sequence[Located]
    needs: dict[str, Any]
    scoring: list[dict[str, Any]]
    origins: dict[str, str]
    faults: Sequence[Fault]


def parse_files(sources: Mapping[Path, bytes], own: Mapping[Path, bytes], folder: Path) -> dict[str, Any]:
    """The plain form of programs.yaml, needs.yaml and scoring.yaml in `sources` and of the user's own files.

    Raises FaultyData with every error of every file.
    """
    parsed = read_all(sources, own, folder)
    if any(fault.severity is Severity.ERROR for fault in parsed.faults):
        raise FaultyData(tuple(parsed.faults))
    merged = {item.entry["id"]: item.entry for item in parsed.located}
    return {
        "entries": list(merged.values()),
        "raw_needs": parsed.needs,
        "scoring": parsed.scoring,
        "origins": parsed.origins,
    }


def read_all(sources: Mapping[Path, bytes], own: Mapping[Path, bytes], folder: Path) -> Parsed:
    """What stands in the files, as far as it can be read, with every fault."""
    faults: list[Fault] = []
    nodes = {path: _tree(path, content, faults) for path, content in (*sources.items(), *own.items())}
    needs = _part(nodes, folder / "needs.yaml", read_needs_file, {}, faults)
    scoring = _part(nodes, folder / "scoring.yaml", read_scoring, [], faults)
    located, origins = _located_entries(nodes, [folder / "programs.yaml", *own], folder, faults)
    faults += check_references(located, _codes(folder, needs))
    return Parsed(located, needs, scoring, origins, faults)


def _tree(path: Path, content: bytes, faults: list[Fault]) -> Node | None:
    try:
        return read_yaml(content, str(path))
    except FaultyData as error:
        faults += error.faults
        return None


def _part(nodes: Mapping[Path, Node | None], path: Path, read: Any, empty: Any, faults: list[Fault]) -> Any:
    node = nodes.get(path)
    if node is None:
        return empty
    try:
        plain, found = read(node, str(path))
    except FaultyData as error:
        plain, found = empty, error.faults
    faults += found
    return plain or empty


def _located_entries(
    nodes: Mapping[Path, Node | None], paths: list[Path], folder: Path, faults: list[Fault]
) -> tuple[list[Located], dict[str, str]]:
    located: list[Located] = []
    origins: dict[str, str] = {}
    for path in paths:
        node = nodes.get(path)
        if node is None:
            continue
        try:
            entries, items, found = read_entries(node, str(path))
        except FaultyData as error:
            faults += error.faults
            continue
        faults += found
        located += [Located(entry, str(path), at.line, at) for entry, at in zip(entries, items, strict=True)]
        if path.parent != folder:
            origins |= {entry["id"]: _shown(path) for entry in entries if "id" in entry}
    return located, origins


def _shown(path: Path) -> str:
    """The name of a file as it may be shown: whoever named it steers no terminal with it."""
    return "".join(c if c.isprintable() else "?" for c in path.name)


def _codes(folder: Path, needs: Mapping[str, Any]) -> Codes:
    return Codes(
        needs=frozenset(need["code"] for need in needs.get("needs", ()) if "code" in need),
        trades=read_column(folder / "trades.csv", "code") | read_column(folder / "sectors.csv", "code"),
        groups=frozenset(TradeGroup),
        kreise=read_column(folder / "kreise.csv", "kreis_ags"),
        gemeinden=read_column(folder / "postal_codes.csv", "ags"),
    )
