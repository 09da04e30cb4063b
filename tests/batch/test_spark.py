"""The example for Spark; needs Java and pyspark, and says so where they are missing."""

import importlib.util
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from digiwegweiser import match_table

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 22)
EXAMPLE = Path(__file__).parents[2] / "examples" / "spark.py"


@pytest.fixture
def example() -> Any:
    if shutil.which("java") is None:
        pytest.skip("Spark is not tried: Java is missing")
    pytest.importorskip("pyarrow", reason="Spark is not tried: pyarrow is missing")
    pytest.importorskip("pyspark", reason="Spark is not tried: pyspark is missing (pip install digiwegweiser[spark])")
    spec = importlib.util.spec_from_file_location("spark_example", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def spark(example: Any) -> Iterator[Any]:
    """A local session; Arrow's batches are so small that a table is cut into several."""
    session = (
        example.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
        .getOrCreate()
    )
    yield session
    session.stop()


def test_spark_finds_what_one_machine_finds(example: Any, spark: Any) -> None:
    """Forty rows in several parts and batches, good ones and faulty: the same table, row for row."""
    rows = [
        {"Nr": str(n), "PLZ": plz, "Gewerk": trade, "Bedarf": "Webseite"}
        for n, (plz, trade) in enumerate([("59555", "Tischlerei"), ("01067", "xyz"), (None, "Bäckerei")] * 14)
    ]
    firms = spark.createDataFrame([tuple(row.values()) for row in rows], list(rows[0])).repartition(3)
    found = example.with_offers(firms, DAY, 2).collect()
    expected = match_table(pl.DataFrame(rows), as_of=DAY, shown=2).rows()
    assert sorted(map(tuple, found), key=lambda row: int(row[0])) == expected
