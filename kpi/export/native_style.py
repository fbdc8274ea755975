"""What all native charts of a deck share: frame, axes, labels, whiskers. Sizes are in points."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.util import Pt

from kpi.charts import style
from kpi.charts.marks import BENCHMARK, FOCUS, LIMIT, PEER, TARGET, Role, Scale

LABEL_SIZE, AXIS_SIZE = 14, 12
LABEL_STEP = 18.0
LINE_WIDTH: Mapping[Role, float] = {
    FOCUS: 3.5, BENCHMARK: 2.25, PEER: 1.5, TARGET: 1.5, LIMIT: 1.75,
}  # fmt: skip
_NS = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_AFTER_ERROR_BARS = ("cat", "val", "xVal", "yVal", "shape", "smooth", "bubbleSize", "extLst")
_SHOWN = "".join(
    f'<c:{name} val="{int(name == "showVal")}"/>'
    for name in (
        "showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize",
    )
)  # fmt: skip


# Labels that are moved would else get black lines to their points in some programs.
_NO_LEADERS = (
    f'<c:extLst {_NS}><c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}" xmlns:c15="http://'
    'schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext>'
    "</c:extLst>"
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
    """An axis from `low` to `high` with a tick at `low` and at each further `step`."""

    low: float
    high: float
    step: float

    def format_code(self, scale: Scale) -> str:
        """The axis' number format: decimals as the steps need, the unit on the top tick only.

        Written as all spreadsheets store it; each shows it in the marks of its own language.
        """
        is_integer = float(self.step).is_integer() and float(self.low).is_integer()
        number = "#,##0" if is_integer else "#,##0." + "0" * max(1, scale.decimals)
        if not scale.unit_mark:
            return number
        last = self.low + math.floor((self.high - self.low) / self.step + 1e-9) * self.step
        return f'[>={last - self.step / 2:.6g}]{number}"{scale.unit_mark}";{number}'


@dataclass(frozen=True)
class Label:
    """A text at a point; `right` and `down` move it from its usual place. May have line breaks."""

    place: int
    text: str
    role: Role = PEER
    position: str = "r"
    right: float = 0.0
    down: float = 0.0
    size: float = LABEL_SIZE
    bold: bool | None = None
    veiled: bool = False


def nice_step(width: float, most: int) -> float:
    """The smallest of 1, 2, 2.5, 4, 5 x 10^n that divides a width into fewer than `most` steps."""
    magnitude = math.floor(math.log10(width / most))
    steps = (
        factor * 10.0**power
        for power in (magnitude, magnitude + 1, magnitude + 2)
        for factor in (1, 2, 2.5, 4, 5)
    )
    return next(round(step, 10) for step in steps if width / step < most)


def ticks_from(low: float, high: float, most: int = 5) -> Ticks:
    """Round ticks that take in the range; the axis starts at a tick, as spreadsheets draw it."""
    step = nice_step(high - low, most)
    return Ticks(round(math.floor(low / step + 1e-9) * step, 10), high, step)


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
    """A value axis: grid lines and grey numbers, no line of its own."""
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ticks.low, ticks.high, ticks.step
    axis.has_major_gridlines = grid
    if grid:
        stroke(axis.major_gridlines.format.line, style.GRID, 0.75)
    axis.format.line.fill.background()
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format = ticks.format_code(scale)
    axis.tick_labels.number_format_is_linked = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


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


def label_points(series: Any, labels: Sequence[Label], plot: Plot) -> None:
    """Writes labels of our own wording at points of a series, and none at its others."""
    point_labels = series._element.get_or_add_dLbls()
    for child in list(point_labels):
        point_labels.remove(child)
    for label in sorted(labels, key=lambda label: label.place):
        point_labels.append(parse_xml(_label_xml(label, plot)))
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent",
                 "showBubbleSize"):  # fmt: skip
        point_labels.append(parse_xml(f'<c:{name} {_NS} val="0"/>'))
    point_labels.append(parse_xml(_NO_LEADERS))


def _label_xml(label: Label, plot: Plot) -> str:
    bold = label.role != PEER if label.bold is None else label.bold
    font = (
        f'lang="da-DK" sz="{round(label.size * 100)}" b="{int(bold)}"><a:solidFill><a:srgbClr '
        f'val="{style.TEXT_COLOUR[label.role].removeprefix("#")}"/></a:solidFill>'
    )
    paragraphs = "".join(
        f"<a:p><a:pPr><a:defRPr {font}</a:defRPr></a:pPr><a:r><a:rPr {font}</a:rPr>"
        f"<a:t>{escape(line)}</a:t></a:r></a:p>"
        for line in label.text.split("\n")
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
        f"<a:spAutoFit/></a:bodyPr><a:lstStyle/>{paragraphs}</c:rich></c:tx>"
        f"<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:dLblPos val="{label.position}"/>{_SHOWN}</c:dLbl>'
    )


def error_bars(
    series: Any, direction: str, ends: Mapping[int, tuple[float, float]], look: tuple[str, float],
    caps: bool = True, dashed: bool = False,
) -> None:  # fmt: skip
    """Lines from points of a series: `ends` has how far down (left) and up (right) of each.

    `direction` is "x" or "y", `look` colour and width. The library has no call for it.
    """
    count = max(ends) + 1
    minus, plus = (
        f'<c:numLit><c:formatCode>0.0</c:formatCode><c:ptCount val="{count}"/>'
        + "".join(
            f'<c:pt idx="{place}"><c:v>{max(sides[side], 0.0):.10g}</c:v></c:pt>'
            for place, sides in sorted(ends.items())
        )
        + "</c:numLit>"
        for side in (0, 1)
    )
    shade, width = look
    dash = '<a:prstDash val="sysDot"/>' if dashed else ""
    bars = parse_xml(
        f'<c:errBars {_NS}><c:errDir val="{direction}"/><c:errBarType val="both"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="{int(not caps)}"/>'
        f"<c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>"
        f'<c:spPr><a:ln w="{round(width * 12700)}"><a:solidFill><a:srgbClr '
        f'val="{shade.removeprefix("#")}"/></a:solidFill>{dash}</a:ln></c:spPr></c:errBars>'
    )
    element = series._element
    later = [child for child in element if child.tag in map(tag, _AFTER_ERROR_BARS)]
    later[0].addprevious(bars)


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
