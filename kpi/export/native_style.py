"""What all native charts of a deck share: frame, axes, labels, whiskers. Sizes are in points."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.util import Pt

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, LIMIT, PEER, TARGET, Role, Scale
from kpi.export.chart_series import Series

LABEL_SIZE, AXIS_SIZE = 14, 12
LABEL_STEP = 18.0
LINE_WIDTH: Mapping[Role, float] = {
    FOCUS: 3.5, BENCHMARK: 2.25, PEER: 1.5, TARGET: 1.5, LIMIT: 1.75,
}  # fmt: skip
_NS = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
# How far a line reaches, and the formula that gives it.
Reach = tuple[float, str]
_AFTER_ERROR_BARS = ("cat", "val", "xVal", "yVal", "shape", "smooth", "bubbleSize", "extLst")
_NOT_SHOWN = "".join(
    f'<c:{name} val="0"/>'
    for name in (
        "showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize",
    )
)  # fmt: skip
_THOUSANDS, _MILLIONS = r"0\.000", r"0\.000\.000"
_NICE_STEPS = [
    round(factor * 10.0**power, 10)
    for power in range(-6, 13)
    for factor in ((1, 2, 4, 5) if power < 1 else (1, 2, 2.5, 4, 5))
]
_MOST_DECIMALS = 6
# A step of whole numbers is taken if it is no more than this part of the values' width.
_WHOLE_FROM = 0.6
_C15 = 'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"'
_LABEL_EXTENSION = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_RANGE_EXTENSION = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
# Labels that are moved would else get black lines to their points in some programs.
_NO_LEADERS = (
    f'<c:extLst {_NS}><c:ext uri="{_LABEL_EXTENSION}" {_C15}><c15:showLeaderLines val="0"/>'
    "</c:ext></c:extLst>"
)
_FROM_CELL = (
    f'<c:extLst><c:ext uri="{_LABEL_EXTENSION}" {_C15}>'
    '<c15:showDataLabelsRange val="1"/></c:ext></c:extLst>'
)


@dataclass(frozen=True)
class Plot:
    """A chart's size and the margins around its plot, all in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def inner_width(self) -> float:
        """From the first to the last value of the horizontal axis."""
        return self.width - self.left - self.right

    @property
    def inner_height(self) -> float:
        """From the first to the last value of the vertical axis."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True)
class Ticks:
    """An axis from `low` with a tick at each further `step`; `high` is where programs end it.

    `is_closed`: it must be told to end there.
    """

    low: float
    high: float
    step: float
    is_closed: bool = False

    def format_code(self, scale: Scale) -> str:
        """The axis' number format: decimals only as the steps need, the unit on the top tick only.

        The points of thousands are written as letters: a format's own follow the machine.
        """
        last = self.low + math.floor((self.high - self.low) / self.step + 1e-9) * self.step
        top = f"[>={last - self.step / 2:.6g}]"
        unit = f'"{scale.unit_mark}"'
        if not _is_whole(self.step) or not _is_whole(self.low):
            number = "0." + "0" * _decimals(self.step, self.low)
            return f"{top}{number}{unit};{number}" if scale.unit_mark else number
        if last >= 1_000_000:
            return f"[>=1000000]{_MILLIONS};[>=1000]{_THOUSANDS};0"
        number = _THOUSANDS if last >= 1000 else "0"
        smaller = f"[>=1000]{_THOUSANDS};0" if last >= 1000 else "0"
        return f"{top}{number}{unit};{smaller}" if scale.unit_mark else smaller


@dataclass(frozen=True)
class Label:
    """A text at a point; `right` and `down` move it from its usual place. May have line breaks.

    `formula` gives it in the chart's workbook; empty where it follows from no number.
    """

    place: int
    text: str
    role: Role = PEER
    position: str = "r"
    right: float = 0.0
    down: float = 0.0
    size: float = LABEL_SIZE
    bold: bool | None = None
    veiled: bool = False
    formula: str = ""


def nice_step(width: float, most: int) -> float:
    """The smallest of 1, 2, 2.5, 4, 5 x 10^n that divides a width into fewer than `most` steps."""
    magnitude = math.floor(math.log10(width / most))
    steps = (
        factor * 10.0**power
        for power in (magnitude, magnitude + 1, magnitude + 2)
        for factor in (1, 2, 2.5, 4, 5)
    )
    return next(round(step, 10) for step in steps if width / step < most)


def ticks_from(low: float, values: Sequence[float], scale: Scale, most: int = 5) -> Ticks:
    """An axis from `low` over the values; below 0 from the tick at or under it, so that 0 is one.

    `high` is what programs make of it that choose it: they end the axis at the first tick above the
    largest value, some a twentieth of the values' width above it. Steps are preferred that are
    whole numbers, at which both end it in the same place.
    """
    largest = max(*values, low)
    width = (largest - low) or abs(largest) or 1.0
    beyond = 0.05 * (largest - min(values))

    def start(step: float) -> float:
        """Where the axis begins."""
        return low if low >= 0 else round(math.floor(low / step + 1e-9) * step, 10)

    def end(step: float, value: float) -> float:
        """The first tick at or above a value."""
        return round(start(step) + math.ceil((value - start(step)) / step - 1e-9) * step, 10)

    least = nice_step(1.2 * width, most)
    steps = [step for step in _NICE_STEPS if least <= step <= max(2 * least, _WHOLE_FROM * width)]
    step = min(
        steps,
        key=lambda step: (
            not _is_whole(step),
            end(step, largest) != end(step, largest + beyond),
            not _is_whole(start(step) / step),
            step,
        ),
    )
    low = start(step)
    high = max(end(step, largest + beyond), low + step)
    if scale.top is not None and high > scale.top >= largest:
        return Ticks(low, scale.top, nice_step(scale.top - low, most), is_closed=True)
    return Ticks(low, high, step)


def _decimals(*numbers: float) -> int:
    """How many decimals the numbers need."""
    return next(
        (many for many in range(_MOST_DECIMALS) if all(_is_whole(n * 10**many) for n in numbers)),
        _MOST_DECIMALS,
    )


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-9


def colour(value: str) -> Any:
    """`#00529B` as the library writes colours."""
    return RGBColor.from_string(value.removeprefix("#"))


def points(size: float) -> Any:
    """A length in points as the library takes it."""
    return Pt(size)


def bare(chart: Any, plot: Plot) -> None:
    """Removes legend and title, and fixes the plot's place, so that labels have room."""
    chart.has_legend = False
    chart.has_title = False
    chart.font.size = Pt(AXIS_SIZE)
    chart.font.color.rgb = colour(style.GREY_TEXT)
    area = chart._chartSpace.chart.plotArea
    for layout in area.findall(tag("layout")):
        area.remove(layout)
    parts = {
        "x": plot.left / plot.width, "y": plot.top / plot.height,
        "w": plot.inner_width / plot.width, "h": plot.inner_height / plot.height,
    }  # fmt: skip
    sizes = "".join(f'<c:{key} val="{value:.5f}"/>' for key, value in parts.items())
    layout = (
        f'<c:layout {_NS}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{sizes}</c:manualLayout></c:layout>'
    )
    area.insert(0, parse_xml(layout))


def value_axis(axis: Any, ticks: Ticks, scale: Scale, grid: bool = True) -> None:
    """A value axis: grid lines and grey numbers, no line of its own.

    It has no end of its own, so that a larger number that somebody types is still seen; but a share
    that comes near the most that it can be, as programs would go on beyond that.
    """
    axis.minimum_scale, axis.major_unit = ticks.low, ticks.step
    if ticks.is_closed:
        axis.maximum_scale = ticks.high
    axis.has_major_gridlines = grid
    if grid:
        stroke(axis.major_gridlines.format.line, style.GRID, 0.75)
    axis.format.line.fill.background()
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format = ticks.format_code(scale)
    axis.tick_labels.number_format_is_linked = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def logarithmic(axis: Any) -> None:
    """Turns a value axis, whose least value is a power of ten, into one by powers of ten."""
    axis._element.find(tag("scaling")).insert(0, parse_xml(f'<c:logBase {_NS} val="10"/>'))


def no_axis(axis: Any, low: float, high: float) -> None:
    """An axis that only orders rows: nothing of it is seen."""
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.has_major_gridlines = False
    axis.format.line.fill.background()
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE


def stand_on_edges(axis: Any) -> None:
    """Places the first and the last category at the edges of the plot."""
    element = axis._element
    for crossing in element.findall(tag("crossBetween")):
        element.remove(crossing)
    element.find(tag("crosses")).addnext(parse_xml(f'<c:crossBetween {_NS} val="midCat"/>'))


def name_every(axis: Any, step: int) -> None:
    """Names and marks only each `step`th category."""
    last = axis._element.find(tag("noMultiLvlLbl"))
    for name in ("tickLblSkip", "tickMarkSkip"):
        last.addprevious(parse_xml(f'<c:{name} {_NS} val="{step}"/>'))


def stroke(line: Any, shade: str, width: float, dashed: bool = False) -> None:
    """A line's colour and width."""
    line.color.rgb = colour(shade)
    line.width = Pt(width)
    if dashed:
        line.dash_style = MSO_LINE.ROUND_DOT


def label_points(chart_data: Series, series: Any, labels: Sequence[Label], plot: Plot) -> None:
    """Writes labels from cells of the workbook at points of a series, and none at its others."""
    ordered = sorted(labels, key=lambda label: label.place)
    point_labels = series._element.get_or_add_dLbls()
    for child in list(point_labels):
        point_labels.remove(child)
    for label in ordered:
        point_labels.append(parse_xml(_label_xml(label, plot)))
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent",
                 "showBubbleSize"):  # fmt: skip
        point_labels.append(parse_xml(f'<c:{name} {_NS} val="0"/>'))
    point_labels.append(parse_xml(_NO_LEADERS))
    if not ordered:
        return
    cells = chart_data.beside(series._element.idx.val, "label")
    shown = "".join(
        f'<c:pt idx="{label.place}"><c:v>{escape(label.text)}</c:v></c:pt>' for label in ordered
    )
    for label in ordered:
        cells.put(label.place, label.text, label.formula)
    extension = (
        f'<c:extLst {_NS}><c:ext uri="{_RANGE_EXTENSION}" {_C15}><c15:datalabelsRange>'
        f'<c15:f>{cells.at}</c15:f><c15:dlblRangeCache><c:ptCount val="{cells.count}"/>{shown}'
        "</c15:dlblRangeCache></c15:datalabelsRange></c:ext></c:extLst>"
    )
    series._element.append(parse_xml(extension))


def _label_xml(label: Label, plot: Plot) -> str:
    bold = label.role != PEER if label.bold is None else label.bold
    font = (
        f'lang="da-DK" sz="{round(label.size * 100)}" b="{int(bold)}"><a:solidFill><a:srgbClr '
        f'val="{style.TEXT_COLOUR[label.role].removeprefix("#")}"/></a:solidFill>'
    )
    # Programs that know no labels from cells show the text itself.
    field_id = f"{{5B0C1D52-7A3E-4C60-9F41-{label.place:012X}}}"
    written = (
        f'<a:p><a:pPr><a:defRPr {font}</a:defRPr></a:pPr><a:fld id="{field_id}" type="CELLRANGE">'
        f"<a:rPr {font}</a:rPr><a:pPr><a:defRPr {font}</a:defRPr></a:pPr>"
        f"<a:t>{escape(label.text)}</a:t></a:fld></a:p>"
    )
    moved = ""
    if label.right or label.down:
        moved = (
            f'<c:layout><c:manualLayout><c:x val="{label.right / plot.width:.5f}"/>'
            f'<c:y val="{label.down / plot.height:.5f}"/></c:manualLayout></c:layout>'
        )
    veil = '<a:solidFill><a:srgbClr val="FFFFFF"><a:alpha val="85000"/></a:srgbClr></a:solidFill>'
    fill = veil if label.veiled else "<a:noFill/>"
    return (
        f'<c:dLbl {_NS}><c:idx val="{label.place}"/>{moved}<c:tx><c:rich>'
        '<a:bodyPr wrap="none" lIns="38100" tIns="0" rIns="38100" bIns="0" anchor="ctr">'
        f"<a:spAutoFit/></a:bodyPr><a:lstStyle/>{written}</c:rich></c:tx>"
        f"<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:dLblPos val="{label.position}"/>{_NOT_SHOWN}{_FROM_CELL}</c:dLbl>'
    )


def error_bars(
    chart_data: Series, series: Any, direction: str, ends: Mapping[int, tuple[Reach, Reach]],
    look: tuple[str, float], caps: bool = True, dashed: bool = False,
) -> None:  # fmt: skip
    """Lines from points of a series: `ends` has how far down (left) and up (right) of each.

    `direction` is "x" or "y", `look` colour and width. The library has no call for it.
    """
    sides = "".join(_reach_xml(chart_data, series, kind, ends) for kind in ("plus", "minus"))
    shade, width = look
    dash = '<a:prstDash val="sysDot"/>' if dashed else ""
    bars = parse_xml(
        f'<c:errBars {_NS}><c:errDir val="{direction}"/><c:errBarType val="both"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="{int(not caps)}"/>{sides}'
        f'<c:spPr><a:ln w="{round(width * 12700)}"><a:solidFill><a:srgbClr '
        f'val="{shade.removeprefix("#")}"/></a:solidFill>{dash}</a:ln></c:spPr></c:errBars>'
    )
    element = series._element
    later = [child for child in element if child.tag in map(tag, _AFTER_ERROR_BARS)]
    later[0].addprevious(bars)


def _reach_xml(
    chart_data: Series, series: Any, kind: Literal["minus", "plus"],
    ends: Mapping[int, tuple[Reach, Reach]],
) -> str:  # fmt: skip
    cells = chart_data.beside(series._element.idx.val, kind)
    points = ""
    for place, sides in sorted(ends.items()):
        length, formula = sides[kind == "plus"]
        cells.put(place, max(length, 0.0), formula)
        points += f'<c:pt idx="{place}"><c:v>{max(length, 0.0):.10g}</c:v></c:pt>'
    return (
        f"<c:{kind}><c:numRef><c:f>{cells.at}</c:f><c:numCache><c:formatCode>General"
        f'</c:formatCode><c:ptCount val="{cells.count}"/>{points}</c:numCache></c:numRef>'
        f"</c:{kind}>"
    )


def marker(owner: Any, size: int, shade: str, hollow: bool = False) -> None:
    """The round mark of a series or a point; white inside where it is hollow."""
    owner.marker.style = XL_MARKER_STYLE.CIRCLE
    owner.marker.size = size
    owner.marker.format.fill.solid()
    owner.marker.format.fill.fore_color.rgb = colour(style.WHITE if hollow else shade)
    stroke(owner.marker.format.line, shade, 2.25 if hollow else 0.75)


def arrow(series: Any) -> None:
    """Lets a series' line end in an arrowhead."""
    line = series.format.line._get_or_add_ln()
    line.append(parse_xml(f'<a:tailEnd {_NS} type="triangle"/>'))


def no_marker(owner: Any) -> None:
    """Takes the mark of a series or a point away."""
    owner.marker.style = XL_MARKER_STYLE.NONE


def tag(name: str) -> str:
    """The full name of an element of a chart."""
    return "{http://schemas.openxmlformats.org/drawingml/2006/chart}" + name
