"""Columns that are the same in all rows are not written: what `parsed_row` says is the same."""

import duckdb
import pytest

from kpi.ingest.meaning import interpret, parsed_rows
from tests.kpi.ingest.checked import Desk

HEAD = "nøgletal;område;periode;værdi;lav;høj;status;opgjort;kilde\n"
ROW = "persons;aarhus;2022;10;;;;;\n"


@pytest.mark.parametrize(
    ("row", "own"),
    [
        ("persons;odense;2022;12;;;;;", set()),
        ("persons;odense;2022;0;;;;;", set()),
        ("persons;odense;2022;12,5;;;;;", {"decimals"}),
        ("persons;odense;2022;ca. 12;;;;;", {"approximate", "status"}),
        ("persons;odense;2022;mindst 12;;;;;", {"is_bound", "status"}),
        ("persons;odense;2022;12 %;;;;;", {"percent"}),
        ("persons;odense;2022;;;;;;", {"meaning", "decimals", "status"}),
        ("persons;odense;2022;skjult;;;;;", {"meaning", "status"}),
        ("persons;odense;2022;ti;;;;;", {"meaning", "misread"}),
        ("persons;odense;2022;;5;9;interval;;",
         {"low", "high", "has_limits", "written_status", "status", "meaning"}),
        ("persons;odense;2022;12;5;;;;", {"low", "high", "has_limits"}),
        ("persons;odense;2022;12;;;foreløbig;;", {"written_status", "status"}),
        ("persons;odense;2022*;12;;;;;", {"status"}),
        ("persons;odense;2022;12;;;;på dato;", {"measured"}),
        ("persons;odense;2022;12;;;;;paper", {"source"}),
        ("persons;nowhere;2022;12;;;;;", {"misread"}),
        ("nothing;odense;2022;12;;;;;", {"misread", "kind"}),
        ("rate;odense;2022;12;;;;;", {"kind"}),
        (";;;;;;;;", set()),
    ],
)  # fmt: skip
def test_it_is_the_same_view_or_table(
    tiny: Desk, monkeypatch: pytest.MonkeyPatch, row: str, own: set[str]
) -> None:
    written: list[set[str]] = []

    def compared(connection: duckdb.DuckDBPyConnection, are_final: bool) -> None:
        assert are_final
        parsed_rows.write_parsed_rows(connection, are_final)
        columns = connection.table("varied_row").columns
        written.append({*parsed_rows._TYPES} & {*columns})
        connection.execute("CREATE TABLE shown AS FROM parsed_row; DROP VIEW parsed_row")
        parsed_rows.write_parsed_rows(connection)
        names = sorted(connection.table("parsed_row").columns)
        shown, whole = (connection.table(name).project(*names) for name in ("shown", "parsed_row"))
        assert shown.types == whole.types
        assert shown.order("record").fetchall() == whole.order("record").fetchall()

    monkeypatch.setattr(interpret, "write_parsed_rows", compared)
    monkeypatch.setattr(interpret, "FEW_ROWS", 0)
    tiny.check(HEAD + ROW + row)
    assert written
    assert written[0] >= own
    if not own:
        assert not written[0]
