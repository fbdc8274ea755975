"""PX files: variables, languages, symbols, and what is refused."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.ingest.readers import px
from kpi.ingest.readers.detect import recognise
from kpi.ingest.readers.px import px_table
from kpi.ingest.table.raw import UNDER, RefusedError, Upload
from tests.tables import for_each

SAMPLE = (
    Path(__file__).parents[2] / "samples" / "px_cp1252_greenland_BEXSTA_quoted_dash.px"
).read_bytes()

HEAD = 'CHARSET="ANSI";\nLANGUAGE="da";\nTITLE="Folk efter (køn; "\n"tid)";\nDECIMALS=1;\n'
SEX = 'VALUES("køn (alle)")="Mænd",\n"Kvinder; "\n"alle";\nCODES("køn (alle)")="M","K";\n'
TIME = 'VALUES("tid")="2023","2024";\n'
ORDER = 'STUB="køn (alle)";\nHEADING="tid";\n'
ENGLISH = 'STUB[en]="sex";\nHEADING[en]="time";\nVALUES[en]("sex")="Men","Women";\n'
MANY = 'VALUES("{}")=' + ",".join(f'"{number}"' for number in range(3000)) + ";\n"
DATA = 'DATA=\n1.5 "-"\n".." -2;\n'


def test_a_small_file() -> None:
    table = px_table(HEAD + ORDER + ENGLISH + SEX + TIME + DATA)
    assert table.columns == ("køn (alle)", "tid", "INDHOLD")
    assert list(table.rows) == [
        (1, ("Mænd", "2023", "1.5")),
        (2, ("Mænd", "2024", "-")),
        (3, ("Kvinder; alle", "2023", "..")),
        (4, ("Kvinder; alle", "2024", "-2")),
    ]
    assert (table.format, table.title, table.decimal) == ("px", "Folk efter (køn; tid)", "point")
    assert table.codes == {0: {"Mænd": "M", "Kvinder; alle": "K"}}


def test_sample() -> None:
    table = px_table(recognise(Upload("x", SAMPLE)).text)
    assert table.columns == (
        "place of birth", "gender", "age", "residence type", "time", "INDHOLD",
    )  # fmt: skip
    assert len(table.rows) == 7200
    assert table.rows[0] == (1, ("Total", "Total", "0", "Total", "2023", "747"))
    assert table.rows[-1][1][-1] == "-"
    assert table.codes[0] == {"Total": "T", "Greenland": "N", "Born outside Greenland": "S"}
    assert table.title.startswith("Population January 1st by place of birth")


@for_each(
    ("time", "codes", "label"),
    [
        ('TIMEVAL("tid")=TLIST(A1),"2023","2024";\n', ("2023", "2024"), "2023"),
        ('TIMEVAL("tid")=TLIST(Q1),"20231","20232";\n', ("2023K1", "2023K2"), "2023K1"),
        ('TIMEVAL("tid")=TLIST(M1),"202312","202401";\n', ("2023M12", "2024M01"), "2023M12"),
        (TIME + 'TIMEVAL("tid")=TLIST(H1),"20231","20232";\n', ("2023H1", "2023H2"), "2023"),
        (TIME + 'TIMEVAL("tid")=TLIST(A1,"2023"-"2024");\n', None, "2023"),
    ],
)
def test_times(time: str, codes: tuple[str, ...] | None, label: str) -> None:
    table = px_table(HEAD + ORDER + SEX + time + DATA)
    assert table.rows[0][1][1] == label
    assert tuple(table.codes.get(1, {}).values()) == (codes or ())


def test_the_main_language_may_name_itself() -> None:
    text = HEAD + (ORDER + SEX + TIME).replace('("', '[da]("').replace('="k', '[da]="k')
    assert px_table(text + DATA).columns == ("køn (alle)", "tid", "INDHOLD")


def test_the_variable_code_is_another_name() -> None:
    table = px_table(HEAD + ORDER + SEX + TIME + 'VARIABLECODE("tid")="Tid";\n' + DATA)
    assert table.other_names == {1: ("Tid",)}


@for_each(
    ("text", "code", "reported"),
    [
        (HEAD + ORDER + SEX + TIME + "DATA=\n1 2 3;", "not_a_table", "4 tal"),
        (HEAD + ORDER + SEX + TIME + "DATA=\n1 2 3;", "not_a_table", "har 3"),
        (HEAD + ORDER + SEX + TIME + "DATA=\n1 2 3 4", "not_a_table", "linje 13: DATA slutter"),
        (HEAD + ORDER + SEX + TIME + "DATA=\n1 2 x3 4;", "not_a_table", "»x3«"),
        (HEAD + ORDER + SEX + TIME, "not_a_table", "ingen DATA"),
        (HEAD + ORDER + SEX + TIME + 'KEYS("tid")=VALUES;\n' + DATA, "not_a_table", "KEYS"),
        (HEAD + ORDER + SEX + DATA, "not_a_table", "(VALUES) for »tid«"),
        (HEAD + SEX + TIME + DATA, "not_a_table", "STUB"),
        (HEAD + ORDER + SEX + SEX + TIME + DATA, "not_a_table", "VALUES står to gange"),
        (HEAD + ORDER + SEX + 'CODES("tid")="1";\n' + TIME + DATA, "not_a_table", "1 koder"),
        (HEAD + ORDER + SEX + 'CODES("tid")="1","1";\n' + TIME + DATA, "not_a_table", "to gange"),
        (
            HEAD + ORDER + SEX + 'VALUES("tid")="2023","2023";\n' + DATA,
            "not_a_table",
            "»2023« står to gange",
        ),
        (HEAD + "noget andet", "not_a_table", "linje 6"),
        (HEAD + 'STUB="a","b";\n' + MANY.format("a") + MANY.format("b"), "too_large", "højst"),
    ],
)  # fmt: skip
def test_refused(text: str, code: str, reported: str) -> None:
    with pytest.raises(RefusedError) as refused:
        px_table(text)
    assert refused.value.problem.code == code
    assert reported in refused.value.problem.message


def test_a_file_that_is_cut_is_never_read() -> None:
    chance = random.Random(1)
    text = SAMPLE.decode("cp1252").rstrip()
    for end in (chance.randrange(len(text) - 1) for _ in range(60)):
        with pytest.raises(RefusedError):
            px_table(text[:end])


ABOUT = HEAD + 'MATRIX="BEF1";\nCONTENTS="Folk";\nUNITS="personer";\n'


@for_each(
    ("keywords", "said"),
    [
        ('SEASADJ=YES;\nCFPRICES="F";\n', ["Sæsonkorrigeret", "Faste priser"]),
        ('SEASADJ("tid")="YES";\nCFPRICES=C;\n', ["Sæsonkorrigeret", "Løbende priser"]),
        ("SEASADJ=NO;\nDAYADJ=YES;\n", []),
    ],
)
def test_how_the_figures_were_made(keywords: str, said: list[str]) -> None:
    table = px_table(HEAD + keywords + ORDER + SEX + TIME + DATA)
    assert [beside.text for beside in table.beside if beside.where == UNDER] == said


def test_what_the_file_says_of_its_figures() -> None:
    table = px_table(ABOUT + ORDER + SEX + TIME + DATA)
    assert (table.unit, table.measure, table.table_id) == ("personer", "Folk", "BEF1")
    assert table.measure_column is None


@for_each(
    ("units", "unit"),
    [
        ('UNITS("Mænd")="pct.";\nUNITS("Kvinder; alle")="antal";\n', ""),
        ('UNITS("Mænd")="pct.";\nUNITS("Kvinder; alle")="pct.";\n', "pct."),
        ("", "personer"),
    ],
)
def test_the_variable_of_measures_is_named(units: str, unit: str) -> None:
    several = ABOUT + 'CONTVARIABLE="køn (alle)";\n' + units + ORDER + SEX + TIME + DATA
    table = px_table(several)
    assert (table.measure_column, table.measure, table.unit) == (0, "", unit)


def test_symbols_of_one_to_six_dots() -> None:
    data = 'DATA=\n"." "..."\n"......" "....";\n'
    symbols = 'DATASYMBOL1="Fortroligt";\nDATASYMBOL3="Oplysning mangler";\n'
    for said, expected in (("", "."), (symbols, "skjult")):
        table = px_table(HEAD + said + ORDER + SEX + TIME + data)
        assert [cells[-1] for _, cells in table.rows] == [expected, "...", "......", "...."]


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(("1", "-2.5", '".."', '"-"', '"a b"', "3,", '""', "1e3", '"x""y"')),
        max_size=12,
    ),
    st.sampled_from((" ", "\n", " \t ", ", ")),
)
def test_figures_are_counted_as_they_are_read(figures: list[str], between: str) -> None:
    raw = between.join(figures)
    assert px._count_of_figures(raw) == len(px._FIGURE.findall(raw))
