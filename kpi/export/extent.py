"""How long a finished file is: its slides or pages."""

import io
import re
from zipfile import BadZipFile, ZipFile

_PAGE = re.compile(rb"/Type\s*/Page\b")
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")


def slides_in(content: bytes) -> int:
    """The slides of a .pptx; 0 where it is none."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return sum(bool(_SLIDE.fullmatch(name)) for name in archive.namelist())
    except BadZipFile:
        return 0


def pages_in(content: bytes) -> int:
    """The pages of a PDF that Spor has made; 0 where it is none."""
    return len(_PAGE.findall(content)) if content.startswith(b"%PDF") else 0


def extent_text(content: bytes) -> str:
    """`12 slides`, `2 sider`, of a Word file `ca. 4 sider`; empty where a file has neither."""
    if content.startswith(b"%PDF"):
        pages = pages_in(content)
        return "1 side" if pages == 1 else f"{pages} sider"
    if slides := slides_in(content):
        return slides_text(slides)
    if _is_word(content):
        # Loads all that writes Word.
        from kpi.export.word_pages import word_pages

        pages = word_pages(content)
        return "ca. 1 side" if pages == 1 else f"ca. {pages} sider"
    return ""


def _is_word(content: bytes) -> bool:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return "word/document.xml" in archive.namelist()
    except BadZipFile:
        return False


def slides_text(count: int) -> str:
    """`8 slides`."""
    return "1 slide" if count == 1 else f"{count} slides"
