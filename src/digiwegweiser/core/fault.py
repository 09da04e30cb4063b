"""One fault in a data file, told apart from its wording."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Errors make a file unusable; warnings are counted and told."""

    ERROR = "error"
    WARNING = "warning"


class FaultCode(StrEnum):
    """What can be wrong; the wording of each lives in `render.messages`."""

    FILE_MISSING = "file_missing"
    FILE_TOO_LARGE = "file_too_large"
    NOT_UTF8 = "not_utf8"
    SYNTAX = "syntax"
    ALIAS = "alias"
    TAG = "tag"
    TOO_DEEP = "too_deep"
    SEVERAL_DOCUMENTS = "several_documents"
    KEY_NOT_TEXT = "key_not_text"
    DUPLICATE_KEY = "duplicate_key"
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    WRONG_SHAPE = "wrong_shape"
    EMPTY = "empty"
    CONTROL_CHARACTER = "control_character"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    NOT_A_BOOLEAN = "not_a_boolean"
    NOT_IN_LIST = "not_in_list"
    BAD_FORM = "bad_form"
    REPEATED = "repeated"
    DUPLICATE_ID = "duplicate_id"
    UNKNOWN_ID = "unknown_id"
    UNKNOWN_NEED = "unknown_need"
    UNKNOWN_TRADE = "unknown_trade"
    UNKNOWN_AGS = "unknown_ags"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    LIMITS_OUT_OF_ORDER = "limits_out_of_order"
    CYCLE = "cycle"
    NEEDS_ITSELF = "needs_itself"
    TOO_MANY = "too_many"
    TOO_MANY_FAULTS = "too_many_faults"
    # What only `katalog pruefen` looks for.
    PAST_LAST_DAY = "past_last_day"
    NO_END_EVIDENCE = "no_end_evidence"
    NO_PAYER = "no_payer"
    NO_ORDER_RULE = "no_order_rule"
    UNDATED_SOURCE = "undated_source"
    PERSONAL_MAIL = "personal_mail"
    MOBILE_NUMBER = "mobile_number"
    LOOKS_THE_SAME = "looks_the_same"
    NO_FIRM = "no_firm"
    NEVER_SHOWN = "never_shown"
    NO_AREA = "no_area"
    OUTSIDE_ITS_LAENDER = "outside_its_laender"


class Fault(NamedTuple):
    """What is wrong, where, and what could stand there instead."""

    code: FaultCode
    file: str
    line: int | None = None
    """Counted from 1."""
    entry: str | None = None
    key: str | None = None
    value: str | None = None
    instead: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR


#: Whoever has as many faults in one file mends those first; counting on would only take time.
MOST_FAULTS = 500


class FaultyData(Exception):
    """A data file cannot be used; carries every fault found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults
