"""The short status as a Word paper: the texts of the PDF, for people to go on writing in."""

from collections.abc import Iterator
from dataclasses import replace

from kpi.charts.marks import Frame
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.wording import capital, in_text, sentences
from kpi.exhibits.comments import COMMENTS
from kpi.export.annexes import annex_numbers
from kpi.export.paper import Item, Paper, case_words
from kpi.export.short_status import (
    NOT_REPORTED_ON,
    TITLE,
    AreaColumn,
    OutcomeLine,
    Point,
    ProgrammePage,
    Share,
    Track,
    short_status,
)
from kpi.export.submission import places_of
from kpi.export.submission_figures import reading_of
from kpi.export.vectors import charts
from kpi.export.word import CHART_WIDTH, chart_png, word_file
from kpi.export.word_content import (
    Block,
    Caption,
    Grid,
    Heading,
    Picture,
    Reference,
    Span,
    Strong,
    Text,
    WordPaper,
    keyed,
    text,
)

KIND = "status"
_CHART_HEIGHT, _CHART_CM, _MANY_OUTCOMES = 105, 13.0, 8
# Shares of a row that leave all but the longest names on one line.
_NAME, _WIDE, _VERDICT = 4.6, 4.9, 3.5


def status_file(paper: Paper, catalog: Catalog, template: bytes | None = None) -> bytes:
    """The short status (.docx), in a template of one's own, if any.

    Raises KpiError where there is no browser that draws its chart, and for a template that is no
    Word document.
    """
    return word_file(status_paper(paper, catalog), paper, KIND, template)


def status_paper(paper: Paper, catalog: Catalog) -> WordPaper:
    """The short status as blocks."""
    status = short_status(paper, catalog)
    annex, _ = annex_numbers(paper)
    blocks: list[Block] = []
    if status.tracks:
        blocks += keyed("Indledning", [text(status.lead)])
    if status.corrected:
        blocks += keyed("Rettet", [text(status.corrected)])
    if status.tracks:
        for track in status.tracks:
            blocks += keyed(f"Spor {track.name}", _track(track))
        remarks = text(sentences(*status.remarks, status.note), kind="source")
        blocks += keyed("Om figurerne", [remarks])
    if status.programme:
        blocks += keyed("Program", _programme(status.programme, paper, bool(status.tracks)))
    if status.comments:
        said = [text(comment) for comment in status.comments]
        blocks += keyed("Bemærkninger", [Heading(COMMENTS), *said])
    if not status.programme:
        blocks += keyed("Data", [text(sentences(paper.dated, paper.basis), kind="source")])
    return WordPaper(
        title=status.title,
        subject=f"{TITLE}: {paper.occasion}" if paper.occasion else TITLE,
        description=f"{paper.dated}. {paper.basis}.",
        head=(f"Bilag {annex}: {TITLE}", paper.authority),
        occasion=paper.occasion,
        places=places_of(paper, status.title, TITLE),
        category=paper.choice.case.department,
        keywords=case_words(paper, annex),
        blocks=tuple(blocks),
        is_brief=True,
    )


def _track(track: Track) -> Iterator[Block]:
    yield Heading(track.name)
    if figure := track.figure:
        numbers = ", ".join(f"{row.number} {row.label}".strip() for row in figure.rows)
        said = sentences(f"{numbers} ({in_text(figure.measure)})")
        yield text(f"{track.counts} · ", Strong(f"{figure.title}: "), said, kind="source")
    else:
        yield text(track.counts, kind="source")
    for point in track.points:
        yield replace(_point(point), key=f"{track.name} {point.name or point.state}")


def _point(point: Point) -> Text:
    if not point.name:
        return text(Strong(f"{NOT_REPORTED_ON}: "), sentences(point.said), kind="bullet")
    state = f" ({in_text(point.state)})" if point.state else ""
    return text(Strong(point.name), f"{state}: {sentences(point.said)}", kind="bullet")


def _programme(page: ProgrammePage, paper: Paper, begins_page: bool) -> Iterator[Block]:
    yield Heading(page.title, begins_page=begins_page)
    yield Caption("Tabel", 1, "Hvem indsatsen er for i hvert område")
    yield _columns(page.columns)
    for column in page.columns:
        if column.state:
            said = f": {column.said}" if column.said else ""
            state = sentences(f" ({in_text(column.state)}){said}")
            yield text(Strong(column.name), state, kind="bullet")
    if page.outcomes:
        yield Heading("Resultater i områderne", 2)
        yield text(*_finding(page.finding))
        yield Caption("Tabel", 2, "Resultater med sikkerhedsinterval (95 %)")
        yield _outcomes(page)
        judged = "Vurderingen er af det første område i forhold til det andet."
        yield text(f"{judged} {fmt.MISSING} = ikke oplyst.", kind="source")
    else:
        yield text(f"{fmt.MISSING} = ikke oplyst.", kind="source")
    if page.development:
        # Of so much else to say the chart gives way, and what must be known never.
        yield from _development(page.development, len(page.outcomes) < _MANY_OUTCOMES)
    if page.claims:
        yield Heading("Regnetjek", 2)
        yield text(sentences(*(claim.text for claim in page.claims)))
    yield Heading("Forbehold og kilder", 2)
    yield text(sentences(*page.caveats, page.sources, paper.dated, paper.basis), kind="source")


def _finding(finding: str) -> Iterator[Span]:
    """What the outcomes say, its first sentence with a reference to their table."""
    first, _, rest = finding.partition(". ")
    yield f"{first.rstrip('.')}, jf. "
    yield Reference("Tabel", 2)
    yield f". {rest}".rstrip()


def _columns(columns: tuple[AreaColumn, ...]) -> Grid:
    names = dict.fromkeys(name for column in columns for name, _ in column.facts)
    rows = [
        (name, *(dict(column.facts).get(name, fmt.MISSING) for column in columns)) for name in names
    ]
    head = ("Område", *(column.name for column in columns))
    return Grid(head, tuple(rows), (1.6, *[1.0] * len(columns)), "Hvem indsatsen er for")


def _outcomes(page: ProgrammePage) -> Grid:
    """A row for each population, and under it one for each of its outcomes."""
    rows: list[tuple[str, ...]] = []
    group = ""
    for line in page.outcomes:
        if line.group != group:
            group = line.group
            rows.append((capital(group), *[""] * len(page.columns), ""))
        rows.append(_outcome(line))
    # An area without any of them has its column in the table above.
    shown = [
        place
        for place in range(len(page.columns))
        if any(line.cells[place] for line in page.outcomes)
    ]
    places = [0, *(1 + place for place in shown), 1 + len(page.columns)]
    return Grid(
        ("Resultat", *(page.columns[place].name for place in shown), "Vurdering"),
        tuple(tuple(row[place] for place in places) for row in rows),
        (_NAME, *[_WIDE] * len(shown), _VERDICT),
        "Resultater i hvert område: antal af gruppen, procent og sikkerhedsinterval",
    )


def _outcome(line: OutcomeLine) -> tuple[str, ...]:
    return (line.name, *(_share(cell) for cell in line.cells), line.verdict or fmt.MISSING)


def _share(cell: Share | None) -> str:
    if cell is None:
        return fmt.MISSING
    return f"{cell.counts} ({cell.percent}; {fmt.interval(cell.low, cell.high)})"


def _development(item: Item, is_drawn: bool) -> Iterator[Block]:
    yield Heading(item.indicator.name, 2)
    if not is_drawn:
        yield text(sentences(item.title, reading_of(item)))
        return
    (chart,) = charts([(item.exhibit.marks, Frame(CHART_WIDTH, _CHART_HEIGHT))])
    yield text(f"{item.title.rstrip('.')}, jf. ", Reference("Figur", 1), ". ", reading_of(item))
    yield Caption("Figur", 1, item.exhibit.subtitle or item.title)
    yield Picture(chart_png(chart), _CHART_CM, item.exhibit.alt)
