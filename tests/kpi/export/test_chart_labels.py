"""Labels of native charts come from cells that are computed from the chart's numbers."""

import io
import re
from html import unescape
from typing import Any
from zipfile import ZipFile

from kpi.charts.marks import BENCHMARK, FOCUS, Dot, DotMarks, LineMarks
from kpi.export.chart_book import Cell, ChartBook
from kpi.export.label_formulas import broken_formula, danish_number, label_formula
from tests.kpi.export.native import CHART, DAY, DOTS, SCALE, drawn, line
from tests.kpi.export.office_format import format_faults
from tests.tables import for_each

C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"


def formulas(chart: Any) -> dict[str, str]:
    """The formulas of both sheets by their cells, `Diagram!D2`."""
    with ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
        sheets = [(n, book.read(f"xl/worksheets/sheet{n}.xml").decode()) for n in (1, 2)]
    return {
        f"{('Tal', 'Diagram')[n - 1]}!{place}": unescape(formula)
        for n, xml in sheets
        for place, formula in re.findall(r'<c r="(\w+)"[^>]*><f>(.*?)</f>', xml)
    }


def shown(chart: Any) -> dict[str, str]:
    """What labels show, by the cell that they are of."""
    labels = {}
    for cells in chart._chartSpace.iter(f"{C15}datalabelsRange"):
        first = cells.find(f"{C15}f").text.replace("$", "").split(":")[0]
        column, row = re.fullmatch(r"Diagram!([A-Z]+)(\d+)", first).groups()  # type: ignore[union-attr]
        for point in cells.iter(f"{CHART}pt"):
            labels[f"Diagram!{column}{int(row) + int(point.get('idx'))}"] = point[0].text
    return labels


def test_every_label_with_a_number_is_computed() -> None:
    chart = drawn(DotMarks(DOTS, SCALE))
    computed = formulas(chart)
    by_text = {text: computed.get(place, "") for place, text in shown(chart).items()}
    assert set(by_text) == {"Aarhus", "Hele landet", "København", "ca. 70,0", "77,2", "81,8",
                            "−7,2", "+4,6"}  # fmt: skip
    assert all("Tal!$" in formula for formula in by_text.values())
    assert by_text["ca. 70,0"].startswith('"ca. "&IF(ROUND(Tal!$C$4,1)<0')
    assert "Tal!$C$4-Tal!$C$3" in by_text["−7,2"]


def test_a_share_its_interval_and_label_follow_the_counts() -> None:
    dot = Dot(
        "Gellerup",
        FOCUS,
        100 * 21 / 68,
        "21\u00a0af\u00a068 · 31 %",
        low=21.0,
        high=43.0,
        counts=(21, 68),
    )
    chart = drawn(DotMarks((dot,), SCALE))
    computed = formulas(chart)
    assert computed["Tal!C2"] == "100*Tal!$E$2/Tal!$F$2"
    assert computed["Tal!G2"].startswith("IF(Tal!$E$2=0,0,")
    label = next(place for place, text in shown(chart).items() if text == dot.text)
    assert re.findall(r"Tal!\$\w\$2", computed[label])[0] == "Tal!$E$2"
    assert {"Tal!$E$2", "Tal!$F$2", "Tal!$C$2"} <= set(re.findall(r"Tal!\$\w\$2", computed[label]))


def test_a_line_and_its_distances_are_of_the_sheet() -> None:
    own = line("Aarhus", FOCUS, {"2020": 70.0, "2021": 71.0, "2022": 73.0})
    other = line("Hele landet", BENCHMARK, {"2020": 77.0, "2021": 77.0, "2022": 77.5})
    chart = drawn(LineMarks((own, other), SCALE))
    computed = formulas(chart)
    by_text = {text: computed[place] for place, text in shown(chart).items()}
    assert by_text["Aarhus 73.0"] == 'Tal!$C$1&" 73.0"'  # written by no rule of ours
    assert "Tal!$C$4-Tal!$B$4" in by_text["−4,5"]
    reaches = {formula.text for formula in chart._chartSpace.iter(f"{CHART}f")}
    assert any(reach and re.fullmatch(r"Diagram!\$\w\$2:\$\w\$4", reach) for reach in reaches)


@for_each(
    ("text", "value", "decimals", "plus"),
    [("−7,2", -7.2, 1, False), ("+4,6", 4.6, 1, True), ("mere end 30", 30.0, 0, False),
     ("18.500", 18500.0, 0, False), ("ca. 20,5 %", 20.5, 1, False)],
)  # fmt: skip
def test_a_number_in_a_text_is_a_formula(
    text: str, value: float, decimals: int, plus: bool
) -> None:
    assert danish_number("A1", decimals, plus) in label_formula(text, [Cell("A1", value)])


def test_a_number_within_another_is_not_taken_for_it() -> None:
    assert label_formula("170,5 og 7,05", [Cell("A1", 70.0), Cell("A2", 7.0)]) == ""


def test_a_name_in_two_lines_is_broken_at_its_space() -> None:
    name = Cell("Tal!$A$2", "Kvinder uden for arbejdsmarkedet")
    formula = broken_formula(name, ["Kvinder uden", "for arbejdsmarkedet"])
    assert formula == 'IFERROR(REPLACE(Tal!$A$2,FIND(" ",Tal!$A$2,13),1,CHAR(10)),Tal!$A$2)'
    assert broken_formula(name, ["Kvinder uden for arbejds", "markedet"]) == ""


def test_the_workbook_holds_to_its_format_and_runs_no_text() -> None:
    book = ChartBook()
    book.numbers.put(0, 0, "Område & <by>", is_heading=True)
    book.numbers.put(1, 30, "=1+1")
    book.drawn.put(0, 0, "a", "Tal!$A$1")
    content = book.content(DAY)
    assert format_faults(content, "xlsx") == []
    assert content == book.content(DAY)
    assert book.numbers.cells[1, 30] == Cell("Tal!$AE$2", "'=1+1")
