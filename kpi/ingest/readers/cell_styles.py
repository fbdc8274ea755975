"""Which styles of a workbook change what a cell means: formats and fonts, from styles.xml."""

from dataclasses import dataclass, field

from kpi.ingest.readers import number_formats
from kpi.ingest.readers.workbook_strings import is_on

# Formats that have a number instead of a code, as far as they change what is shown.
_KRONER = '#,##0.00 "kr."'
BUILT_IN = {
    **dict.fromkeys((5, 6, 7, 8, 42, 44), _KRONER), 9: "0%", 10: "0.00%", 17: "mmm-yy",
}  # fmt: skip


@dataclass(frozen=True)
class CellStyle:
    """The parts of a style that change what a cell means; `format` is its number format's code."""

    format: str = ""
    is_raised: bool = False
    is_struck: bool = False

    @property
    def is_telling(self) -> bool:
        """Whether a cell of this style may mean something else than its bare value."""
        return self.is_raised or self.is_struck or changes_numbers(self.format)


def changes_numbers(number_format: str) -> bool:
    """Whether the screen may show another number, period or text than the cell's value."""
    return bool(number_format) and (
        number_formats.is_percent(number_format)
        or number_formats.shows_percent_sign(number_format)
        or number_formats.shows_month_or_year(number_format)
        or number_formats.replaces_numbers(number_format)
        or number_formats.shown_scale(number_format) != 1
        or number_formats.shown_unit(number_format) != ""
    )


@dataclass
class StyleReader:
    """Gathers the styles from the elements of styles.xml, by their place among `cellXfs`."""

    formats: dict[str, str] = field(
        default_factory=lambda: {str(number): code for number, code in BUILT_IN.items()}
    )
    _fonts: list[tuple[bool, bool]] = field(default_factory=list)
    _cells: list[tuple[str, str]] = field(default_factory=list)
    _within: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        match tag:
            case "numFmt" if self._within != "dxfs":
                self.formats[attributes["numFmtId"]] = attributes["formatCode"]
            case "fonts" | "cellXfs" | "dxfs":
                self._within = tag
            case "font" if self._within == "fonts":
                self._fonts.append((False, False))
            case "vertAlign" if self._within == "fonts":
                raised = attributes.get("val") in ("superscript", "subscript")
                self._fonts[-1] = (raised, self._fonts[-1][1])
            case "strike" if self._within == "fonts":
                self._fonts[-1] = (self._fonts[-1][0], is_on(attributes))
            case "xf" if self._within == "cellXfs":
                self._cells.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "")))

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == self._within:
            self._within = ""

    def telling(self) -> dict[str, CellStyle]:
        """The styles that may change what a cell means, by their place as text."""
        styles = [
            CellStyle(self.formats.get(number_format, ""), *self._font(font))
            for number_format, font in self._cells
        ]
        return {str(place): style for place, style in enumerate(styles) if style.is_telling}

    def _font(self, place: str) -> tuple[bool, bool]:
        if place.isdecimal() and int(place) < len(self._fonts):
            return self._fonts[int(place)]
        return (False, False)
