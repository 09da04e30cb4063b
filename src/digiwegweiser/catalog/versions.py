"""Versions of the catalogue: files, and revisions that git keeps."""

import subprocess
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from digiwegweiser.catalog.build import build_offer
from digiwegweiser.catalog.files import read_bytes
from digiwegweiser.catalog.schema import read_entries
from digiwegweiser.catalog.yaml_reader import read_yaml
from digiwegweiser.core.comparison import Version
from digiwegweiser.core.fault import Fault, FaultCode, FaultyData

CATALOG_IN_REPOSITORY = "data/programs.yaml"
LONGEST_SECONDS = 60
#: What a version of other days may say that is unknown today.
_OUTDATED = (FaultCode.UNKNOWN_KEY, FaultCode.NOT_IN_LIST)


class Missing(StrEnum):
    """Why there is no such version, nearest last."""

    NO_GIT = "no_git"
    NO_REPOSITORY = "no_repository"
    NO_REVISION = "no_revision"
    NO_CATALOG = "no_catalog"
    """The revision exists, but has no catalogue at its place."""


class NoVersion(Exception):
    """What was named is neither a file nor a revision with a catalogue."""

    def __init__(self, name: str, why: Missing) -> None:
        super().__init__(f"{name}: {why}")
        self.name, self.why = name, why


def read_version(name: str, data: Path) -> tuple[Version, tuple[Fault, ...]]:
    """The version that a file or a revision holds, and the keys and words of it that are unknown today and left out.

    Revisions are looked for in the repository of the current folder, then in that of the data folder.

    Raises NoVersion, and FaultyData with everything else that is wrong.
    """
    path = Path(name)
    if path.is_file():
        return _version(read_bytes(path), name)
    content = _content_at(name, (Path.cwd(), data.parent))
    return _version(content, f"{name}:{CATALOG_IN_REPOSITORY}")


def _version(content: bytes, label: str) -> tuple[Version, tuple[Fault, ...]]:
    entries, _, faults = read_entries(read_yaml(content, label), label)
    wrong = tuple(fault for fault in faults if fault.code not in _OUTDATED)
    if wrong:
        raise FaultyData(wrong)
    try:
        built = [build_offer(entry) for entry in entries]
    except KeyError:
        # The unknown word was that of a key that every entry has.
        raise FaultyData(tuple(fault for fault in faults if fault.code is FaultCode.NOT_IN_LIST)) from None
    version = Version(label, {entry["id"]: entry for entry in entries}, {offer.id: offer for offer in built})
    return version, tuple(faults)


def _content_at(revision: str, folders: Sequence[Path]) -> bytes:
    """The catalogue of a revision, from the first folder whose repository has it."""
    found: list[Missing] = []
    # What begins with a hyphen would be an option to git.
    for folder in folders if revision and not revision.startswith("-") else ():
        try:
            content = _shown(revision, folder)
        except OSError:
            raise NoVersion(revision, Missing.NO_GIT) from None
        if isinstance(content, bytes):
            return content
        found.append(content)
    # The folder that came nearest says why.
    raise NoVersion(revision, max(found, key=list(Missing).index, default=Missing.NO_REVISION))


def _shown(revision: str, folder: Path) -> bytes | Missing:
    if _git(folder, "rev-parse", "--git-dir").returncode:
        return Missing.NO_REPOSITORY
    if _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").returncode:
        return Missing.NO_REVISION
    shown = _git(folder, "show", f"{revision}:{CATALOG_IN_REPOSITORY}")
    return Missing.NO_CATALOG if shown.returncode else shown.stdout


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, check=False, timeout=LONGEST_SECONDS)
