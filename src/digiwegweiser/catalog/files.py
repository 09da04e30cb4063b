"""Where the tool finds its own data, the user's entries, and room for what can be made again; and reading a file."""

import os
import sys
from pathlib import Path

from digiwegweiser.core.fault import Fault, FaultCode, FaultyData

#: The most that is read of a file, five times the shipped catalogue; so a device that never ends is refused, too.
MAX_BYTES = 5_000_000

_NAME = "digiwegweiser"
#: The user's own entries, in the configuration folder.
OWN_FOLDER = "katalog.d"
_ENDINGS = (".yaml", ".yml")


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises FaultyData where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FaultyData((Fault(FaultCode.FILE_MISSING, str(path), value=error.strerror),)) from None
    if len(content) > MAX_BYTES:
        raise FaultyData((Fault(FaultCode.FILE_TOO_LARGE, str(path), instead=(str(MAX_BYTES),)),))
    return content


def data_folder() -> Path:
    """The shipped data: inside the installed package, or at the top of a source checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "data"
    return inside if inside.is_dir() else package.parents[1] / "data"


def cache_folder() -> Path:
    """Where the user's system keeps what can be made again."""
    return _user_folder("XDG_CACHE_HOME", "Library/Caches", ".cache")


def own_folder() -> Path:
    """Where the user may lay entries that every run takes in."""
    return _user_folder("XDG_CONFIG_HOME", "Library/Application Support", ".config") / OWN_FOLDER


def own_files() -> list[Path]:
    """The user's own catalogue files, by name; none where there is no such folder. Raises FaultyData.

    Only regular files: a pipe of that name would be waited for.
    """
    try:
        folder = own_folder()
    except RuntimeError:
        # Nobody's home, as in some services.
        return []
    if not folder.is_dir():
        return []
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS and path.name[0] != "."]
        return sorted(path for path in found if path.is_file() or not path.exists())
    except OSError as error:
        raise FaultyData((Fault(FaultCode.FILE_MISSING, str(folder), value=error.strerror),)) from None


def is_own(path: Path) -> bool:
    """Whether a file lies in the folder of the user's own."""
    try:
        return path.parent == own_folder()
    except RuntimeError:
        return False


def _user_folder(variable: str, on_mac: str, elsewhere: str) -> Path:
    """The folder that the system means for a program's own things.

    As the package platformdirs finds it, which would add three milliseconds to every start.
    """
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get(variable, "")
    # The XDG rules have relative folders ignored.
    if base and Path(base).is_absolute():
        return Path(base) / _NAME
    return Path.home() / (on_mac if sys.platform == "darwin" else elsewhere) / _NAME
