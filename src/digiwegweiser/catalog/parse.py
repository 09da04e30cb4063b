"""From the bytes of the data files to their plain, checked form, with every fault told at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from digiwegweiser.catalog.needs_schema import read_needs_file
from digiwegweiser.catalog.references import Codes, Located, check_references
from digiwegweiser.catalog.schema import read_entries
from digiwegweiser.catalog.scoring import read_scoring
from digiwegweiser.catalog.store import read_column
from digiwegweiser.catalog.yaml_reader import Node, read_yaml
from digiwegweiser.core.fault import Fault, FaultyData, Severity
from digiwegweiser.core.vocabulary import TradeGroup


def parse_files(sources: Mapping[Path, bytes], own: Mapping[Path, bytes], folder: Path) -> dict[str, Any]:
    """The plain form of programs.yaml, needs.yaml and scoring.yaml in `sources` and of the user's own files.

    Raises FaultyData with every error of every file.
    """
    faults: list[Fault] = []
    nodes = {path: _tree(path, content, faults) for path, content in (*sources.items(), *own.items())}
    needs = _part(nodes, folder / "needs.yaml", read_needs_file, {}, faults)
    scoring = _part(nodes, folder / "scoring.yaml", read_scoring, [], faults)
    located, origins = _located_entries(nodes, [folder / "programs.yaml", *own], folder, faults)
    faults += check_references(located, _codes(folder, needs))
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise FaultyData(tuple(faults))
    merged = {item.entry["id"]: item.entry for item in located}
    return {"entries": list(merged.values()), "raw_needs": needs, "scoring": scoring, "origins": origins}


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
    plain, found = read(node, str(path))
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
        entries, lines, found = read_entries(node, str(path))
        faults += found
        located += [Located(entry, str(path), line) for entry, line in zip(entries, lines, strict=True)]
        if path.parent != folder:
            origins |= {entry["id"]: path.name for entry in entries if "id" in entry}
    return located, origins


def _codes(folder: Path, needs: Mapping[str, Any]) -> Codes:
    return Codes(
        needs=frozenset(need["code"] for need in needs.get("needs", ()) if "code" in need),
        trades=read_column(folder / "trades.csv", "code") | read_column(folder / "sectors.csv", "code"),
        groups=frozenset(TradeGroup),
        kreise=read_column(folder / "kreise.csv", "kreis_ags"),
        gemeinden=read_column(folder / "postal_codes.csv", "ags"),
    )
