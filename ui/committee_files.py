"""Making the files of a meeting: one format, or all of them in a pack."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.export.annex import annex
from kpi.export.deck import deck
from kpi.export.pack import Progress, numbers_csv, pack
from kpi.export.paper import Paper
from kpi.export.saved import save
from kpi.export.workbook import workbook
from ui.badges import small
from ui.made_files import keep_file, kept_file
from ui.middleware import uploads_are_open
from ui.page import show_fault, show_heading

_MADE = "udvalg-fil"
_MOST_MEGABYTES = 30


@dataclass(frozen=True)
class _Format:
    """What a person can have: its name, ending and MIME type, and how it is made."""

    name: str
    ending: str
    mime: str
    icon: str
    make: Callable[[Paper, Catalog, bytes | None, Progress], bytes]


_FORMATS = {
    "pptx": _Format(
        "PowerPoint", "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ":material/slideshow:", lambda paper, catalog, template, progress: deck(paper, template),
    ),
    "pdf": _Format(
        "Bilag (PDF)", "pdf", "application/pdf", ":material/picture_as_pdf:",
        lambda paper, catalog, template, progress: annex(paper),
    ),
    "xlsx": _Format(
        "Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ":material/table_view:",
        lambda paper, catalog, template, progress: workbook(paper, catalog),
    ),
    "csv": _Format(
        "CSV", "csv", "text/csv", ":material/csv:",
        lambda paper, catalog, template, progress: numbers_csv(paper),
    ),
    "zip": _Format("Hele pakken (ZIP)", "zip", "application/zip", ":material/folder_zip:", pack),
}  # fmt: skip


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
        for kind, file_format in _FORMATS.items():
            if st.button(file_format.name, key=f"lav-{kind}", icon=file_format.icon):
                _make(kind, paper, catalog, template)
    made = st.session_state.get(_MADE)
    if made and made[0] == paper and kept_file(made[2]) is not None:
        kind, ticket = made[1:]
        name = f"spor-{(paper.meeting.meeting_id if paper.meeting else paper.as_of.isoformat())}"
        st.download_button(
            f"Hent {_FORMATS[kind].name}",
            # Only what is fetched is handed to Streamlit, which keeps a copy of it.
            lambda: kept_file(ticket) or _FORMATS[kind].make(paper, catalog, template, _unseen),
            f"{name}.{_FORMATS[kind].ending}",
            _FORMATS[kind].mime, key="hent-fil", type="primary", icon=":material/download:",
            on_click="ignore",
        )  # fmt: skip


def _own_template() -> bytes | None:
    """The municipality's own PowerPoint template, when a person gives one."""
    with st.expander("Brug jeres egen PowerPoint-skabelon", key="udvalg-skabelon"):
        uploaded = st.file_uploader(
            "Skabelon (.pptx)", type=["pptx"], max_upload_size=_MOST_MEGABYTES,
            key="udvalg-skabelon-fil",
        )  # fmt: skip
        st.markdown(small("Skabelonens pladser til titel, tekst og sidefod bruges."))
    return uploaded.getvalue() if uploaded else None


def _make(kind: str, paper: Paper, catalog: Catalog, template: bytes | None) -> None:
    bar = st.progress(0.0, f"Danner {_FORMATS[kind].name} …")

    def show(done: float, step: str) -> None:
        """How much is done, on the bar."""
        bar.progress(done, f"Danner {step} …")

    try:
        content = _FORMATS[kind].make(paper, catalog, template, show)
        if kind == "zip":
            save(paper)
    except KpiError as error:
        bar.empty()
        show_fault(error)
        return
    bar.empty()
    former = st.session_state.get(_MADE)
    ticket = keep_file(content, former[2] if former else None)
    st.session_state[_MADE] = (paper, kind, ticket)


def _unseen(done: float, step: str) -> None:
    """How far a file is that is made again while the browser fetches it: nobody sees it."""
