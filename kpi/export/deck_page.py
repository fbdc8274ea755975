"""One slide being filled: text in placeholders where the layout has them, else in boxes."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.shapes.connector import Connector
from pptx.util import Emu, Inches, Pt

from kpi.domain.format import joined
from kpi.export.deck_layouts import (
    MEASURE,
    READING,
    SOURCE,
    SUBJECT,
    Layouts,
    name_of,
    name_places,
)  # fmt: skip
from kpi.export.deck_places import Area, area_of, room_in, usual_size, words_before_number
from kpi.export.deck_text import (
    SERIF,
    fitting_size,
    on_one_line,
    text_height,
    text_width,
)

_FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_CONTENT = (
    PP_PLACEHOLDER.CHART, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.PICTURE, PP_PLACEHOLDER.BODY,
    PP_PLACEHOLDER.TABLE,
)  # fmt: skip
# The library's number of the first place that is no title.
_SUBTITLE = 1
_MARGIN = 0.5
# Names of boxes that are no place of a layout.
TEXT, CAVEATS, FOOT = "Tekst", "Forbehold", "Sidefod"
# A figure, and a line that is only seen.
FIGURE, RULE = "Diagram", "Linje"
# What is read after the title, in this order.
_READ = ("", SUBJECT, MEASURE, FIGURE, READING, TEXT, RULE, CAVEATS, SOURCE, FOOT)
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_TITLE_SIZES = (40, 36, 32, 28, 26, 24, 22, 20, 18, 16, 14, 12, 11, 10)
_SIZES = (*_TITLE_SIZES, 9, 8, 7)
_FOOT_SIZES = (11, 10, 9, 8, 7)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_FIELD = (
    f'<a:fld xmlns:a="{_DRAWING}" '
    'id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr lang="da-DK"/>'
    "<a:t>%d</a:t></a:fld>"
)
_DECORATIVE = (
    f'<a:extLst xmlns:a="{_DRAWING}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
    'val="1"/></a:ext></a:extLst>'
)


@dataclass(frozen=True)
class Look:
    """How a text is written: size in points, colour of the theme, bold."""

    size: float
    colour: Any = MSO_THEME_COLOR.TEXT_2
    bold: bool = False


SUBJECT_LOOK = Look(14, MSO_THEME_COLOR.ACCENT_1, bold=True)
GREY_LOOK = Look(15)
READING_LOOK = Look(15, MSO_THEME_COLOR.TEXT_1)
SMALL_LOOK = Look(11)


class Page:
    """A slide made on one of the layouts; `area` is what is left of it for its content."""

    def __init__(self, layouts: Layouts, layout: Any) -> None:
        self.number = len(layouts.presentation.slides) + 1
        self.slide = layouts.presentation.slides.add_slide(layout)
        self._layout = layout
        self._heading_share = layouts.heading_share
        numbers = {name_of(place): place.placeholder_format.idx for place in layout.placeholders}
        places = {place.placeholder_format.idx: place for place in self.slide.placeholders}
        self._named = {name: places[number] for name, number in numbers.items() if name}
        # Where the layout has a line over the title, what is under it follows its last line.
        self._flows = SUBJECT in self._named
        self._slide_box = Area(
            0,
            0,
            Emu(layouts.presentation.slide_width).pt,
            Emu(layouts.presentation.slide_height).pt,
        )
        self._add_foot()
        self.area = self._whole_area()

    def title(self, text: str) -> None:
        """Writes the title in the size that fits, and begins the area under it."""
        text = on_one_line(text)
        shape = self.slide.shapes.title
        if shape is None:
            self.text(text, Look(24, MSO_THEME_COLOR.TEXT_1, bold=True))
            return
        usual = usual_size(shape)
        sizes = [usual, *(size for size in _TITLE_SIZES if size < usual)]
        width, height = room_in(shape)
        width *= self._heading_share
        size = fitting_size(text, sizes, width, height, SERIF)
        if self._flows:
            # On one line if a little smaller is enough.
            one_line = (size for size in sizes[:3] if text_width(text, size, SERIF) <= width)
            size = next(one_line, size)
            place, high = area_of(shape), text_height(text, size, width, SERIF)
            self._begin(place.top + high + 3)
            # As high as it is, so that a wider font becomes smaller instead of going on below.
            at = Area(place.left, place.top, place.width, high)
            shape.left, shape.top, shape.width, shape.height = at.box
        _write(shape, text, None if size == usual else size)

    def subject(self, text: str) -> None:
        """Writes the blue line over the title; in a template it is under it."""
        if not self.fill(SUBJECT, text):
            self.text(text, SUBJECT_LOOK, SUBJECT)

    def subtitle(self, lines: Sequence[str]) -> None:
        """Writes the lines under a front's title."""
        places = {place.placeholder_format.idx: place for place in self.slide.placeholders}
        if _SUBTITLE in places:
            self.fit(places[_SUBTITLE], *lines)
            return
        for line in lines:
            self.text(line, Look(18))

    def text(self, text: str, look: Look, name: str = "", gap: float = 4) -> None:
        """Writes a text at the top of the area, which shrinks by it; nothing for an empty one.

        `name` is that of the layout's place for it, if it has one.
        """
        if text:
            height = text_height(text, look.size, self.area.width) + 2
            self.write(text, look, self._cut(height, gap), name)

    def measure(self, text: str) -> None:
        """Writes what the figure measures, under the title."""
        self.text(text, GREY_LOOK, MEASURE, gap=10)

    def reading(self, text: str, size: float = READING_LOOK.size) -> None:
        """Writes how the figure is read, under it."""
        self.text(text, replace(READING_LOOK, size=size), READING, gap=8)

    def room_for(self, text: str, look: Look) -> float:
        """The height in points that a text would take, its gap included."""
        return text_height(text, look.size, self.area.width) + 10 if text else 0.0

    def take(self, height: float, gap: float = 6) -> Area:
        """The upper part of the area, which shrinks by it."""
        return self._cut(min(height, self.area.height), gap)

    def gap(self, height: float) -> None:
        """Leaves room before what follows."""
        self._begin(self.area.top + height)

    def begin(self, left: float, top: float, width: float) -> None:
        """What follows is written there, down to where the area ends."""
        self.area = Area(left, top, width, self.area.bottom - top)

    def rule(self, area: Area) -> None:
        """A grey line, as wide and high as the area, that is not read aloud."""
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *area.box)
        shape.name = RULE
        shape.line.fill.background()
        shape.fill.solid()
        shape.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_2
        shape.shadow.inherit = False
        shape._element.nvSpPr.cNvPr.append(parse_xml(_DECORATIVE))

    def foot(self, source: str, dated: str, occasion: str) -> None:
        """Writes source, day, occasion and page number, in the template's places where it has them.

        Called before the content: without such places the text takes its room from the area.
        """
        placeholders = {shape.placeholder_format.type: shape for shape in self.slide.placeholders}
        words = {PP_PLACEHOLDER.DATE: dated, PP_PLACEHOLDER.FOOTER: occasion}
        homeless = []
        for kind, text in words.items():
            if kind in placeholders and text:
                self._fit_foot(placeholders[kind], text)
            elif text:
                homeless.append(text)
        numbered = PP_PLACEHOLDER.SLIDE_NUMBER in placeholders
        if numbered:
            self._write_number(placeholders[PP_PLACEHOLDER.SLIDE_NUMBER])
        if self.fill(SOURCE, source):
            source = ""
        lines = [line for line in (source, " · ".join(homeless)) if line]
        text = "\n".join(lines)
        if not text and numbered:
            return
        height = sum(text_height(line, 11, 0.8 * self.area.width) for line in lines or [""]) + 4
        box = Area(self.area.left, self.area.bottom - height, self.area.width, height)
        self.area = Area(
            self.area.left, self.area.top, self.area.width, self.area.height - height - 4
        )
        shape = self.write(text, SMALL_LOOK, box, FOOT)
        if not numbered:
            paragraph = shape.text_frame.paragraphs[-1]
            run = paragraph.add_run()
            run.text = " · Side " if text else "Side "
            _style(run.font, SMALL_LOOK)
            paragraph._p.append(parse_xml(_FIELD % self.number))

    def into_placeholder(self, frame: Any) -> None:
        """Puts a graphic frame in the layout's place for a chart, where it has one."""
        for shape in list(self.slide.placeholders):
            kind = shape.placeholder_format.type
            if kind in (PP_PLACEHOLDER.CHART, PP_PLACEHOLDER.OBJECT):
                properties = frame._element.find("{*}nvGraphicFramePr/{*}nvPr")
                properties.insert(0, deepcopy(shape._element.ph))
                shape._element.addprevious(frame._element)
                shape._element.getparent().remove(shape._element)
                return

    def fill(self, name: str, text: str) -> bool:
        """Writes a text into the layout's place of that name; whether it has one."""
        place = self._named.get(name)
        if place is not None:
            self.fit(place, text)
        return place is not None

    def fit(self, place: Any, *lines: str) -> None:
        """Writes lines into a placeholder, in its own size or the largest smaller one that fits."""
        usual = usual_size(place)
        width, height = room_in(place)
        lines = tuple(map(on_one_line, lines))
        sizes = [usual, *(size for size in _SIZES if size < usual)]
        heights = {size: sum(text_height(line, size, width) for line in lines) for size in sizes}
        size = next((size for size in sizes if heights[size] <= height), sizes[-1])
        _write(place, "\n".join(lines), None if size == usual else size)

    def finish(self) -> None:
        """Removes places that nothing came into, names the others, and puts all in reading order.

        A screen reader reads a slide's shapes in their order: title, figure, how it is read, what
        to be careful with, source, and what is on every slide.
        """
        for shape in list(self.slide.placeholders):
            empty = shape.has_text_frame and not shape.text_frame.text
            if empty and not shape._element.findall(".//{*}fld"):
                shape._element.getparent().remove(shape._element)
        name_places(self.slide)
        for name, place in self._named.items():
            place.name = name
        tree = self.slide.shapes._spTree
        for shape in sorted(self.slide.shapes, key=self._reading_place):
            tree.append(shape._element)

    def _reading_place(self, shape: Any) -> int:
        """How early a shape is read."""
        if shape.is_placeholder:
            kind = shape.placeholder_format.type
            if kind in _TITLES:
                return 0
            if kind in _FOOT:
                return len(_READ)
        if shape.has_chart or shape.has_table or shape.name == FIGURE:
            return _READ.index(FIGURE)
        return _READ.index(shape.name) if shape.name in _READ else _READ.index(TEXT)

    def _add_foot(self) -> None:
        # The library leaves these three behind.
        for shape in self._layout.placeholders:
            if shape.placeholder_format.type in _FOOT:
                element = deepcopy(shape._element)
                properties = element.find("{*}spPr")
                for child in list(properties):
                    properties.remove(child)
                element.find("{*}nvSpPr/{*}cNvPr").set("id", str(self._next_id()))
                self.slide.shapes._spTree.append(element)
                for paragraph in element.findall("{*}txBody/{*}p")[1:]:
                    paragraph.getparent().remove(paragraph)
                for part in list(element.find("{*}txBody/{*}p")):
                    part.getparent().remove(part)
                style = element.find("{*}txBody/{*}lstStyle")
                for child in list(style):
                    style.remove(child)

    def _next_id(self) -> int:
        return max(int(element.get("id")) for element in self.slide._element.iter("{*}cNvPr")) + 1

    def _whole_area(self) -> Area:
        content = [
            shape
            for shape in self._layout.placeholders
            if shape.placeholder_format.type in _CONTENT and not name_of(shape)
        ]
        title = self.slide.shapes.title
        if len(content) == 1 and not self._flows:
            return area_of(content[0])
        margin = Inches(_MARGIN).pt
        top = area_of(title).bottom + 6 if title is not None else margin
        feet = [
            area_of(shape).top - 4
            for shape in self._layout.placeholders
            if shape.placeholder_format.type in _FOOT
        ]
        lines = [shape for shape in self._layout.shapes if isinstance(shape, Connector)]
        feet += [area_of(line).top - 6 for line in lines]
        # A foot at the top or at a side is no bottom.
        bottom = min(
            (foot for foot in feet if foot > top + 0.5 * self._slide_box.height),
            default=self._slide_box.height - margin - 4,
        )
        left, width = (
            (area_of(title).left, area_of(title).width)
            if title is not None
            else (margin, self._slide_box.width - 2 * margin)
        )
        return Area(left, top, width, bottom - top)

    def _begin(self, top: float) -> None:
        self.area = Area(self.area.left, top, self.area.width, self.area.bottom - top)

    def _cut(self, height: float, gap: float) -> Area:
        cut = Area(self.area.left, self.area.top, self.area.width, height)
        self._begin(cut.bottom + gap)
        return cut

    def paragraphs(
        self, texts: Sequence[tuple[str, Look]], area: Area, gap: float, name: str = CAVEATS
    ) -> None:
        """Writes texts under each other in one box, `gap` points apart.

        In a wider font they move each other down, where boxes of their own would overprint.
        """
        shape = self.write("", texts[0][1], area, name)
        for place, (text, look) in enumerate(texts):
            paragraph = (
                shape.text_frame.add_paragraph() if place else shape.text_frame.paragraphs[0]
            )
            paragraph.space_before = Pt(gap if place else 0)
            run = paragraph.add_run()
            run.text = joined(on_one_line(text))
            _style(run.font, look)

    def write(self, text: str, look: Look, area: Area, name: str = "") -> Any:
        """Writes a text into its own box; the area stays as it is. The box is returned."""
        shape = self._named.get(name)
        if shape is not None:
            _write(shape, text, None if look.size == usual_size(shape) else look.size)
            shape.left, shape.top, shape.width, shape.height = area.box
            return shape
        shape = self.slide.shapes.add_textbox(*area.box)
        shape.name = name or TEXT
        frame = shape.text_frame
        frame.word_wrap = True
        # Letters of a wider font, where ours is missing, become smaller instead of going on below.
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.text = joined(text)
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                _style(run.font, look)
        return shape

    def _fit_foot(self, shape: Any, text: str) -> None:
        width, height = room_in(shape)[0], max(area_of(shape).height, 14)
        size = fitting_size(text, _FOOT_SIZES, width, height)
        _write(shape, text, None if size == usual_size(shape) else size)

    def _write_number(self, shape: Any) -> None:
        """Writes the slide's number, with the words that the layout has before it."""
        paragraph = shape.text_frame.paragraphs[0]
        words = words_before_number(shape)
        if words:
            paragraph.add_run().text = words
        paragraph._p.append(parse_xml(_FIELD % self.number))


def _write(shape: Any, text: str, size: float | None) -> None:
    """Writes a text into a placeholder; with a size, in another than the layout's."""
    shape.text_frame.text = joined(text)
    shape.text_frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    if size is not None:
        for paragraph in shape.text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(size)


def _style(font: Any, look: Look) -> None:
    font.size = Pt(look.size)
    font.bold = look.bold
    font.color.theme_color = look.colour
