"""What ends a run over a table, and what is wrong with single rows; the wording lives in `render.register`."""

from enum import StrEnum
from typing import Any, NamedTuple


class Problem(StrEnum):
    """Why a table cannot be read or written at all."""

    EMPTY = "empty"
    NO_HEADER = "no_header"
    UNKNOWN_ATTRIBUTE = "unknown_attribute"
    UNKNOWN_COLUMN = "unknown_column"
    NO_CHOICE = "no_choice"
    SEVERAL_COLUMNS = "several_columns"
    TOO_MANY_COLUMNS = "too_many_columns"
    UNKNOWN_SHEET = "unknown_sheet"
    SHEET_OF_NO_BOOK = "sheet_of_no_book"
    OLD_BOOK = "old_book"
    JSON_ARRAY = "json_array"
    UNKNOWN_FORM = "unknown_form"
    FORM_OF_ENDING = "form_of_ending"
    EXISTS = "exists"
    SAME_FILE = "same_file"
    TOO_LONG_FOR_SHEET = "too_long_for_sheet"
    TOO_WIDE_FOR_SHEET = "too_wide_for_sheet"
    LINE_TOO_LONG = "line_too_long"
    DAMAGED = "damaged"
    PROCESS_LOST = "process_lost"


#: The file itself cannot be read to its end; everything else is a matter of the call.
UNREADABLE = frozenset({Problem.LINE_TOO_LONG, Problem.DAMAGED, Problem.PROCESS_LOST})


class BatchProblem(Exception):
    """A table cannot be read or written; `details` are the values that the message names."""

    def __init__(self, problem: Problem, **details: Any) -> None:
        super().__init__(problem)
        self.problem, self.details = problem, details


class RowCode(StrEnum):
    """What can be wrong with a row before its cells are read."""

    TOO_MANY_CELLS = "too_many_cells"
    OPEN_QUOTE = "open_quote"
    BROKEN_LINE = "broken_line"
    NO_JSON = "no_json"
    NO_OBJECT = "no_object"
    EXCEL_ERROR = "excel_error"


class RowFault(NamedTuple):
    """One row that is no firm yet, and why."""

    line: int
    """In the source, counted from 1; of a record over several lines the first."""
    column: str | None
    value: str
    code: RowCode
