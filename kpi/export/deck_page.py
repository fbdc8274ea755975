"""One slide being filled: text in placeholders where the layout has them, else in boxes."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.util import Emu, Inches, Pt

from kpi.export.deck_layouts import (
    HAIRLINE,
    MARGIN,
    MEASURE,
    READING,
    SOURCE,
    SUBJECT,
    WIDTH,
    Layouts,
    name_places,
)  # fmt: skip
from kpi.export.deck_text import SANS, SERIF, fitting_size, on_one_line, text_height, text_width

TITLE_TOP = 0.62
_FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_CONTENT = (
    PP_PLACEHOLDER.CHART, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.PICTURE, PP_PLACEHOLDER.BODY,
    PP_PLACEHOLDER.TABLE,
)  # fmt: skip
_TEMPLATE_MARGIN = 0.5
_TITLE_SIZES = (28, 26, 24, 22, 20, 18, 16, 14, 12, 11, 10)
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
class Area:
    """A rectangle of a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height as the library takes them."""
        sides = (self.left, self.top, self.width, self.height)
        return (Pt(sides[0]), Pt(sides[1]), Pt(sides[2]), Pt(sides[3]))


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
        self.own = layouts.own
        self.number = len(layouts.presentation.slides) + 1
        self.slide = layouts.presentation.slides.add_slide(layout)
        self._layout = layout
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
        box = _area_of(shape)
        if self.own:
            # On one line if a little smaller is enough; what is under it follows.
            one_line_sizes = [
                s for s in _TITLE_SIZES[:3] if text_width(text, s, SERIF) <= box.width
            ]
            size = (
                one_line_sizes[0]
                if one_line_sizes
                else fitting_size(text, _TITLE_SIZES, box.width, box.height + 2, SERIF)
            )
            shape.text_frame.text = text
            if size != _TITLE_SIZES[0]:
                shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
            self._begin(box.top + text_height(text, size, box.width, SERIF) + 3)
            return
        usual = _usual_size(shape, self._layout)
        sizes = [usual, *(size for size in (40, 36, 32, *_TITLE_SIZES) if size < usual)]
        # The template's font is not known: it may be wider than ours.
        size = fitting_size(text, sizes, 0.85 * (box.width - 14), box.height - 7, SERIF)
        shape.text_frame.text = text
        if size != usual:
            shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)

    def subject(self, text: str) -> None:
        """Writes the blue line over the title; in a template it is under it."""
        if self.own:
            size = fitting_size(text, (14, 12, 10, 8), Inches(WIDTH - 2 * MARGIN).pt, 22)
            self._in_placeholder(SUBJECT, text, None if size == 14 else size)
        else:
            self.text(text, SUBJECT_LOOK)

    def text(self, text: str, look: Look, number: int | None = None, gap: float = 4) -> None:
        """Writes a text at the top of the area, which shrinks by it; nothing for an empty one.

        `number` is our own layout's placeholder for it.
        """
        if text:
            height = text_height(text, look.size, self.area.width) + 2
            self.write(text, look, self._cut(height, gap), number)

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
        shape.name = "Linje"
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
            _write_number(placeholders[PP_PLACEHOLDER.SLIDE_NUMBER], self.number, self.own)
        if self.own:
            if source:
                width, height = Inches(8).pt, Inches(0.36).pt
                size = fitting_size(source, (11, 10, 9, 8, 7), width, height)
                self._in_placeholder(SOURCE, source, None if size == 11 else size)
            return
        lines = [line for line in (source, " · ".join(homeless)) if line]
        text = "\n".join(lines)
        if not text and numbered:
            return
        height = sum(text_height(line, 11, 0.8 * self.area.width) for line in lines or [""]) + 4
        box = Area(self.area.left, self.area.bottom - height, self.area.width, height)
        self.area = Area(
            self.area.left, self.area.top, self.area.width, self.area.height - height - 4
        )
        shape = self.write(text, SMALL_LOOK, box)
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

    def fill(self, shape: Any, text: str, sizes: Sequence[float], serif: bool = False) -> None:
        """Writes a text into one of our own placeholders, in the size that fits."""
        text, box = on_one_line(text), _area_of(shape)
        size = fitting_size(text, sizes, box.width, box.height, SERIF if serif else SANS)
        shape.text_frame.text = text
        if size != sizes[0] and text:
            shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)

    def finish(self) -> None:
        """Removes places that nothing came into, names the others, and puts the title first.

        A screen reader reads a slide's shapes in their order.
        """
        for shape in list(self.slide.placeholders):
            empty = shape.has_text_frame and not shape.text_frame.text
            if empty and not shape._element.findall(".//{*}fld"):
                shape._element.getparent().remove(shape._element)
        name_places(self.slide)
        title = self.slide.shapes.title
        if title is not None:
            self.slide.shapes._spTree.insert(2, title._element)

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
        if self.own:
            left, top = Inches(MARGIN).pt, Inches(TITLE_TOP).pt
            return Area(left, top, self._slide_box.width - 2 * left, Inches(HAIRLINE).pt - 6 - top)
        content = [
            shape
            for shape in self._layout.placeholders
            if shape.placeholder_format.type in _CONTENT
        ]
        title = self.slide.shapes.title
        if len(content) == 1:
            return _area_of(content[0])
        margin = Inches(_TEMPLATE_MARGIN).pt
        top = _area_of(title).bottom + 6 if title is not None else margin
        feet = [
            _area_of(shape).top
            for shape in self._layout.placeholders
            if shape.placeholder_format.type in _FOOT
        ]
        # A foot at the top or at a side is no bottom.
        bottom = min(
            (foot for foot in feet if foot > top + 0.5 * self._slide_box.height),
            default=self._slide_box.height - margin,
        )
        left, width = (
            (_area_of(title).left, _area_of(title).width)
            if title is not None
            else (margin, self._slide_box.width - 2 * margin)
        )
        return Area(left, top, width, bottom - 4 - top)

    def _begin(self, top: float) -> None:
        self.area = Area(self.area.left, top, self.area.width, self.area.bottom - top)

    def _cut(self, height: float, gap: float) -> Area:
        cut = Area(self.area.left, self.area.top, self.area.width, height)
        self._begin(cut.bottom + gap)
        return cut

    def _in_placeholder(self, number: int, text: str, size: float | None) -> Any:
        shape = next(
            placeholder
            for placeholder in self.slide.placeholders
            if placeholder.placeholder_format.idx == number
        )
        shape.text_frame.text = text
        if size:
            for paragraph in shape.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(size)
        return shape

    def write(self, text: str, look: Look, area: Area, number: int | None = None) -> Any:
        """Writes a text into its own box; the area stays as it is. The box is returned."""
        if self.own and number is not None:
            # The layout says the usual size.
            size = look.size if number == READING and look.size != READING_LOOK.size else None
            shape = self._in_placeholder(number, text, size)
            shape.left, shape.top, shape.width, shape.height = area.box
            return shape
        shape = self.slide.shapes.add_textbox(*area.box)
        shape.name = "Tekst"
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.text = text
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                _style(run.font, look)
        return shape

    def _fit_foot(self, shape: Any, text: str) -> None:
        shape.text_frame.text = text
        layout_shape = next(
            placeholder
            for placeholder in self._layout.placeholders
            if placeholder.placeholder_format.type == shape.placeholder_format.type
        )
        box = _area_of(layout_shape)
        inset = 0 if self.own else 14
        size = fitting_size(text, (11, 10, 9, 8, 7), box.width - inset, max(box.height, 14))
        if size != 11 or not self.own:
            shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)


def _area_of(shape: Any) -> Area:
    sides: Sequence[Any] = (shape.left, shape.top, shape.width, shape.height)
    return Area(*(Emu(side or 0).pt for side in sides))


def _usual_size(shape: Any, layout: Any) -> float:
    """A title's inherited font size: from the layout, else the master."""
    idx = shape.placeholder_format.type
    master = layout.slide_master
    places = [
        placeholder
        for placeholder in layout.placeholders
        if placeholder.placeholder_format.type == idx
    ]
    places += [
        placeholder
        for placeholder in master.placeholders
        if placeholder.placeholder_format.type == PP_PLACEHOLDER.TITLE
    ]
    for place in places:
        for default in place._element.iterfind(".//{*}lstStyle/{*}lvl1pPr/{*}defRPr"):
            if default.get("sz"):
                return int(default.get("sz")) / 100
    default = master._element.find(".//{*}titleStyle/{*}lvl1pPr/{*}defRPr")
    return int(default.get("sz", 4400)) / 100 if default is not None else 44.0


def _write_number(shape: Any, number: int, own: bool) -> None:
    paragraph = shape.text_frame.paragraphs[0]
    if own:
        paragraph.add_run().text = "Side "
    paragraph._p.append(parse_xml(_FIELD % number))


def _style(font: Any, look: Look) -> None:
    font.size = Pt(look.size)
    font.bold = look.bold
    font.color.theme_color = look.colour
