"""Makes the typefaces of `ui/fonts` from Streamlit's: `python -m tools.make_fonts`.

Again after a new Streamlit (`ui/typefaces.py` has the digests of its files) and when a test says
that an icon is missing.
"""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from ui.fast import STATIC
from ui.typefaces import FACES, LETTERS, NAME_LETTERS, Typeface

REPOSITORY = Path(__file__).resolve().parents[1]
_NAMED = re.compile(r":material/(\w+)")
# Faces whose names are reserved may be changed under another one alone (OFL 1.1, 3).
_FULL_NAMES = (1, 3, 4, 6, 16, 25)


def main() -> None:
    """Writes every face, and says how large it is."""
    for face in FACES:
        content = smaller(face)
        face.path.write_bytes(content)
        print(f"{face.path.relative_to(REPOSITORY)}: {len(content)} bytes")


def smaller(face: Typeface) -> bytes:
    """The face with `LETTERS`, or with the icons of `icon_names`; all else is as it was."""
    options = Options()
    options.flavor = "woff2"
    options.hinting = True
    # Without it every icon comes along that can be spelled.
    options.layout_closure = face.has_letters
    if not face.has_letters:
        options.layout_features = ["*"]
    font = TTFont(face.original_path, recalcTimestamp=False)
    subsetter = Subsetter(options)
    if face.has_letters:
        subsetter.populate(unicodes=LETTERS)
    else:
        drawn = ligatures(font)
        glyphs = sorted({drawn[name] for name in icon_names(set(drawn))})
        subsetter.populate(unicodes=NAME_LETTERS, glyphs=glyphs)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in _FULL_NAMES:
            record.string = f"Spor-{face.name}"
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def ligatures(font: TTFont) -> dict[str, str]:
    """The names of icons that the face turns into pictures, each with its glyph's name."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    return {
        "".join(letters.get(each, "?") for each in (first, *ligature.Component)): ligature.LigGlyph
        for table in _substitutions(font)
        for first, several in getattr(table, "ligatures", {}).items()
        for ligature in several
    }


def icon_names(known: set[str]) -> set[str]:
    """The icons of `known` that ours or Streamlit's code can ask for.

    Of ours every text that is an icon's name, wherever it stands: some names come from tables.
    """
    paths = [*(REPOSITORY / "ui").glob("*.py"), *(REPOSITORY / "pages").glob("*.py")]
    texts = {text for path in paths for text in _texts(path)}
    scripts = [path.read_text("utf-8") for path in (STATIC / "js").glob("*.js")]
    named = {name for text in (*texts, *scripts) for name in _NAMED.findall(text)}
    return (texts | named) & known


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _substitutions(font: TTFont) -> Iterator[Any]:
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            yield getattr(table, "ExtSubTable", table)


if __name__ == "__main__":
    main()
