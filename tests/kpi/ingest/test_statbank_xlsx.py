"""StatBank sheets: names from the title, stubs filled down, heads turned into records."""

from collections import Counter
from pathlib import Path

from kpi.ingest.readers.statbank_xlsx import statbank_table
from kpi.ingest.readers.workbook import Sheet, read_workbook
from kpi.ingest.table.raw import RawTable, Upload
from tests.tables import for_each

SAMPLES = Path("tests/samples")
Row = tuple[str, ...]


def read(*rows: Row) -> RawTable | None:
    return statbank_table(Sheet("A", True, list(rows)))


def table(*rows: Row) -> RawTable:
    extract = read(*rows)
    assert extract is not None
    return extract


def sample(name: str) -> RawTable:
    (sheet,) = read_workbook(Upload(name, (SAMPLES / name).read_bytes()))
    return table(*sheet.rows)


def test_ras200() -> None:
    extract = sample("dst_xlsx_RAS200_en_employment_by_municipality.xlsx")
    assert extract.format == "statbank_xlsx"
    assert extract.columns == (
        *("frequency", "sex", "age", "ancestry", "region", "time"),
        "INDHOLD",
    )
    assert extract.title.endswith("region and time (Units: Per cent)")
    assert (extract.unit, extract.measure) == (
        "Per cent",
        "Activity and employment rates (end November)",
    )
    assert len(extract.rows) == 116 * 14
    assert set(Counter(cells[4] for _, cells in extract.rows).values()) == {14}
    stub = ("Employment rate", "Total", "16-64 years", "Total")
    assert extract.rows[0] == (4, (*stub, "All Denmark", "2008", "\x0276"))
    assert extract.rows[-1] == (119, (*stub, "Aalborg", "2021", "\x0274.3"))


def test_bm010() -> None:
    extract = sample("dst_xlsx_BM010_da_quarters_dotdot_footnote.xlsx")
    assert extract.columns == (
        *("priser på realiserede handler", "ejendomskategori", "område", "tid"),
        "INDHOLD",
    )
    assert sum(cells[-1] == ".." for _, cells in extract.rows) == 3061
    assert {cells[3] for _, cells in extract.rows} >= {"1992K1", "2018K3"}
    assert extract.rows[-1][0] == 118  # the footnote on row 120 is no row


def test_stubs_start_anew_and_two_head_rows() -> None:
    extract = table(
        ("Folketal efter område, herkomst, køn og tid",) * 5,  # merged over the table
        ("Enhed: Antal",),
        ("", "", "Mænd", "", "Kvinder", ""),
        ("", "", "\x022023", "\x022024", "\x022023", "\x022024"),
        ("Aarhus", "Dansk", "\x021", "\x022", "\x023", "\x024"),
        ("", "Indvandrere", "..", "-", "", "\x028"),
        ("Odense", "", "\x029", "\x029", "\x029", "\x029"),
        (),
        ("Anm.: foreløbige tal",),
        ("Kilde", "DST"),
    )
    assert extract.columns == ("område", "herkomst", "køn", "tid", "INDHOLD")
    assert extract.rows == [
        (5, ("Aarhus", "Dansk", "Mænd", "2023", "\x021")),
        (5, ("Aarhus", "Dansk", "Mænd", "2024", "\x022")),
        (5, ("Aarhus", "Dansk", "Kvinder", "2023", "\x023")),
        (5, ("Aarhus", "Dansk", "Kvinder", "2024", "\x024")),
        (6, ("Aarhus", "Indvandrere", "Mænd", "2023", "..")),
        (6, ("Aarhus", "Indvandrere", "Mænd", "2024", "-")),
        (6, ("Aarhus", "Indvandrere", "Kvinder", "2023", "")),
        (6, ("Aarhus", "Indvandrere", "Kvinder", "2024", "\x028")),
        # Another area: the ancestry of the one above must not stand for it.
        *((7, ("Odense", "", sex, year, "\x029")) for sex in ("Mænd", "Kvinder")
          for year in ("2023", "2024")),
    ]  # fmt: skip


def test_time_in_the_stub_and_no_unit() -> None:
    extract = table(
        ("Population by time and region",),
        (),
        ("", "Aarhus", "Odense"),
        ("2023", "\x021", "\x022"),
        (),
        ("2024", "\x023", "\x024"),  # values under a blank row are still values
    )
    assert (extract.title, extract.columns) == (
        "Population by time and region",
        ("time", "region", "INDHOLD"),
    )
    assert [row for row, _ in extract.rows] == [4, 4, 6, 6]


@for_each(
    ("title", "names"),
    [
        ("A efter område og tid", ("område", "tid")),
        ("Persons by origin by region and time", ("region", "time")),
        ("Change by half efter område og tid", ("område", "tid")),
        ("A efter køn og alder og tid", ("køn og alder", "tid")),
        ("A efter tid og herkomst og alder", ("tid", "herkomst og alder")),
        ("A by region, time", ("region", "time")),
        ("A efter område, køn og tid", None),  # three names, two places
        ("Folketal i Aarhus", None),
    ],
)
def test_names(title: str, names: Row | None) -> None:
    extract = read((title,), ("Enhed: Antal",), ("", "2023"), ("Aarhus", "\x021"))
    assert (extract and extract.columns[:-1]) == names


@for_each(
    "rows",
    [
        (),
        (("A efter område og tid",),),
        (("A efter område og tid",), ("", "2023")),
        (("område", "tid"), ("Aarhus", "\x021")),
        (("", "2023"), ("Aarhus", "\x021")),
        # a value under no head
        (("A efter område og tid",), ("", "2023"), ("Aarhus", "\x021", "\x022")),
        # a head without a text
        (("A efter område og tid",), ("", "", "2023"), ("Aarhus", "\x021", "\x022")),
    ],
)
def test_other_shapes(rows: tuple[Row, ...]) -> None:
    assert read(*rows) is None
