"""The data folder, read once and kept as sealed JSON in the user's cache folder under a hash of its bytes."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from csv import DictReader, reader
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from zlib import crc32

from digiwegweiser.catalog.build import build_offer, build_weights
from digiwegweiser.catalog.files import cache_folder, read_bytes
from digiwegweiser.catalog.files import data_folder as data_folder
from digiwegweiser.core.emergency import Authority
from digiwegweiser.core.needs import NeedVocabulary
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.weights import Weights

#: The modules that make the plain form: when one of them changes, what was kept before is left alone.
MAKERS = (
    "catalog/fields.py", "catalog/located.py", "catalog/needs_schema.py", "catalog/parse.py", "catalog/references.py",
    "catalog/schema.py", "catalog/scoring.py", "catalog/yaml_reader.py",
    "core/needs.py", "core/vocabulary.py", "core/weights.py",
)  # fmt: skip
#: With and without files of the user's own, on some days: as many as are likely to be used in turn.
KEPT_FILES = 5

_YAML_FILES = ("programs.yaml", "needs.yaml", "scoring.yaml")


class Catalog:
    """All that the data folder says, built when first asked for."""

    def __init__(self, plain: Mapping[str, Any], digest: str, folder: Path) -> None:
        self.entries: Sequence[Mapping[str, Any]] = plain["entries"]
        self.origins: Mapping[str, str] = plain["origins"]
        """File of each entry that is not from the shipped catalogue."""
        self.hash, self.folder = digest, folder
        self._plain = plain

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """The entries as offers."""
        return tuple(build_offer(entry, self.origins.get(entry["id"])) for entry in self.entries)

    @cached_property
    def weights(self) -> Weights:
        """The points table."""
        return build_weights(self._plain["scoring"], self.needs.needs)

    @cached_property
    def needs(self) -> NeedVocabulary:
        """The closed list of needs with the owners' words."""
        from digiwegweiser.catalog.needs import parse_needs

        return parse_needs(self._plain["raw_needs"])

    @property
    def checked_on(self) -> date | None:
        """The newest day on which an entry was checked."""
        return max((date.fromisoformat(entry["checked_on"]) for entry in self.entries), default=None)


def load_catalog(folder: Path | None = None, extra: Sequence[Path] = (), use_cache: bool = True) -> Catalog:
    """The checked catalogue of a data folder, with entries of further files added or replaced by id.

    Without the cache all is checked again, against the tables of codes too, which the hash leaves out.
    Raises FaultyData with every fault of every file.
    """
    folder = folder or data_folder()
    sources = read_sources(folder)
    own = {path: read_bytes(path) for path in extra}
    digest = _digest(sources.values(), own)
    kept = f"{digest}-{_checksum(_makers())}"
    plain = _cached(kept) if use_cache else None
    if plain is None:
        plain = _parse(sources, own, folder)
        _keep(kept, plain)
    return Catalog(plain, digest, folder)


def read_sources(folder: Path) -> dict[Path, bytes]:
    """The content of the files that are written by hand. Raises FaultyData."""
    return {folder / name: read_bytes(folder / name) for name in _YAML_FILES}


def _digest(contents: Iterable[bytes], own: Mapping[Path, bytes]) -> str:
    # Checksums and lengths tell versions apart; hashlib would load OpenSSL, a twentieth of a whole run.
    # Own files share one, however many there are: the digest is a file name.
    mine = b"".join(b"%b\0%d\0%b" % (os.fsencode(path), len(content), content) for path, content in own.items())
    return "-".join(_checksum(part) for part in (*contents, mine) if part)


def _checksum(part: bytes) -> str:
    return f"{crc32(part):08x}{len(part):x}"


def _makers() -> bytes:
    """The text of the modules that make the plain form; those that are not there as files never change."""
    package = Path(__file__).resolve().parents[1]
    found = []
    for name in MAKERS:
        try:
            found.append((package / name).read_bytes())
        except OSError:
            continue
    return b"".join(found)


def _parse(sources: Mapping[Path, bytes], own: Mapping[Path, bytes], folder: Path) -> dict[str, Any]:
    # Imported here because a cached start needs neither yaml nor the field tables.
    from digiwegweiser.catalog.parse import parse_files

    return parse_files(sources, own, folder)


def _cached(name: str) -> dict[str, Any] | None:
    """The kept plain form; None if there is none, or if it is not what was written."""
    try:
        seal, _, kept = (cache_folder() / f"{name}.json").read_bytes().partition(b"\n")
        plain: dict[str, Any] | None = json.loads(kept) if seal == _seal(kept) else None
    except (OSError, ValueError, RuntimeError):
        return None
    return plain


def _seal(kept: bytes) -> bytes:
    """The first line of a kept file: what was damaged or edited is read anew instead."""
    return f"{crc32(kept):08x}".encode()


def _keep(name: str, plain: Mapping[str, Any]) -> None:
    """Writes the plain form aside and moves it into place; a cache that can't be written is done without."""
    try:
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)[: -KEPT_FILES + 1]:
            old.unlink(missing_ok=True)
        aside = folder / f"{name}.{os.getpid()}.tmp"
        try:
            kept = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
            aside.write_bytes(_seal(kept) + b"\n" + kept)
            aside.replace(folder / f"{name}.json")
        finally:
            aside.unlink(missing_ok=True)
    except (OSError, ValueError, RuntimeError):
        return


def read_names(path: Path, key: str, name: str) -> dict[str, str]:
    """One column of a reference table by another."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = reader(file)
        header = next(rows)
        at, shown = header.index(key), header.index(name)
        return {row[at]: row[shown] for row in rows}


def read_authorities(path: Path) -> dict[str, Authority]:
    """The data protection authority of each Land, by its code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["land"]: Authority(row["name"], row["url"], row["phone"] or None) for row in DictReader(file)}


def read_column(path: Path, name: str) -> frozenset[str]:
    """The distinct values of one column of a reference table."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = reader(file)
        place = next(rows).index(name)
        return frozenset(row[place] for row in rows if row[place])
