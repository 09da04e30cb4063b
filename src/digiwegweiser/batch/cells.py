"""Cells of a table as the readers of single answers want them, and made harmless for spreadsheets."""

from collections.abc import Sequence

import polars as pl

from digiwegweiser.batch.columns import Column, Columns, Role

#: Small letters; what stands for "not given". No word here is the name of a town.
_NOT_GIVEN = (
    "", "-", "--", "---", "–", "—", "?", "??", "???", ".", "/", "*", "k. a.", "k.a.", "k.a", "k. a", "ka", "k a",
    "keine angabe", "keine angaben", "ohne angabe", "o. a.", "o.a.", "n/a", "n.a.", "n. a.", "na", "nan", "none", "nil",
    "unbekannt", "unklar", "unknown", "nicht bekannt", "nicht angegeben", "nicht erfasst", "weiß nicht", "weiss nicht",
    "entfällt", "(leer)", "(null)", "<null>",
)  # fmt: skip
_NO_NEED = ("keine", "keiner", "kein", "kein bedarf", "keinen", "nichts")
_NO_LAND = ("d", "de", "deu", "brd", "deutschland", "germany", "bundesrepublik deutschland", "ger")
_NO_PLZ = ("0", "00000", "0.0")
_YES = ("x", "ja", "j", "1", "1.0", "true", "wahr", "yes", "y", "✓", "✔", "☑", "☒")
_EXCEL_ERROR = (
    r"(?i)^\s*#(?:N/?A|NV|BEZUG!|REF!|WERT!|VALUE!|DIV/0!|NAME\?|ZAHL!|NUM!|NULL!|ÜBERLAUF!|SPILL!|KALK!|CALC!|#+)\s*$"
)
_FULL_PLZ = r"^(?:DE?[- ]*)?(\d{2})[. ]?(\d{3})(?:[.,]0+)?$"
_SHORT_PLZ = r"^(?:DE?[- ]*)?(\d)[. ]?(\d{3})(?:[.,]0+)?$"
_BARE_NUMBER = r"^[\d.,' ]+$"
#: No header can be called like this.
_TOLD = "\0told"
#: Columns made of those that the steps before have made: what is used more than once is worked out once.
_Steps = Sequence[Sequence[pl.Expr]]
#: What a spreadsheet runs, by its first character; the wide forms count in some of them, too. Signed numbers and
#: telephone numbers start the same way and hold nothing that could run.
_RUNS = r"^(?:[=@\t\r\n＝＋－＠]|[+-][\d\s.,()/–-]*(?:%(?s:.)|[^\d\s.,()/–%-]))"


class Answer:
    """What columns of a table say of one attribute."""

    def __init__(self, steps: _Steps) -> None:
        self._steps = steps
        self.columns: Sequence[str] = sorted({name for column in steps[0] for name in column.meta.root_names()})

    def cells(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The cells that it is made of, as text."""
        return frame.select(as_text(frame[name]) for name in self.columns)

    def told(self, cells: pl.DataFrame) -> pl.Series:
        """What each row of such cells says, as text; needs as a list. Null where nothing is given."""
        for columns in self._steps:
            cells = cells.with_columns(columns)
        return cells[_TOLD]


def answers(columns: Columns) -> dict[str, Answer]:
    """What a table with these columns says, by attribute."""
    by_role: dict[Role, list[Column]] = {}
    for column in columns:
        by_role.setdefault(column.role, []).append(column)
    found: dict[str, Answer] = {}
    places = {role: by_role[role][0] for role in _PLACES if role in by_role}
    if places:
        found["place"] = Answer(_place(places))
    for role, several in by_role.items():
        if role is Role.NEEDS:
            found["needs"] = Answer(_needs(several))
        elif role not in _PLACES:
            found[role.value] = Answer([[_single(several[0]).alias(_TOLD)]])
    return found


def firms(frame: pl.DataFrame, columns: Columns) -> pl.DataFrame:
    """The answers of each row by attribute."""
    found = answers(columns).items()
    return pl.DataFrame([answer.told(answer.cells(frame)).alias(name) for name, answer in found])


def excel_errors(frame: pl.DataFrame, columns: Columns) -> list[tuple[int, str, str]]:
    """Row, column and value of each cell that holds an error of the spreadsheet."""
    found = []
    for column in columns:
        cells = frame[column.name]
        if cells.dtype == pl.String:
            # Nearly no text begins with what comes before letters and digits, and to compare is faster than to search.
            hits = (((cells > "") & (cells < "$")) | (cells >= "\u0085")).arg_true()
            hits = hits.filter(cells.gather(hits).str.contains(_EXCEL_ERROR))
            found += [(row, column.name, cells[row]) for row in hits]
    return found


def as_text(column: pl.Series) -> pl.Series:
    """A column of any type as text that can be read back: whole numbers without ".0", lists a line each."""
    kind = column.dtype
    if kind == pl.String:
        return column
    if isinstance(kind, pl.List) and kind.inner == pl.String:
        return column.list.join("\n")
    if isinstance(kind, pl.List | pl.Array | pl.Struct):
        return column.to_frame("x").select(pl.struct("x").struct.json_encode()).to_series().alias(column.name)
    if kind.is_float():
        return _number_texts(column)
    if kind in (pl.Binary, pl.Object):
        return (
            column.cast(pl.Binary).bin.encode("base64") if kind == pl.Binary else column.cast(pl.String, strict=False)
        )
    return column.cast(pl.String, strict=False)


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """The table with an apostrophe before each text that a spreadsheet would run; numbers stay as they are."""
    return frame.with_columns(_harmless(frame[name]) for name, kind in frame.schema.items() if kind == pl.String)


def _harmless(column: pl.Series) -> pl.Series:
    # Nearly all texts begin with a letter or a digit, and to compare is faster than to search.
    is_other = (column < "A") | (column >= "\uff00")
    if not is_other.any():
        return column
    others = column.filter(is_other)
    others = others.filter((others > "") & ((others < "0") | (others >= ":")))
    if not others.str.contains(_RUNS).any():
        return column
    runs = column.str.contains(_RUNS).fill_null(value=False)
    marked = pl.select(pl.concat_str(pl.lit("'"), column)).to_series()
    return marked.zip_with(runs, column).alias(column.name)


def harmless_names(names: Sequence[str]) -> list[str]:
    """The same for headers."""
    return harmless(pl.DataFrame({"name": names}, schema={"name": pl.String}))["name"].to_list()


def _number_texts(column: pl.Series) -> pl.Series:
    """Numbers with a decimal point; three decimals get a fourth, so that nobody reads thousands from the point."""
    whole = (column == column.round(0)) & (column.abs() < 2**53)
    texts = column.cast(pl.String).str.replace(r"^(-?\d{1,3}\.\d{3})$", "${1}0")
    integers = column.cast(pl.Int64, strict=False).cast(pl.String)
    return integers.zip_with(whole.fill_null(value=False), texts)


def _given(column: Column, also: tuple[str, ...] = ()) -> pl.Expr:
    """The stripped cells; null where they say that nothing is given."""
    cells = pl.col(column.name).str.strip_chars()
    nothing = cells.str.to_lowercase().is_in([*_NOT_GIVEN, *also]) | (cells == "NULL")
    return pl.when(nothing).then(None).otherwise(cells)


_PLACES = (Role.PLACE, Role.PLZ, Role.TOWN, Role.KREIS, Role.LAND)


def _place(by_role: dict[Role, Column]) -> _Steps:
    """PLZ and town together; else the town with the Land if that is known, the Kreis, the Land."""
    read = {
        role: _plz(column) if role is Role.PLZ else _given(column, _NO_LAND if role is Role.LAND else ())
        for role, column in by_role.items()
    }
    parts = {role: pl.col(_part(role)) for role in read}
    plz, town, land = parts.get(Role.PLZ), parts.get(Role.TOWN), parts.get(Role.LAND)
    ways = [parts[Role.PLACE]] if Role.PLACE in parts else []
    if plz is not None and town is not None:
        # A cell such as "59555 Lippstadt" in the column of the PLZ says it all.
        both = pl.concat_str(plz, town, separator=" ")
        ways.append(pl.when(plz.str.contains(r"^\d{5}\s*\pL")).then(plz).otherwise(both))
    ways += [plz] if plz is not None else []
    if town is not None and land is not None:
        ways.append(pl.concat_str(town, land, separator=", "))
    ways += [town] if town is not None else []
    if Role.KREIS in parts:
        kreis = parts[Role.KREIS]
        says_so = kreis.str.to_lowercase().str.contains(r"kreis|stadt|region|verband")
        ways.append(pl.when(says_so).then(kreis).otherwise(pl.concat_str(pl.lit("Kreis "), kreis)))
    ways += [land] if land is not None else []
    return [[cells.alias(_part(role)) for role, cells in read.items()], [pl.coalesce(ways).alias(_TOLD)]]


def _part(role: Role) -> str:
    return f"{_TOLD} {role.value}"


def _plz(column: Column) -> pl.Expr:
    """The PLZ with the zero that spreadsheets take from its front, without what they put behind it."""
    cells = _given(column, _NO_PLZ)
    return cells.str.replace(_FULL_PLZ, "${1}${2}").str.replace(_SHORT_PLZ, "0${1}${2}")


def _single(column: Column) -> pl.Expr:
    cells = _given(column)
    if column.unit:
        return pl.when(cells.str.contains(_BARE_NUMBER)).then(cells + f" {column.unit}").otherwise(cells)
    if column.role is Role.FOUNDED:
        return cells.str.replace(r"[ T]00:00:00(?:\.0+)?$", "")
    if column.role is Role.ORDERED:
        return pl.when(cells.str.to_lowercase() == "x").then(pl.lit("ja")).otherwise(cells)
    return cells


def _needs(columns: Sequence[Column]) -> _Steps:
    """All needs of a row; ; | and line breaks part them, commas do not."""
    texts = [_ticked(column) if column.need else _given(column, _NO_NEED) for column in columns]
    joined = pl.concat_str(texts, separator="\n", ignore_nulls=True)
    parted = joined.str.replace_all(r"[\s;|]*[;|\r\n][\s;|]*", "\n").str.strip_chars(" \t\n\r;|")
    nothing = pl.element().str.to_lowercase().is_in([*_NOT_GIVEN, *_NO_NEED])
    several = pl.col(_TOLD).str.split("\n").list.eval(pl.element().filter(~nothing))
    return [[parted.alias(_TOLD)], [pl.when(pl.col(_TOLD) != "").then(several).alias(_TOLD)]]


def _ticked(column: Column) -> pl.Expr:
    """The code of the need where its column is ticked."""
    is_ticked = pl.col(column.name).str.strip_chars().str.to_lowercase().is_in(list(_YES))
    return pl.when(is_ticked).then(pl.lit(column.need)).otherwise(None)
