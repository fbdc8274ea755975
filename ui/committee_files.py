"""Making the files of a meeting: one format, or all of them in a pack."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import PAPER_FILES, PaperFile
from kpi.export.office_files import EXCEL, POWERPOINT, WORD
from kpi.export.paper import Paper
from kpi.export.saved import save
from ui.badges import small
from ui.handed_out import Look, show_download
from ui.made_files import keep_file, kept_file
from ui.middleware import uploads_are_open
from ui.page import show_fault, show_heading
from ui.turns import paused

# Says how much of a file is done, and what comes next.
Show = Callable[[float, str], None]

_MADE = "udvalg-fil"
_MOST_MEGABYTES = 30


@dataclass(frozen=True)
class _Button:
    """How a file is offered: its name, the ending and MIME type of its file, its icon."""

    name: str
    ending: str
    mime: str
    icon: str


def _button(kind: PaperFile) -> _Button:
    match kind:
        case "pptx":
            return _Button("PowerPoint", "pptx", POWERPOINT, ":material/slideshow:")
        case "docx":
            return _Button("Indstilling (Word)", "docx", WORD, ":material/description:")
        case "notat":
            return _Button("Notat (Word)", "docx", WORD, ":material/article:")
        case "status":
            return _Button("Kort status (PDF)", "pdf", "application/pdf", ":material/summarize:")
        case "status-docx":
            return _Button("Kort status (Word)", "docx", WORD, ":material/edit_note:")
        case "pdf":
            icon = ":material/picture_as_pdf:"
            return _Button("Bilag (PDF)", "pdf", "application/pdf", icon)
        case "xlsx":
            return _Button("Excel", "xlsx", EXCEL, ":material/table_view:")
        case "csv":
            return _Button("CSV", "csv", "text/csv", ":material/csv:")
        case "pack":
            icon = ":material/folder_zip:"
            return _Button("Hele pakken (ZIP)", "zip", "application/zip", icon)
    assert_never(kind)


def show_files(paper: Paper, catalog: Catalog) -> None:
    """A button a format; the finished file waits beside them until something else is chosen."""
    show_heading(
        "Hent filerne",
        "Filerne bygger på de samme figurer og angiver kilde, dato og datagrundlag. Pakken "
        "indeholder alle filer og gemmes, så den kan dannes igen.",
    )
    if not paper.items:
        st.info("Der er ingen figurer at danne filer af.", icon=":material/info:")
        return
    template = _own_template() if uploads_are_open() else None
    with st.container(horizontal=True, gap="small"):
        for kind in PAPER_FILES:
            button = _button(kind)
            if st.button(button.name, key=f"lav-{kind}", icon=button.icon):
                _make(kind, paper, catalog, template)
    made = st.session_state.get(_MADE)
    if made and made[0] == paper and kept_file(made[2]) is not None:
        kind, ticket = made[1:]
        button = _button(kind)
        name = f"spor-{(paper.meeting.meeting_id if paper.meeting else paper.as_of.isoformat())}"
        show_download(
            f"Hent {button.name}",
            # Only what is fetched is handed to Streamlit, which keeps a copy of it.
            lambda: kept_file(ticket) or _made(kind, paper, catalog, template),
            f"{name}.{button.ending}",
            button.mime,
            key="hent-fil",
            look=Look(weight="primary"),
        )


def _own_template() -> bytes | None:
    """The municipality's own PowerPoint template, when a person gives one."""
    with st.expander("Brug jeres egen PowerPoint-skabelon", key="udvalg-skabelon"):
        uploaded = st.file_uploader(
            "Skabelon (.pptx)", type=["pptx"], max_upload_size=_MOST_MEGABYTES,
            key="udvalg-skabelon-fil",
        )  # fmt: skip
        st.markdown(small("Skabelonens pladser til titel, tekst og sidefod bruges."))
    return uploaded.getvalue() if uploaded else None


def _made(
    kind: PaperFile, paper: Paper, catalog: Catalog, template: bytes | None, *show: Show
) -> bytes:
    from kpi.export.files import paper_file  # loads all that writes files: not before the first

    return paper_file(kind, paper, catalog, template, *show)


def _make(kind: PaperFile, paper: Paper, catalog: Catalog, template: bytes | None) -> None:
    bar = st.progress(0.0, f"Danner {_button(kind).name} …")

    def show(done: float, step: str) -> None:
        """How much is done, on the bar."""
        bar.progress(done, f"Danner {step} …")

    try:
        with paused():
            content = _made(kind, paper, catalog, template, show)
            if kind == "pack":
                save(paper)
    except KpiError as error:
        bar.empty()
        show_fault(error)
        return
    bar.empty()
    former = st.session_state.get(_MADE)
    ticket = keep_file(content, former[2] if former else None)
    st.session_state[_MADE] = (paper, kind, ticket)
