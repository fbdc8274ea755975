"""What the screen shows and the bare value does not: marks, formats, hidden cells, by the check."""

import io
from collections.abc import Callable
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.personal import holds_personal_number
from kpi.ingest.meaning.number_column import _AT_AN_END
from kpi.ingest.table.footnote_marks import MARK_CHARACTERS, unmarked
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.written_periods import period_of
from tests.kpi.ingest.checked import Desk, codes, codes_of_cells, read, reported_of_cells
from tests.kpi.ingest.made_files import ods

HEADER = ("nøgletal", "område", "periode", "værdi")
Fill = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object]


def book(fill: Fill, rows: tuple[tuple[object, ...], ...] = ()) -> bytes:
    """A workbook in the template's form with these rows, and what `fill` adds."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate((HEADER, *rows)):
            sheet.write_row(number, 0, row)
        fill(made, sheet)
    return file.getvalue()


ROWS = (("rate", "aarhus", 2024, 50.1), ("rate", "odense", 2024, 40.2))


def raised(book_: xlsxwriter.Workbook) -> xlsxwriter.format.Format:
    return book_.add_format({"font_script": 1})


# A number, its mark, which is raised (1) or lowered (2), and what is read.
MARKED = [
    ("12,4", "1", 1, 12.4), ("12,4", "12", 1, 12.4), ("48", "2)", 1, 48), ("7,5", "*", 1, 7.5),
    ("7,5", " a", 1, 7.5),
    ("13,4", "3", 2, 13.4), ("13,4", "13", 2, 13.4), ("49", "4)", 2, 49), ("8,5", "**", 2, 8.5),
    ("8,5", " b", 2, 8.5),
]  # fmt: skip


def test_a_raised_or_lowered_mark_is_never_part_of_the_number(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row, (text, mark, script, _) in enumerate(MARKED, 1):
            sheet.write_rich_string(row, 3, text, made.add_format({"font_script": script}), mark)

    rows = tuple(("rate", "aarhus", 2024 + place, 0) for place in range(len(MARKED)))
    checked = tiny.check(book(fill, rows))
    assert read(checked) == [
        ("aarhus", "all", f"{2024 + place}", value, "final")
        for place, (*_, value) in enumerate(MARKED)
    ]
    marks = [problem for problem in checked.problems if problem.code == "cell_mark"]
    assert [(problem.severity, problem.row, problem.column) for problem in marks] == [
        ("warning", row, "værdi") for row in range(2, len(MARKED) + 2)
    ]
    assert all("»" in problem.message for problem in marks)


def test_a_mark_that_the_format_writes_is_reported(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_number(1, 3, 50.1, made.add_format({"num_format": '0.0"*"'}))
        sheet.write_number(2, 3, 40.2, made.add_format({"num_format": '0.0"p"'}))

    checked = tiny.check(book(fill, ROWS))
    marks = [problem for problem in checked.problems if problem.code == "cell_mark"]
    assert [(problem.row, problem.severity) for problem in marks] == [
        (2, "warning"),
        (3, "warning"),
    ]
    assert [observation[3:] for observation in read(checked)] == [
        (50.1, "final"), (40.2, "preliminary"),
    ]  # fmt: skip


def test_marks_in_names_heads_and_periods(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        mark = raised(made)
        sheet.write_rich_string(0, 3, "værdi", mark, "1")
        sheet.write_rich_string(1, 1, "Aarhus", mark, "2")
        sheet.write_rich_string(1, 2, "2024", mark, "3")
        sheet.write_rich_string(2, 0, "rate", mark, "4")

    checked = tiny.check(book(fill, ROWS))
    assert [observation[0:3] for observation in read(checked)] == [
        ("aarhus", "all", "2024"), ("odense", "all", "2024"),
    ]  # fmt: skip
    assert codes(checked) == ["cell_mark"] * 4


def test_a_cell_that_is_raised_as_a_whole_is_no_number(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write(1, 3, 12, raised(made))
        sheet.write(2, 3, "12", raised(made))

    checked = tiny.check(book(fill, ROWS))
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    assert [(problem.code, problem.row) for problem in errors] == [
        ("not_a_number", 2), ("not_a_number", 3),
    ]  # fmt: skip
    assert checked.observations == 0


def test_a_raised_style_under_plain_runs(tiny: Desk) -> None:
    """The cell's own font is raised; the run that says nothing of it is the mark."""

    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        plain = made.add_format({"font_script": 0, "bold": True})
        sheet.write_rich_string(1, 3, "1", plain, "12,4", raised(made))

    assert read(tiny.check(book(fill, ROWS)))[0][3] == 12.4


def test_struck_cells_are_read_and_reported(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        struck = made.add_format({"font_strikeout": True})
        sheet.write(1, 3, 49.0, struck)
        sheet.write_rich_string(2, 3, struck, "39", "40")

    checked = tiny.check(book(fill, ROWS))
    assert [each[:3] for each in reported_of_cells(checked)] == [
        ("not_a_number", "error", 3),  # which half holds?
        ("cell_mark", "warning", 2),
        ("cell_mark", "warning", 3),
    ]
    assert [observation[3] for observation in read(checked)] == [49.0]


SHOWN_DATES = {
    "mmm-yy": "2025M03", "yyyy": "2025", "dd-mm-yyyy": "2025M03D01",
    '"1. kvartal "yyyy': "2025K1", "[$-406]mmmm yyyy": "2025M03",
}  # fmt: skip


def test_a_date_is_the_period_that_is_shown(tiny: Desk) -> None:
    areas = ("aarhus", "odense", "randers", "denmark", "gellerup")

    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row, number_format in enumerate(SHOWN_DATES, 1):
            shown = made.add_format({"num_format": number_format})
            sheet.write_datetime(row, 2, datetime(2025, 3, 1), shown)  # noqa: DTZ001

    rows = tuple(("rate", area, 0, 50.1) for area in areas)
    assert {row[0]: row[2] for row in read(tiny.check(book(fill, rows)))} == dict(
        zip(areas, SHOWN_DATES.values(), strict=True)
    )


def test_days_counted_from_1904(tiny: Desk) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"date_1904": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ROWS[0])
        shown = made.add_format({"num_format": "mmm-yy"})
        sheet.write_datetime(1, 2, datetime(2025, 3, 1), shown)  # noqa: DTZ001
    assert read(tiny.check(file.getvalue()))[0][2] == "2025M03"


# An indicator, a format, the number in the cell, and what is read or the code of the error.
BY_FORMAT: list[tuple[str, str, float, float | str | None]] = [
    ("rate", "0.0%", 0.452, 45.2),
    ("rate", '0.0"%"', 45.2, 45.2),
    ("persons", "0%", 15, "not_a_number"),  # the screen shows 1500 %
    ("persons", '0"%"', 15, "not_a_number"),
    ("persons", '0.0,,"mio."', 1800000, 1800000),
    ("persons", '[<5]"<5";0', 3, None),
    ("persons", '[<5]"<5";0', 7, 7),
    ("persons", ";;;", 7, "not_a_number"),
    ("persons", "0;-0;", 0, 0),
    ("persons", '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', 0, 0),
]


def test_numbers_by_their_format(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row, (_, number_format, value, _) in enumerate(BY_FORMAT, 1):
            sheet.write(row, 3, value, made.add_format({"num_format": number_format}))

    rows = tuple((indicator, "aarhus", 2023 + n, 0) for n, (indicator, *_) in enumerate(BY_FORMAT))
    checked = tiny.check(book(fill, rows))
    said = {
        problem.row: problem.code for problem in checked.problems if problem.severity == "error"
    }
    assert said == {
        row: code for row, (*_, code) in enumerate(BY_FORMAT, 2) if isinstance(code, str)
    }
    assert {period: value for _, _, period, value, _ in read(checked)} == {
        f"{year}": value
        for year, (*_, value) in enumerate(BY_FORMAT, 2023)
        if not isinstance(value, str)
    }


@pytest.mark.parametrize(("number_format", "value"), [("0,", 1803000), ('0 "mio."', 12)])
def test_thousands_and_millions_are_another_scale(
    tiny: Desk, number_format: str, value: int
) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write(1, 3, value, made.add_format({"num_format": number_format}))

    problems = tiny.check(book(fill, (("persons", "aarhus", 2023, 0),))).problems
    assert [problem.code for problem in problems if problem.severity == "error"] == ["scale"]


def test_another_scale_names_both_numbers(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.set_column(3, 3, None, made.add_format({"num_format": "#,##0,"}))

    problems = tiny.check(book(fill, (("persons", "aarhus", 2023, 1803000),))).problems
    (problem,) = [problem for problem in problems if problem.severity == "error"]
    assert (problem.code, problem.row, problem.column) == ("scale", 2, "værdi")
    assert "--scale 1 giver 1803000" in problem.hint
    assert "--scale 0.001 giver 1803" in problem.hint


def test_a_scale_elsewhere_is_no_question(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write(0, 4, "budget")
        sheet.write(1, 4, 12000, made.add_format({"num_format": "0,"}))

    assert codes(tiny.check(book(fill, ROWS))) == ["ignored_column"]


def test_hidden_rows_and_columns_are_read_and_reported_once(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(3, 0)
        sheet.set_row(4, None, None, {"level": 1, "hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        sheet.set_column(9, 9, None, None, {"hidden": True})  # nothing stands there
        sheet.set_row(90, None, None, {"hidden": True})

    rows = tuple(("rate", "aarhus", year, 50) for year in (2023, 2024, 2025, 2020))
    checked = tiny.check(book(fill, rows))
    assert codes_of_cells(checked) == ["hidden_cells", "hidden_cells"]
    reported = {problem.message for problem in checked.problems}
    assert "3 skjulte rækker er læst med. Række 2 og 4-5." in reported
    assert "1 skjult kolonne er læst med: »værdi«." in reported
    assert len(checked.changes) == 4


def test_formula_without_a_result_is_named_at_its_cell(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula(1, 3, "=A1+1", None, "")

    problem = next(problem for problem in tiny.check(book(fill, ROWS)).problems if problem.row == 2)
    assert (problem.code, problem.column, problem.value) == ("not_a_number", "værdi", "formel")


def test_text_of_another_locale_beside_typed_numbers_is_no_guess(tiny: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_string(1, 3, "1,234")

    rows = (("persons", "aarhus", 2023, 0), ("persons", "odense", 2023, 1250.5))
    assert "ambiguous_number" in codes(tiny.check(book(fill, rows)))


def test_marks_in_text_files(tiny: Desk) -> None:
    checked = tiny.check(
        "nøgletal;område;periode;værdi²\nrate;Aarhus¹;2024;12,4¹\nrate;odense;2024³;¹12\n"
        "rate;randers;2024;1²4\n"
    )
    assert [observation[0:1] + observation[2:4] for observation in read(checked)] == [
        ("aarhus", "2024", 12.4), ("odense", "2024", 12.0),
    ]  # fmt: skip
    assert [
        (problem.code, problem.row) for problem in checked.problems if problem.severity == "error"
    ] == [("not_a_number", 4)]
    assert codes(checked).count("cell_mark") >= 5


def test_recipes_keep_rows_whose_labels_have_marks(tiny: Desk) -> None:
    recipe = (
        'source_id = "paper"\nindicator_id = "persons"\narea = "sted"\nperiod = "år"\n'
        'value = "tal"\n[keep]\n"køn" = "I alt"\n'
    )
    checked = tiny.check("sted;år;køn;tal\nOdense;2023;I alt¹;7\nOdense;2023;Mænd;3\n", recipe)
    assert [observation[3] for observation in read(checked)] == [7]


@given(st.text("0123456789", min_size=1, max_size=4), st.sampled_from(MARK_CHARACTERS))
def test_marks_never_become_digits(digits: str, mark: str) -> None:
    for text in (digits + mark, f"Distrikt {digits}{mark}", f"Distrikt {mark}"):
        bare = "".join(letter for letter in text if letter not in MARK_CHARACTERS).strip()
        assert unmarked(text) == bare
        others = folded(text).replace(folded(bare), "")
        assert not any(letter.isdigit() for letter in others)
    year = f"20{digits.zfill(2)[:2]}"
    assert period_of(year + mark) == period_of(year)


def test_a_cpr_number_with_raised_digits_is_one() -> None:
    assert holds_personal_number("010190123⁴")
    assert holds_personal_number("010190-1234¹")
    assert not holds_personal_number("3101901¹")


def test_signs_are_no_marks() -> None:
    assert unmarked("⁻5") == "⁻5"
    assert "⁻" not in _AT_AN_END


def test_a_number_of_a_merged_cell_is_asked_about(tiny: Desk) -> None:
    """On the screen it stands beside several rows or under several years; in the file in one."""
    wide = ("nøgletal", "område", 2023, 2024)
    figures = (("rate", "aarhus", 49.1, 50.1), ("rate", "odense", 40.1, 40.2))
    for head, rows, merged, reported in (
        (HEADER, ROWS, "", None),
        (HEADER, ROWS, "D2:D3", (3, "værdi")),
        (HEADER, (("rate", "aarhus", 2024, "50,1"), *ROWS[1:]), "D2:D3", (3, "værdi")),
        (HEADER, ROWS, "C2:C3", None),  # the year of both
        (HEADER, ROWS, "A2:A3", None),
        (wide, figures, "C3:D3", (3, "2024")),
        (wide, figures, "", None),
    ):  # fmt: skip
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as made:
            sheet = made.add_worksheet()
            for number, row in enumerate((head, *rows)):
                sheet.write_row(number, 0, row)
            if merged:
                text = (head, *rows)[int(merged[1]) - 1][ord(merged[0]) - ord("A")]
                # The format makes the cells that are covered empty.
                sheet.merge_range(merged, text, made.add_format())
        checked = tiny.check(file.getvalue(), name="tal.xlsx")
        places = [(p.row, p.column) for p in checked.problems if p.code == "merged_cell"]
        assert places == ([reported] if reported else []), (merged, places)
        assert checked.publishable


def test_a_number_of_a_merged_cell_of_ods_too(tiny: Desk) -> None:
    text = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    head = "".join(text.format("", name) for name in HEADER)
    spanned = ' table:number-rows-spanned="2" office:value-type="float" office:value="50.1"'
    first = "".join(text.format("", cell) for cell in ("rate", "aarhus", "2024"))
    second = "".join(text.format("", cell) for cell in ("rate", "odense", "2024"))
    rows = (head, first + text.format(spanned, "50,1"), second + "<table:covered-table-cell/>")
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    checked = tiny.check(ods(f'<table:table table:name="Ark1">{lines}</table:table>'))
    assert [value for *_, value, _ in read(checked)] == [50.1, 50.1]
    assert [p.row for p in checked.problems if p.code == "merged_cell"] == [3]
