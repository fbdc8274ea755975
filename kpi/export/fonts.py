"""The typefaces of pictures and papers: their files, the width of a text, what is embedded.

Source Sans Pro and Source Serif Pro come as packages (SIL Open Font License), so that a picture
looks the same whatever the machine has installed. What reads their files is loaded with the first.
"""

import base64
import io
import shutil
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import font_source_sans_pro
import font_source_serif_pro

from kpi.system.temporary import temporary_folder

_SANS_FILES = Path(font_source_sans_pro.font_directory)
_SERIF_FILES = Path(font_source_serif_pro.font_directory)
# What European names and Danish sentences are written with; other letters fall back to the
# reader's own fonts.
_EMBEDDED = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2030), 0x20AC, 0x2212]
# A letter that a face lacks is as wide as a broad one.
_UNKNOWN_WIDTH = 0.7


def _short(number: float) -> str:
    """A length in a path: a hundredth of a pixel is seen by nobody."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Face:
    """One cut of a family, with its TrueType file."""

    family: str
    weight: int
    path: Path

    @cached_property
    def _widths(self) -> dict[int, float]:
        from fontTools.ttLib import TTFont

        with TTFont(self.path) as font:
            units, widths = font["head"].unitsPerEm, font["hmtx"]
            return {code: widths[name][0] / units for code, name in font.getBestCmap().items()}

    def has(self, letter: str) -> bool:
        """Whether the face draws the letter."""
        return ord(letter) in self._widths

    def width(self, text: str, size: float) -> float:
        """How wide a line is, in the unit of `size`; kerning makes it a little narrower."""
        return size * sum(self._widths.get(ord(letter), _UNKNOWN_WIDTH) for letter in text)

    @cached_property
    def _shapes(self) -> dict[int, tuple[Any, float]]:
        """How each letter is drawn, and how large a unit of that is."""
        from fontTools.pens.recordingPen import DecomposingRecordingPen
        from fontTools.ttLib import TTFont

        shapes = {}
        with TTFont(self.path) as font:
            glyphs, units = font.getGlyphSet(), font["head"].unitsPerEm
            for code, name in font.getBestCmap().items():
                if code in _EMBEDDED:
                    pen = DecomposingRecordingPen(glyphs)
                    glyphs[name].draw(pen)
                    shapes[code] = (pen, 1 / units)
        return shapes

    def draws(self, letter: str) -> bool:
        """Whether `outline` has the letter."""
        return ord(letter) in self._shapes

    def outline(self, text: str, size: float, at: tuple[float, float]) -> str:
        """A line of letters as an SVG path that begins at a place; its letters are in `draws`."""
        from fontTools.pens.svgPathPen import SVGPathPen
        from fontTools.pens.transformPen import TransformPen

        x, y = at
        pen = SVGPathPen(None, ntos=_short)
        for letter in text:
            shape, unit = self._shapes[ord(letter)]
            scale = size * unit
            shape.replay(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
            x += self.width(letter, size)
        return str(pen.getCommands())

    @cached_property
    def embedded(self) -> str:
        """A CSS rule with the font embedded; the same bytes every time."""
        from fontTools.subset import Options, Subsetter
        from fontTools.ttLib import TTFont

        options = Options()
        options.flavor = "woff"
        options.layout_features = ["kern", "mark"]
        options.hinting = False
        with TTFont(self.path) as font:
            subsetter = Subsetter(options)
            subsetter.populate(unicodes=_EMBEDDED)
            subsetter.subset(font)
            font.flavor = "woff"
            file = io.BytesIO()
            font.save(file)
        content = base64.b64encode(file.getvalue()).decode("ascii")
        return (
            f'@font-face{{font-family:"{self.family}";font-weight:{self.weight};'
            f'src:url("data:font/woff;base64,{content}") format("woff")}}'
        )


SANS = Face("Source Sans Pro", 400, _SANS_FILES / "SourceSansPro-Regular.ttf")
SANS_BOLD = Face("Source Sans Pro", 700, _SANS_FILES / "SourceSansPro-Bold.ttf")
SERIF = Face("Source Serif Pro", 600, _SERIF_FILES / "SourceSerifPro-Semibold.ttf")
FACES = (SANS, SANS_BOLD, SERIF)


@cache
def typst_fonts() -> Any:
    """The faces for Typst, and no other fonts: the packages also have them as OpenType."""
    import typst

    # A folder of our own, because Typst takes whichever of two files of a face it meets first.
    with temporary_folder() as folder:
        for face in FACES:
            shutil.copy(face.path, folder)
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        # Files are read when they are first used.
        typst.compile(_EVERY_FACE, font_paths=fonts, ignore_system_fonts=True, format="png")
        return fonts


_EVERY_FACE = "\n".join(
    f'#text(font: "{face.family}", weight: {face.weight})[a]' for face in FACES
).encode()
