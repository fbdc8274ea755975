"""The annex, read back: what a screen reader gets, and that everything of the paper is in it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from kpi.domain.errors import KpiError
from kpi.export import browser
from kpi.export.annex import _item, annex
from kpi.export.paper import Paper
from kpi.export.vectors import MOST_ROWS, Chart

HOSTILE = ["#let x = $1$ <b>*_`@ref [", "Aarhus ligger " * 22, "😀 عربي \x00\x07 \\", "x" * 300]


def joined(text: str) -> str:
    """Without what the end of a line puts between letters."""
    return "".join(text.replace("\u00ad", "").replace("-", "").split())


@pytest.fixture(scope="module")
def few(handed_in: Paper) -> Paper:
    """Two themes, a trend among their figures, and a title that was edited."""
    items = [*handed_in.items[3:6], handed_in.items[-1]]
    items[0] = replace(items[0], title="Et redigeret fund")
    return replace(handed_in, items=tuple(items))


@pytest.fixture(scope="module")
def content(few: Paper, browser_path: str) -> Iterator[bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", browser_path)
        yield annex(few)


@pytest.fixture(scope="module")
def pdf(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def structure(pdf: PdfReader) -> list[Any]:
    """The elements of the structure tree, parents first."""
    root: Any = pdf.root_object
    elements: list[Any] = []
    waiting: list[Any] = [root["/StructTreeRoot"]["/K"]]
    while waiting:
        element = waiting.pop(0)
        element = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(element, list):
            waiting = [*element, *waiting]
        elif isinstance(element, dict) and "/S" in element:
            elements.append(element)
            waiting = [element["/K"], *waiting] if "/K" in element else waiting
    return elements


def bookmarks(outline: list[Any]) -> list[Any]:
    return [bookmarks(entry) if isinstance(entry, list) else entry.title for entry in outline]


def test_it_is_tagged_danish_and_archived(pdf: PdfReader) -> None:
    root: Any = pdf.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_its_letters_can_be_read_and_no_page_but_the_last_is_half_empty(pdf: PdfReader) -> None:
    for page in pdf.pages:
        sizes: list[float] = []
        heights: list[float] = []

        def seen(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
            if text.strip():
                sizes.append(size)  # noqa: B023  (called while the page is read)
                heights.append(tm[5] * cm[3] + cm[5])  # noqa: B023

        page.extract_text(visitor_text=seen)
        assert min(sizes) > 9.49
        # Between the head and the foot; heights count from the foot of the page.
        body = [height for height in heights if 75 < height < 780]
        if page is not pdf.pages[-1]:
            assert min(body) < 420


def test_title_and_date_are_the_papers(pdf: PdfReader, few: Paper) -> None:
    assert pdf.metadata is not None
    assert pdf.metadata.title == few.title
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.date() == few.as_of


def test_the_bookmarks_are_themes_with_their_figures(pdf: PdfReader, few: Paper) -> None:
    *others, last = few.items
    assert [bookmark for bookmark in bookmarks(pdf.outline) if bookmark != "Indhold"] == [
        others[0].theme.name,
        [other.title for other in others],
        last.theme.name,
        [last.title],
        "Indsatsernes status",
        "Definitioner",
    ]


def test_every_figure_has_a_text_and_every_table_a_header(pdf: PdfReader, few: Paper) -> None:
    elements = structure(pdf)
    alts = [element.get("/Alt") for element in elements if element["/S"] == "/Figure"]
    assert alts == [item.exhibit.alt for item in few.items]
    tags = [element["/S"] for element in elements]
    assert tags.count("/Table") == len(few.items) + 2
    assert tags.count("/TH") >= 2 * len(few.items)


def test_everything_of_the_paper_can_be_read(pdf: PdfReader, few: Paper) -> None:
    read = joined("".join(page.extract_text() for page in pdf.pages))
    for item in few.items:
        for part in (item.title, item.exhibit.subtitle, item.reading, *item.caveats):
            assert joined(part) in read
        for row in item.exhibit.table.rows:
            assert all(joined(cell) in read for cell in row if cell != "–")
    assert all(joined(action.title) in read for action in few.actions)
    for item in few.items:
        assert joined(item.indicator.definition) in read
        assert joined(few.benchmark_of(item.indicator)) in read
    assert joined(f"Side 1 af {len(pdf.pages)}") in read
    # The charts' letters are letters too.
    assert joined("Randers 76,4") in read
    assert [joined(few.dated) in joined(page.extract_text()) for page in pdf.pages] == [
        True for _ in pdf.pages
    ]


@pytest.mark.usefixtures("drawing")
def test_the_same_paper_is_the_same_bytes(few: Paper, content: bytes) -> None:
    assert annex(few) == content


@pytest.mark.usefixtures("drawing")
def test_any_text_can_stand_in_it(few: Paper) -> None:
    items = [replace(item, title=title) for item, title in zip(few.items, HOSTILE, strict=True)]
    read = PdfReader(io.BytesIO(annex(replace(few, items=tuple(items)))))
    text = joined("".join(page.extract_text() for page in read.pages))
    assert joined(HOSTILE[0]) in text
    assert joined(HOSTILE[1]) in text
    assert "■■" in text  # letters that the typefaces lack
    assert "x" * 30 in text


@pytest.mark.usefixtures("drawing")
def test_of_a_long_table_the_first_rows_are_shown(few: Paper) -> None:
    item = few.items[-1]
    columns = item.exhibit.table.columns
    rows = tuple((f"Område {number}", *["1"] * (len(columns) - 1)) for number in range(50))
    table = replace(item.exhibit.table, rows=rows)
    long = replace(item, exhibit=replace(item.exhibit, table=table))
    read = PdfReader(io.BytesIO(annex(replace(few, items=(long,), actions=()))))
    text = joined("".join(page.extract_text() for page in read.pages))
    assert joined(f"De første {MOST_ROWS} af 50 rækker.") in text
    assert "Område19" in text
    assert "Område20" not in text
    assert "Indsatsernesstatus" not in text


def test_without_a_browser_no_annex(few: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_RUNNING", browser._Running())
    monkeypatch.setenv("BROWSER_PATH", "/findes/ikke")
    with pytest.raises(KpiError, match="Billedet kan ikke tegnes"):
        annex(few)


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("actions", [19, 20, 21, 22])
def test_no_heading_stands_alone_at_the_foot_of_a_page(handed_in: Paper, actions: int) -> None:
    """Of about twenty actions the list ends where a heading has room, and a table has none."""
    item = next(item for item in handed_in.items if item.claims)
    made = replace(handed_in, items=(item,), actions=handed_in.actions[:actions])
    pages = [joined(page.extract_text()) for page in PdfReader(io.BytesIO(annex(made))).pages]
    first = {
        "Indsatsernes status": made.actions[0].title,
        "Regnetjek (kontrolberegning)": item.claims[0].computed,
        "Definitioner": item.indicator.definition,
    }
    for heading, row in first.items():
        # The contents name it too.
        page = [page for page in pages if joined(heading) in page][-1]
        assert joined(row) in page.rpartition(joined(heading))[2], heading


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("indicator_id", "columns", "rows"),
    [
        # The number stands large above, with all that the table would say.
        ("sprogboost_courses", ("Gruppe", "Værdi"), ()),
        ("childcare_wait_months", ("Gruppe", "Værdi"), ()),
        ("nsk_network_actors", ("Gruppe", "Værdi"), ()),
        # The source's own words, and who is counted, stand nowhere else.
        ("family_centre_share", ("Gruppe", "Værdi", "Kildens ord"),
         (("Familier i Opgang til Opgang", "ca. 33 %", "cirka en tredjedel"),)),
        ("disability_pension_parents", ("Gruppe", "Værdi"),
         (("Ledige forældre i Opgang til Opgang", "3 af 81 (4 %)"),)),
        ("programme_capacity", ("Gruppe", "Værdi"), (("Familier i Opgang til Opgang", "ca. 200"),)),
        ("programme_families", ("Område", "Værdi"), (("Gellerup", "75"), ("Viby Syd", "44"))),
    ],
)  # fmt: skip
def test_no_table_repeats_what_stands_above_it(
    handed_in: Paper, indicator_id: str, columns: tuple[str, ...], rows: tuple[Any, ...]
) -> None:
    item = next(item for item in handed_in.items if item.indicator.indicator_id == indicator_id)
    table = _item(item, Chart("", 1, 1))["table"]
    table_rows = tuple(tuple(cell.replace("\u00a0", " ") for cell in row) for row in table["rows"])
    assert (table["columns"], table_rows) == (columns, rows)
