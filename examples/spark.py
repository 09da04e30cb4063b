"""The offers for each firm of a register on Spark: the same function as on one machine, run by mapInArrow.

    pip install 'digiwegweiser[spark]'       (needs Java 17 or newer)
    python examples/spark.py betriebe.csv wegweiser.parquet 2026-11-22

Each worker matches its part of the rows by itself: no row depends on another, and the order within a part stays.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import IntegerType, StringType, StructField, StructType

from digiwegweiser import match_table

Batches = Iterator[pa.RecordBatch]


def with_offers(firms: DataFrame, as_of: date, shown: int = 5) -> DataFrame:
    """The table with the columns of `match_table` behind its own."""
    names = match_table(pa.table({name: pa.array([], pa.string()) for name in firms.columns}), as_of=as_of, shown=shown)
    added = [
        StructField(field.name, IntegerType() if pa.types.is_integer(field.type) else StringType())
        for field in names.schema
        if field.name not in firms.columns
    ]
    return firms.mapInArrow(_matcher(as_of, shown), StructType([*firms.schema.fields, *added]))


def _matcher(as_of: date, shown: int) -> Callable[[Batches], Batches]:
    def match(batches: Batches) -> Batches:
        for batch in batches:
            found = match_table(pa.Table.from_batches([batch]), as_of=as_of, shown=shown)
            yield from found.cast(_plain(found.schema)).to_batches()

    return match


def _plain(schema: pa.Schema) -> pa.Schema:
    """Texts as Spark takes them from Python."""
    texts = (pa.types.is_large_string, pa.types.is_string_view)
    return pa.schema([
        field.with_type(pa.string()) if any(is_text(field.type) for is_text in texts) else field for field in schema
    ])  # fmt: skip


def main(source: str, target: str, day: str) -> None:
    """Reads a CSV file, all columns as text, and writes the table with the offers."""
    spark = SparkSession.builder.master("local[2]").appName("wegweiser").getOrCreate()
    firms = spark.read.csv(source, header=True, multiLine=True)
    with_offers(firms, date.fromisoformat(day)).write.mode("overwrite").parquet(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:4])
