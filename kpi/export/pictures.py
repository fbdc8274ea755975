"""A chart as a self-contained picture: PNG or SVG, with its finding, source and date in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from kpi.charts.marks import Frame, Marks
from kpi.charts.style import BLUE, GREY_TEXT, INK
from kpi.domain.vocabulary import PictureFormat, PictureSize
from kpi.exhibits import Exhibit
from kpi.export.fonts import FACES, SANS, SANS_BOLD, SERIF, Face
from kpi.export.lettering import Block, in_xml, wrapped
from kpi.export.paper import Item, Paper, basis_of, known_on
from kpi.export.typesetting import typeset
from kpi.export.vectors import Chart, charts, drawn_height

_LINE_COLOUR = "#D3DAE1"
# How many pixels a PNG has for each one of its form, across and down.
_SHARPNESS = 2.0
_MOST_ENLARGED = 1.35
# Of a form's height, and how much smaller the words get before it grows.
_LEAST_CHART = 0.36
_LETTERS = (1.0, 0.92, 0.84)


@dataclass(frozen=True)
class Plate:
    """A chart with the words of its picture; empty words are left out.

    `caveats` are in the small print, all of them. `basis` is what the figures were read from.
    """

    marks: Marks
    alt: str
    title: str
    subtitle: str
    reading: str
    caveats: tuple[str, ...]
    source: str
    dated: str
    basis: str
    subject: str = ""


def plate(exhibit: Exhibit, day: date, version: str) -> Plate:
    """An exhibit as a plate, as it was known on a day."""
    return Plate(
        exhibit.marks,
        exhibit.alt,
        exhibit.title,
        exhibit.measure,
        "".join(exhibit.remarks[:1]),
        exhibit.remarks[1:],
        exhibit.source,
        known_on(day),
        basis_of(version),
    )


def plate_of(item: Item, paper: Paper) -> Plate:
    """An item of a paper as a plate, with the papers' own numbers about it."""
    return replace(
        plate(item.exhibit, paper.as_of, paper.version),
        title=item.title,
        subject=item.theme.name,
        reading=item.reading,
        caveats=(*item.caveats, *item.roundings),
    )


@dataclass(frozen=True)
class Size:
    """A picture's form in its own pixels; a PNG of a file has twice as many each way.

    Without `height` it is as high as its content, and it is higher where the words leave the chart
    no room else. `chart` is how much larger than on a page the chart is drawn, the others are the
    heights of letters. `title_lines` are for the largest title.
    """

    width: int
    height: int | None
    margin: int
    title: float
    title_lines: int
    body: float
    small: float
    chart: float


SIZES: Mapping[PictureSize, Size] = {
    "slide": Size(1600, 900, 60, 42, 2, 22, 18, 1.5),
    "half": Size(800, 900, 44, 34, 3, 20, 16, 1.3),
    "a4": Size(680, None, 20, 23, 3, 15, 12, 1.0),
    "square": Size(1080, 1080, 54, 40, 3, 21, 17, 1.45),
}


def picture(plate: Plate, size: PictureSize, kind: PictureFormat) -> bytes:
    """The plate as a file in one of `SIZES`: the same bytes for the same plate.

    Raises KpiError where there is no browser that draws.
    """
    form, head, foot = _worded(plate, SIZES[size])
    taken = _taken(form, head, foot)
    room = None if form.height is None else form.height - taken
    frame, scale = _fitted(plate.marks, form, room)
    (chart,) = charts([(plate.marks, frame)])
    height = form.height or round(taken + chart.height * scale)
    svg = _composed(plate, form, height, (head, foot), (chart, scale), embed=kind == "svg")
    match kind:
        case "svg":
            return svg.encode("utf-8")
        case "svg-omrids":
            from kpi.export.outlines import outlined  # pages that only read need not load lxml

            return outlined(svg).encode("utf-8")
        case "png":
            return typeset(
                _PNG_PAGE,
                format="png",
                ppi=72 * _SHARPNESS,
                sys_inputs={"svg": svg, "width": str(form.width), "height": str(height)},
            )
    assert_never(kind)


_PNG_PAGE = b"""#set page(
  width: int(sys.inputs.width) * 1pt, height: int(sys.inputs.height) * 1pt, margin: 0pt,
)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""


def _worded(plate: Plate, form: Size) -> tuple[Size, Block, Block]:
    """The texts over and under the chart, and the form they leave the chart its room in.

    Their letters get smaller where the chart would have too little room; then the form grows.
    """
    for share in _LETTERS:
        smaller = replace(form, title=form.title * share, body=form.body * share,
                          small=form.small * share)  # fmt: skip
        head, foot = _head(plate, smaller), _foot(plate, smaller)
        if form.height is None:
            return smaller, head, foot
        least = form.height * _LEAST_CHART
        if form.height - _taken(smaller, head, foot) >= least:
            return smaller, head, foot
    return replace(smaller, height=round(_taken(smaller, head, foot) + least)), head, foot


def _taken(form: Size, head: Block, foot: Block) -> float:
    """The height that is not the chart's."""
    return head.height + foot.height + 2 * form.margin + 2 * _gap(form)


def _head(plate: Plate, form: Size) -> Block:
    block = Block(form.width - 2 * form.margin)
    if plate.subject:
        block.text([plate.subject], SANS_BOLD, form.body, BLUE)
    block.text(*_title(plate.title, form, block.width), INK, space=form.body * 0.3)
    measure = wrapped(plate.subtitle, SANS, form.body, block.width)
    block.text(measure, SANS, form.body, GREY_TEXT, space=form.body * 0.35)
    return block


def _title(title: str, form: Size, width: float) -> tuple[list[str], Face, float]:
    # A long one gets smaller letters, and then as many lines as it needs.
    for more_lines, share in enumerate((1.0, 0.82, 0.68)):
        size = round(form.title * share)
        lines = wrapped(title, SERIF, size, width)
        if len(lines) <= form.title_lines + more_lines:
            break
    return lines, SERIF, size


def _foot(plate: Plate, form: Size) -> Block:
    block = Block(form.width - 2 * form.margin)
    size = form.small
    reading = wrapped(plate.reading, SANS, form.body, block.width)
    block.text(reading, SANS, form.body, INK)
    block.rule(_LINE_COLOUR, space=size * 0.7)
    small_print = " ".join(filter(None, (plate.source, *plate.caveats)))
    lines = wrapped(small_print, SANS, size, block.width)
    block.text(lines, SANS, size, GREY_TEXT, space=size * 0.7)
    basis = f"Spor · {plate.basis[:1].lower()}{plate.basis[1:]}"
    beside = SANS_BOLD.width(plate.dated, size) + SANS.width(basis, size) + 2 * size < block.width
    block.text([plate.dated], SANS_BOLD, size, GREY_TEXT, space=size * 0.2)
    if beside:
        block.at_right(basis, SANS, size, GREY_TEXT)
    else:
        block.text(wrapped(basis, SANS, size, block.width), SANS, size, GREY_TEXT)
    return block


def _fitted(marks: Marks, form: Size, room: float | None) -> tuple[Frame, float]:
    """The frame to draw a chart in, and how much its pixels are enlarged to fill the room."""
    width = form.width - 2 * form.margin
    if room is None:
        return Frame(width / form.chart), form.chart
    frame = Frame(width / form.chart, room / form.chart)
    height = drawn_height(marks, frame)
    # Many rows are drawn smaller than wished; few are enlarged, but not to letters like a title's.
    scale = min(room / height, form.chart * _MOST_ENLARGED)
    if scale == form.chart:
        return frame, scale
    return Frame(width / scale, room / scale), scale


def _gap(form: Size) -> float:
    """The pixels between the chart and the texts above and under it."""
    return form.body * 0.6


def _composed(
    plate: Plate,
    form: Size,
    height: int,
    texts: tuple[Block, Block],
    drawn: tuple[Chart, float],
    embed: bool,
) -> str:
    head, foot = texts
    chart, scale = drawn
    top = form.margin + head.height + _gap(form)
    foot_top = height - form.margin - foot.height
    # Room that the chart does not use is under it rather than above.
    left_over = max(foot_top - _gap(form) - top - chart.height * scale, 0)
    faces = f"<style>{''.join(face.embedded for face in FACES)}</style>" if embed else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{form.width}" height="{height}" '
        f'viewBox="0 0 {form.width} {height}" role="img" lang="da">'
        f"<title>{in_xml(plate.title)}</title><desc>{in_xml(plate.alt)}</desc>{faces}"
        f'<rect width="{form.width}" height="{height}" fill="#FFFFFF"/>'
        f"{head.svg(form.margin, form.margin)}"
        f'<g transform="translate({form.margin},{top + left_over / 3:g}) scale({scale:g})">'
        f"{chart.content}</g>"
        f"{foot.svg(form.margin, foot_top)}</svg>"
    )
