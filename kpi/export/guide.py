"""A reader's guide on one sheet of A4, as PDF, with the same words and pictures as its page."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

from kpi.domain.guides import EVERYWHERE, Guide, Reader, Task

PICTURES = Path(__file__).with_name("guide_pictures")
# Of each picture by its name, what was seen when it was taken.
SEEN = PICTURES / "seen.json"
_TEMPLATE = Path(__file__).with_name("guide.typ")
_LABEL = re.compile(r"(»[^«]+«)")
# Of the height of a sheet, what pictures have together.
_HEIGHT_FOR_PICTURES = 205


class Seen(TypedDict):
    """How wide a part of the page a picture shows (pixels), and the labels in it."""

    width: int
    labels: list[str]


@cache
def seen() -> Mapping[str, Seen]:
    """What was seen in each picture, by the picture's name."""
    read: dict[str, Seen] = json.loads(SEEN.read_text(encoding="utf-8"))
    return read


def picture_of(reader: Reader, part: str, on_phone: bool = False) -> Path:
    """Where the picture of a task is kept; `make guides` takes it anew.

    On a phone the page is another, and the one of a wide window would be too small to read.
    """
    return PICTURES / f"{reader}-{part}{'-telefon' if on_phone else ''}.webp"


def parted(text: str) -> list[tuple[str, bool]]:
    """A sentence in parts, each with whether it is a label of the screen."""
    parts = [part for part in _LABEL.split(text) if part]
    return [(part, part.startswith("»")) for part in parts]


def guide_pdf(reader: Reader, guide: Guide) -> bytes:
    """The guide as PDF/UA, the same bytes each time. Raises OSError where a picture is missing."""
    from kpi.export.typesetting import typeset  # loads Typst: not before the first

    return typeset(
        _TEMPLATE,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"guide": json.dumps(_content(reader, guide), ensure_ascii=False)},
    )


def _content(reader: Reader, guide: Guide) -> dict[str, Any]:
    return {
        "title": guide.title,
        "purpose": guide.purpose,
        "program": "Spor",
        "taken": "Billederne er taget i Spor, med tallene fra den dag.",
        "everywhere": _words(EVERYWHERE),
        "most_high": _HEIGHT_FOR_PICTURES / max(len(guide.tasks), 1),
        "tasks": [_task(reader, task) for task in guide.tasks],
    }


def _task(reader: Reader, task: Task) -> dict[str, Any]:
    return {
        "title": task.title,
        "steps": [_words(step) for step in task.steps],
        "alt": task.alt,
        "picture": picture_of(reader, task.part).relative_to(_TEMPLATE.parent).as_posix(),
    }


def _words(text: str) -> list[dict[str, Any]]:
    return [{"text": part, "is_label": is_label} for part, is_label in parted(text)]
