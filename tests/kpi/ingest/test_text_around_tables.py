"""Text under a table, separators at the end, and rows of totals."""

import pytest

from kpi.ingest.readers.footnotes import notes_at_end
from tests.kpi.ingest.checked import Desk, codes_of_cells, read, reported, reported_of_cells
from tests.kpi.ingest.made_tables import OBSERVED, RECIPE, as_csv, workbook
from tests.tables import for_each

BODY = "nøgletal;område;periode;værdi\nrate;Aarhus;2020;50,5\nrate;Odense;2020;40,5\n"
NOTES: list[tuple[str, tuple[int, int] | None]] = [
    ("Kilde: jobindsats.dk\n", (4, 4)),
    ("\nKilde: jobindsats.dk\nUdtrukket 1. november 2025\n", (5, 6)),
    ("\nKilde: jobindsats.dk; 1. november 2025\n", (5, 5)),
    ("\n\n* foreløbigt tal\n1) Nyt fra 2024\n\n", (6, 7)),
    ('"Kilde: DST; egne beregninger"\n', (4, 4)),
    # as Power BI writes its filters: one cell of several lines
    ('\n"Anvendte filtre:\nÅr er 2020\nKøn er I alt"\n', (5, 5)),
    ("\nTallene er opgjort ultimo året og kan ændre sig\n", (5, 5)),
    ("\n.. = oplysninger er ikke tilgængelige\n", (5, 5)),
    ("\nNote;;;\n", (5, 5)),
    # how many rows there were, what the program says of its file, and the end
    *(
        (line, (4, 4))
        for line in (
            "Antal rækker: 2\n",
            "Antal rækker;2;;\n",
            "Rækker i alt: 2\n",
            "2 linjer\n",
            "I alt 2 rækker\n",
            "Row count: 2\n",
            "*** SLUT ***\n",
            "<EOF>\n",
            "-- slut --\n",
            "=====\n",
            "Udskrevet: 01-02-2026\n",
            "Kørselsdato: 1/2 2026\n",
            "Dato;01-02-2026;;\n",
            "Rapport-id: 8831\n",
            "Kilde;Jobindsats;;\n",
            "www.jobindsats.dk\n",
            "a) rettet\n",
        )
    ),
    ("Slut\nrate;Randers;2020\n", None),
    ("rate:\n", None),
    # a row that lacks all but its label, one in the middle, and rows with values are no text
    ("rate\n", None),
    ("\nrate;Randers;2020\n", None),
    ("\nKilde: x\nrate;Randers;2020\n", None),
]


@pytest.mark.parametrize(("below", "lines"), NOTES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_under_a_table(
    tiny: Desk, below: str, lines: tuple[int, int] | None, newline: str, encoding: str
) -> None:
    checked = tiny.check((BODY + below).replace("\n", newline).encode(encoding))
    warnings = [problem.message for problem in checked.problems if problem.code == "ignored_row"]
    if lines is None:
        assert warnings == []
        assert not checked.publishable
        return
    first, last = lines
    which = f"Række {first}" if first == last else f"Rækkerne {first}-{last}"
    assert warnings == [f"{which} er tekst under tabellen og springes over."]
    assert [area for area, *_ in read(checked)] == ["aarhus", "odense"]
    assert checked.publishable


def test_text_under_a_table_in_a_workbook(tiny: Desk) -> None:
    rows: list[list[object]] = [
        ["Udtræk 1. maj"], [], ["nøgletal", "område", "periode", "værdi"],
        ["rate", "Aarhus", 2020, 50.5], [], ["Kilde: jobindsats.dk"], ["* foreløbigt tal"],
    ]  # fmt: skip
    checked = tiny.check(workbook(rows))
    assert reported(checked) == [("ignored_row", "warning", 6, None, "Kilde: jobindsats.dk")]
    assert checked.problems[0].message.startswith("Rækkerne 6-7 er tekst")
    assert checked.title == "Udtræk 1. maj"


@for_each(
    ("rows", "count"),
    [
        ([(2, ("Aarhus", "5")), (4, ("Odense", ""))], 0),  # of two columns the label may be all
        ([(2, ("Aarhus", "5", "")), (3, ("Odense", "", ""))], 0),
        ([(2, ("Aarhus", "5", "")), (4, ("Aarhus", "", ""))], 0),  # a label of the table
        ([(2, ("Aarhus", "5", "")), (4, ("..", "", ""))], 0),
        ([(2, ("Aarhus", "5", "")), (4, ("2024", "", ""))], 0),
        ([(2, ("Aarhus", "5", "")), (4, ("\x025", "", ""))], 0),
        ([(2, ("Aarhus", "5", "")), (4, ("Noter", "", "")), (5, ("I alt", "5", ""))], 0),
        ([(2, ("Aarhus", "5", "")), (4, ("Noter", "", "")), (5, ("a", "b", ""))], 2),
    ],
)
def test_what_is_text(rows: list[tuple[int, tuple[str, ...]]], count: int) -> None:
    assert notes_at_end(rows, len(rows[0][1])) == count


@pytest.mark.parametrize(
    "content",
    [
        BODY.replace("\n", ";\n"),
        BODY.replace("\n", ";;;\n"),
        BODY.replace("Odense;2020;40,5", "Odense;2020;40,5;;"),
        BODY.replace("\n", ";\n").replace("værdi;", "værdi"),
        BODY.replace("værdi", "værdi;note").replace("50,5", "50,5;et ord"),
    ],
)
def test_separators_at_the_end(tiny: Desk, content: str) -> None:
    checked = tiny.check(content)
    assert [problem for problem in checked.problems if problem.code != "big_change"] == []
    assert read(checked) == [
        ("aarhus", "all", "2020", 50.5, "final"), ("odense", "all", "2020", 40.5, "final"),
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["Total", "I alt", "Hovedtotal", "Grand Total", "Sum:"])
def test_a_row_of_totals_is_reported_once(tiny: Desk, word: str) -> None:
    rows: list[list[object]] = [
        ["Måned", "Kommune", "Andel"],
        ["2024M01", "Aarhus", 50.5],
        [word, "", 50.5],
    ]
    recipe = RECIPE.format(area="Kommune").replace("Periode", "Måned").replace("INDHOLD", "Andel")
    for content in (as_csv(rows), workbook(rows)):
        checked = tiny.check(content, recipe)
        assert reported_of_cells(checked)[0] == ("ignored_row", "warning", 3, "Måned", word)
        assert codes_of_cells(checked) == ["ignored_row"]
        assert [period for _, _, period, _, _ in read(checked)] == ["2024M01"]


def test_a_row_of_totals_in_a_wide_table(tiny: Desk) -> None:
    checked = tiny.check("nøgletal;område;2020;2023\nrate;Aarhus;50,5;51,5\nrate;I alt;60;61\n")
    assert ("ignored_row", "warning", 3, "område", "I alt") in reported(checked)
    assert read(checked) == OBSERVED[:2]


def test_a_group_that_is_all_is_no_row_of_totals(tiny: Desk) -> None:
    recipe = RECIPE.format(area="Kommune") + '[group]\ncolumn = "Køn"\n"I alt" = "all"\n'
    checked = tiny.check("Kommune;Køn;2020;2023\nAarhus;I alt;50,5;51,5\n", recipe)
    assert read(checked) == OBSERVED[:2]


PAIRS = [
    "A-kasse;3F;\n", "A-kasse;3F\n", "A-kasse;3F;\nKøn;I alt;\n", "Titel;;\nKøn;I alt;\n;;\n",
    "Hentet;1. maj 2024;\n", "Kilde:;jobindsats.dk;\n",
]  # fmt: skip


@pytest.mark.parametrize("pairs", PAIRS)
@pytest.mark.parametrize("table", ["Kommune;År;Andel\nAarhus;2020;50,5\n",
                                   "Kommune;2020;2021\nAarhus;50,5;\n"])  # fmt: skip
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lines_of_a_name_and_its_text_are_above_the_table(
    tiny: Desk, pairs: str, table: str, kind: str
) -> None:
    text = pairs + table
    cells = [[float(cell.replace(",", ".")) if cell[:2].isdigit() and "." not in cell else cell
              for cell in line.split(";")] for line in text.splitlines()]  # fmt: skip
    content = text.encode() if kind == "csv" else workbook(cells)
    checked = tiny.check(content, indicator_id="rate")
    assert [observation[:4] for observation in read(checked)][:1] == [
        ("aarhus", "all", "2020", 50.5)
    ]
    # `A-kasse: 3F` may be what all rows are of, so it is asked about.
    assert ("3F" in {problem.value for problem in checked.problems}) == ("3F" in pairs)


@pytest.mark.parametrize(
    "head", ["Kommune;2020;\nAarhus;50,5;\n", "Område;2020;2021\nAarhus;50,5;\n"]
)
def test_a_head_of_two_names_is_no_such_line(tiny: Desk, head: str) -> None:
    assert tiny.check(head, indicator_id="rate").observations == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_long_file_with_notes_of_several_lines(tiny: Desk, encoding: str) -> None:
    # More than is looked at of a file's end, with a cell of two lines across where that begins.
    rows = "".join(f'rate;Aarhus;{1900 + n % 100};50,5;"{"x" * 300}\ny"\n' for n in range(100))
    text = f'nøgletal;område;periode;værdi;note\n{rows}\n"Anvendte filtre:\nKøn er I alt"\n'
    checked = tiny.check(text.encode(encoding))
    assert checked.observations == 100
    assert [p.row for p in checked.problems if p.code == "ignored_row"] == [203]
