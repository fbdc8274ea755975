"""Making the files of a meeting: one format, or all of them in a pack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import PAPER_FILES, PaperFile
from kpi.export.annexes import file_name
from kpi.export.extent import extent_text, slides_text
from kpi.export.office_files import EXCEL, POWERPOINT, WORD
from kpi.export.paper import Paper
from kpi.export.saved import save
from ui.badges import small
from ui.committee_deck import slides_of
from ui.committee_drafts import draft_name
from ui.export_turns import export_turn
from ui.handed_out import Look, show_download
from ui.made_files import keep_file, kept_file
from ui.page import show_fault, show_heading
from ui.picture_mode import is_picture
from ui.switches import uploads_are_open
from ui.turns import paused

# Says how much of a file is done, and what comes next.
Show = Callable[[float, str], None]

_MADE = "udvalg-fil"
_LENGTHS = "udvalg-laengder"
_MOST_MEGABYTES = 30


@dataclass(frozen=True)
class Templates:
    """The municipality's own templates, for slides and for Word."""

    slides: bytes | None = None
    word: bytes | None = None


@dataclass(frozen=True)
class _Button:
    """How a file is offered: its name, what a browser takes it for, and an icon.

    `known` is what can be said of its length before it is made; of slides `show_sizes` says it.
    """

    name: str
    mime: str
    icon: str
    known: str = ""


_PDF = "application/pdf"
_BUTTONS: Mapping[PaperFile, _Button] = {
    "pptx": _Button("PowerPoint", POWERPOINT, "slideshow"),
    "docx": _Button("Indstilling (Word)", WORD, "description"),
    "notat": _Button("Notat (Word)", WORD, "article"),
    "status": _Button("Kort status (PDF)", _PDF, "summarize", "højst 2 sider"),
    "status-docx": _Button("Kort status (Word)", WORD, "edit_note", "højst 2 sider"),
    "overblik": _Button("Overblik (PDF)", _PDF, "monitoring", "1 side"),
    "pdf": _Button("Bilag (PDF)", _PDF, "picture_as_pdf"),
    "xlsx": _Button("Excel", EXCEL, "table_view", "alle tal og kilder"),
    "csv": _Button("CSV", "text/csv", "csv", "alle tal"),
    "pack": _Button(
        "Hele pakken (ZIP)", "application/zip", "folder_zip", "alle filer; gemmes til mødet"
    ),
}


def show_files(paper: Paper, catalog: Catalog) -> DeltaGenerator:
    """A button a format; the finished file waits below them until something else is chosen.

    Returns where `show_sizes` says how long the slides are.
    """
    show_heading(
        "Hent filerne",
        "Filerne bygger på de samme figurer og angiver kilde, dato og datagrundlag. Sidetallet "
        "vises, når filen er dannet.",
    )
    if not paper.items:
        st.info("Der er ingen figurer at danne filer af.", icon=":material/info:")
        return st.empty()
    offered = st.container()
    templates = _own_templates() if uploads_are_open() else Templates()
    with offered:
        pressed, under = _buttons()
        if pressed:
            _make(pressed, paper, catalog, templates)
    lengths = _lengths_of(paper, templates)
    for kind, place in under.items():
        if words := lengths.get(kind) or _BUTTONS[kind].known:
            place.markdown(small(words))
    with offered:
        _show_made(paper, catalog, templates)
    return under["pptx"]


def _buttons() -> tuple[PaperFile | None, Mapping[PaperFile, DeltaGenerator]]:
    """Which one was pressed, and the line under each."""
    pressed: PaperFile | None = None
    under: dict[PaperFile, DeltaGenerator] = {}
    with st.container(key="udvalg-filer"):
        for kind in PAPER_FILES:
            button = _BUTTONS[kind]
            with st.container(gap="xxsmall"):
                if st.button(
                    button.name, key=f"lav-{kind}", icon=f":material/{button.icon}:",
                    type="primary" if kind == "pptx" else "secondary", width="stretch",
                ):  # fmt: skip
                    pressed = kind
                under[kind] = st.empty()
    return pressed, under


def _show_made(paper: Paper, catalog: Catalog, templates: Templates) -> None:
    """The file that was made last, as long as it is of what is chosen."""
    made = st.session_state.get(_MADE)
    if not made or made[0] != (paper, templates) or kept_file(made[2]) is None:
        return
    kind, ticket = made[1:]
    button = _BUTTONS[kind]
    show_download(
        f"Hent {button.name}",
        # Only what is fetched is handed to Streamlit, which keeps a copy of it.
        lambda: kept_file(ticket) or _made(kind, paper, catalog, templates),
        file_name(kind, paper, catalog.meetings.values(), draft_name()),
        button.mime,
        key="hent-fil",
        look=Look(weight="primary"),
    )


def _lengths_of(paper: Paper, templates: Templates) -> dict[PaperFile, str]:
    """How long each file is that was made of what is chosen; forgotten with that choice."""
    own = (paper, templates)
    if st.session_state.get(_LENGTHS, (None, {}))[0] != own:
        st.session_state[_LENGTHS] = (own, {})
    lengths: dict[PaperFile, str] = st.session_state[_LENGTHS][1]
    return lengths


def show_sizes(paper: Paper, place: DeltaGenerator) -> None:
    """How many slides there are; last on the page, as they have to be made to be counted."""
    if paper.items and not is_picture():
        place.markdown(small(slides_text(len(slides_of(paper).slides))))


def _own_templates() -> Templates:
    """The municipality's own templates, when a person gives them."""
    with st.expander(
        "Brug jeres egne skabeloner (.pptx, .potx, .docx, .dotx)", key="udvalg-skabelon"
    ):
        slides = st.file_uploader(
            "PowerPoint-skabelon (.pptx, .potx)", type=["pptx", "potx"],
            max_upload_size=_MOST_MEGABYTES, key="udvalg-skabelon-fil",
        )  # fmt: skip
        st.markdown(small("Skabelonens pladser til titel, tekst og sidefod bruges."))
        word = st.file_uploader(
            "Word-skabelon (.docx, .dotx)", type=["docx", "dotx"],
            max_upload_size=_MOST_MEGABYTES, key="udvalg-skabelon-word",
        )  # fmt: skip
        st.markdown(
            small(
                "Skabelonens typografier bruges. Teksten sættes ind, hvor der står {{indhold}}; "
                "{{titel}}, {{anledning}}, {{sagsnummer}}, {{sagsbehandler}} og {{dato}} udfyldes."
            )
        )
    return Templates(
        slides.getvalue() if slides else None,
        word.getvalue() if word else None,
    )


@export_turn()
def _made(
    kind: PaperFile, paper: Paper, catalog: Catalog, templates: Templates, show: Show | None = None
) -> bytes:
    # Loads all that writes files: not before the first.
    from kpi.export.files import paper_file
    from kpi.export.pack import unseen

    return paper_file(kind, paper, catalog, templates.slides, show or unseen, templates.word)


def _make(kind: PaperFile, paper: Paper, catalog: Catalog, templates: Templates) -> None:
    bar = st.progress(0.0, f"Danner {_BUTTONS[kind].name} …")

    def show(done: float, step: str) -> None:
        """How much is done, on the bar."""
        bar.progress(done, f"Danner {step} …")

    try:
        with paused():
            content = _made(kind, paper, catalog, templates, show)
            if kind == "pack":
                save(paper)
    except KpiError as error:
        bar.empty()
        show_fault(error)
        return
    bar.empty()
    former = st.session_state.get(_MADE)
    ticket = keep_file(content, former[2] if former else None)
    st.session_state[_MADE] = ((paper, templates), kind, ticket)
    _lengths_of(paper, templates)[kind] = extent_text(content)
