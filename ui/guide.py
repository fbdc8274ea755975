"""The guides on the screen: the tasks with their pictures, the sheet to take, the question mark."""

from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.guides import EVERYWHERE, Guide, Reader, Task
from kpi.domain.pages import PAGES
from kpi.export.guide import guide_pdf, parted, picture_of, seen
from kpi.views.guide import place_of
from ui.badges import plain
from ui.export_turns import export_turn
from ui.handed_out import SECONDARY, show_download
from ui.page import show_link
from ui.parts import show_part
from ui.picture_mode import is_picture
from ui.switches import shown_pages

# In pixels; what is wider is shown smaller.
_MOST_WIDE = 720


def show_sheet(reader: Reader, guide: Guide) -> None:
    """The button for the guide as PDF; none in a picture."""
    if not is_picture():
        show_download(
            "Hent som PDF",
            partial(export_turn()(guide_pdf), reader, guide),
            f"spor-vejledning-{reader}.pdf",
            "application/pdf",
            key=f"vejledning-pdf-{reader}",
            look=SECONDARY,
        )


def show_tasks(reader: Reader, guide: Guide, wanted: set[str], catalog: Catalog) -> Iterator[str]:
    """Each task, folded unless it is wanted; yields the parts of those that are open."""
    for number, task in enumerate(guide.tasks, 1):
        content = partial(_show_task, reader, task, catalog)
        under = f"På siden {PAGES[task.page].title}"
        if show_part(task.part, f"{number}. {task.title}", under, task.part in wanted, content):
            yield task.part
    st.markdown(_words(EVERYWHERE))


def _show_task(reader: Reader, task: Task, catalog: Catalog) -> None:
    left, right = st.columns([1, 1.6], gap="medium")
    with left:
        steps = enumerate(task.steps, 1)
        st.markdown("\n".join(f"{place}. {_words(step)}" for place, step in steps))
        if task.page in shown_pages():
            label = f"Gå til {PAGES[task.page].title}"
            show_link(place_of(task, catalog), label, ":material/arrow_forward:")
    with right, st.container(gap=None):
        # One of them is shown, by the window's width (ui/spor.css).
        _show_picture(picture_of(reader, task.part), f"billede-{task.part}", task.alt)
        phone = picture_of(reader, task.part, on_phone=True)
        _show_picture(phone, f"telefonbillede-{task.part}", task.alt)


def _show_picture(path: Path, key: str, alt: str) -> None:
    width = min(seen()[path.stem]["width"], _MOST_WIDE)
    with st.container(width=width, gap=None, key=key):
        # Streamlit would draw a file anew, with less of its sharpness.
        picture = b64encode(path.read_bytes()).decode("ascii")
        st.image(f"data:image/webp;base64,{picture}", width="stretch", alt=alt)


def _words(text: str) -> str:
    """A sentence whose labels of the screen stand out."""
    return "".join(
        f"**{plain(part)}**" if is_label else plain(part) for part, is_label in parted(text)
    )
