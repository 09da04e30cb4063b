"""How a run ends."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes, a contract."""

    DONE = 0
    PARTLY = 1
    WRONG_CALL = 2
    UNREADABLE = 3
    STOPPED = 130


class Stop(Exception):
    """Ends the run with a message on stderr."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code = code
