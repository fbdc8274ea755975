"""What a file is refused for is found by as little of it as tells it, and ordinary ones are short.

Looking a whole file through for CPR numbers takes longer than all else about it.
"""

from collections.abc import Iterable, Iterator

import duckdb
import pytest

from kpi.domain.personal import PersonalNumber
from kpi.ingest import loading
from kpi.ingest.gate.gate import gate_text
from kpi.ingest.readers import delimited, px
from kpi.ingest.table.dictionary import MOST_COLUMNS, spelled_rows
from kpi.ingest.table.raw import RefusedError, Upload
from kpi.ingest.turning.wide import Record, Turning

ABOVE = (
    'CHARSET="ANSI";\nTITLE="Folketal";\nSTUB="område";\nHEADING="tid";\n'
    'VALUES("område")="Aarhus","Odense";\nVALUES("tid")="2023";\n'
)
MANY = ",".join(f'"V{number}"' for number in range(3000))
DATA = "DATA=\n4711 4712;\n"


def _refused(text: str) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        loading.load(duckdb.connect(), Upload("tal.px", text.encode("cp1252")))
    return refused.value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ABOVE + 'KEYS="område";\n' + DATA, "not_a_table"),
        (ABOVE.replace("STUB", "STUX").replace("HEADING", "HEADINX") + DATA, "not_a_table"),
        (ABOVE.replace("tid", "område") + DATA, "not_a_table"),
        (ABOVE + DATA.rstrip(";\n"), "not_a_table"),
        (ABOVE.replace("TITLE=", "ti tel=") + DATA, "not_a_table"),
        (ABOVE.replace('"Aarhus"', MANY).replace('"2023"', MANY) + DATA, "too_large"),
    ],
)  # fmt: skip
def test_what_stands_above_the_figures_is_enough(
    text: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []

    def gate(rest: str) -> list[PersonalNumber]:
        searched.append(rest)
        return gate_text(rest)

    monkeypatch.setattr(loading, "gate_text", gate)
    (problem,) = _refused(text).problems
    assert problem.code == code
    assert searched
    assert not any("4711 4712" in rest for rest in searched)


@pytest.mark.parametrize(
    "kept", [pytest.param(MOST_COLUMNS - 2, marks=pytest.mark.soak), MOST_COLUMNS]
)
def test_a_wide_table_is_refused_before_its_rows_are_turned(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of its figures would be a row that repeats all other columns."""
    heads = ";".join(["område", *(f"spalte {at}" for at in range(kept - 1)), "2022", "2023"])
    text = f"{heads}\n" + f"Aarhus{';1' * (kept + 1)}\n"
    turned_rows: list[object] = []
    rows_of = Turning.rows

    def counted(self: Turning, rows: Iterable[Record]) -> Iterator[Record]:
        for row in rows_of(self, rows):
            turned_rows.append(row)
            yield row

    monkeypatch.setattr(Turning, "rows", counted)
    with duckdb.connect() as connection:
        if kept + 2 <= MOST_COLUMNS:
            loading.load(connection, Upload("tal.csv", text.encode()))
            assert turned_rows
            return
        with pytest.raises(RefusedError) as refused:
            loading.load(connection, Upload("tal.csv", text.encode()))
    assert (refused.value.problems[0].code, turned_rows) == ("too_large", [])
    with pytest.raises(RefusedError):
        spelled_rows(iter(()), MOST_COLUMNS + 1)


def test_a_number_above_the_figures_is_what_it_is_refused_for() -> None:
    text = ABOVE + 'KEYS="område";\nNOTE="Spørg 070761-4285";\n' + DATA
    (problem,) = _refused(text).problems
    assert problem.code == "personal_data"
    assert "4285" not in problem.message


@pytest.mark.parametrize(
    "notes", ['NOTE="Om tallene";\n' * 40, 'NOTE="Om";' * 40 + "\n", "\n" * 40]
)
def test_as_many_notes_as_are_looked_through(notes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ABOVE + notes + DATA
    rest = px.without_figures(text)
    most = max(rest.count("\n"), rest.count(";"))
    monkeypatch.setattr(px, "MOST_KEYWORDS", most)
    table = loading.load(duckdb.connect(), Upload("tal.px", text.encode("cp1252")))
    assert len(table.rows) == 2
    monkeypatch.setattr(px, "MOST_KEYWORDS", most - 1)
    (problem,) = _refused(text).problems
    assert problem.code == "too_large"


def test_as_many_characters_as_are_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(px, "MOST_CHARACTERS", len(px.without_figures(ABOVE + DATA)))
    loading.load(duckdb.connect(), Upload("tal.px", (ABOVE + DATA).encode("cp1252")))
    (problem,) = _refused(ABOVE.replace("Folketal", "Folketal 2") + DATA).problems
    assert problem.code == "too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp850", "mac_roman", "iso8859-15"])
def test_a_plain_file_is_read_by_arrow_in_any_encoding(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "nøgletal;område;periode;værdi\n" + "Ledighed;Ærø;2023;4,5\nLedighed;Læsø;2023;5,5\n"
    monkeypatch.delattr(delimited, "records")
    table = loading.load(duckdb.connect(), Upload("tal.csv", text.encode(encoding)))
    assert table.columns == ("nøgletal", "område", "periode", "værdi")
    assert [cells for _, cells in table.rows] == [
        ("Ledighed", "Ærø", "2023", "4,5"), ("Ledighed", "Læsø", "2023", "5,5"),
    ]  # fmt: skip
