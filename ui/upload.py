"""The upload page around its tables: title, steps, the file and its source."""

from collections.abc import Sequence

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.model import Batch
from kpi.export.housing_template import HOUSING_FILE_NAME, housing_template
from kpi.export.office_files import EXCEL
from kpi.export.template import FILE_NAME, template_workbook
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.column_mapping import OWN_SOURCE
from kpi.views import upload as view
from kpi.views.upload import Step
from kpi.views.upload_problems import has_personal_data
from ui.badges import plain, small
from ui.fetch_now import show_fetch_button
from ui.handed_out import Look, show_download
from ui.page import side_columns
from ui.title_row import title_columns
from ui.upload_files import current_file, file_field, key_of

# state: icon and colour; a waiting step has its place, but no weight.
_STEPS = {
    view.DONE: ("check", "green"),
    view.NOW: ("visibility", "blue"),
    view.WAITING: ("radio_button_unchecked", "gray"),
    view.LOCKED: ("lock", "gray"),
    view.ERROR: ("cancel", "red"),
    view.WARNING: ("warning", "yellow"),
}


def show_housing_template(catalog: Catalog) -> None:
    """The template of the yearly list of housing areas, where the law has limits for any."""
    if any(target.is_the_laws for target in catalog.targets):
        show_download(
            "Hent skabelon til boligområderne",
            lambda: housing_template(catalog),
            HOUSING_FILE_NAME,
            EXCEL,
            key="skabelon-boligomraader",
            look=Look(
                ":material/home_work:",
                tip="Årets fem tal fra ministeriets liste: rækkerne er der, værdierne skrives ind.",
            ),
        )


def show_head(title: str, under: str, catalog: Catalog, *, has_definitions: bool) -> None:
    """The finding, a grey line under it; at the right a fetch now, and the template."""
    left, right = title_columns("indlaes", share=1.4)
    with left, st.container(gap=None):
        st.title(plain(title), anchor=False)
        st.markdown(f":gray[**Indlæs data** · {plain(under)}]")
    with right, st.container(horizontal=True, gap="small"):
        show_fetch_button(has_definitions=has_definitions)
        show_download(
            "Hent skabelon",
            lambda: template_workbook(catalog),
            FILE_NAME,
            EXCEL,
            look=Look(weight="secondary", width="stretch"),
        )


def show_steps(steps: tuple[Step, ...], checked: Checked | None) -> None:
    """The five steps on a line, and whether CPR numbers were found."""
    arrow = " :material/chevron_right: "
    with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
        st.markdown(arrow.join(_step_text(step) for step in steps), width="content")
        if checked and has_personal_data(checked):
            st.markdown(":red-badge[:material/gpp_bad: CPR-numre fundet]", width="content")
        elif checked and checked.columns:
            st.markdown(":green-badge[:material/check: Ingen CPR-numre fundet]", width="content")


def _step_text(step: Step) -> str:
    icon, colour = _STEPS[step.state]
    words = f"**{plain(step.text)}**" if step.state == view.NOW else plain(step.text)
    return f":{colour}-badge[:material/{icon}: {words}]"


def show_file_line(
    checked: Checked, choices: Choices, catalog: Catalog, batches: Sequence[Batch], is_open: bool
) -> None:
    """The file's name, what it is, how it was read, and whether it was published before.

    `is_open` lets its source be changed.
    """
    hand = current_file()
    known = view.published_before(hand.sha256, batches) if hand and is_open else ""
    details = " · ".join(filter(None, [view.file_line(checked, choices), known]))
    line = f"**{plain(checked.file)}**" + (f" :gray[:small[· {plain(details)}]]" if details else "")
    if not (is_open and checked.lacks_source):
        st.markdown(line)
        return
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        st.markdown(line, width="content")
        chosen = choices.source_id or OWN_SOURCE
        words = "Kilde" if set(checked.source_ids) <= {chosen} else "Rækker uden kilde"
        with st.popover(
            f"{words}: {plain(catalog.sources[chosen].title)}", type="tertiary",
            icon=":material/menu_book:", key=key_of("kildevalg"),
        ):  # fmt: skip
            _choose_source(catalog)


def show_file_choice(catalog: Catalog) -> None:
    """Before a file: the field, and how to go about it."""
    left, right = side_columns("filvalg", 1.65, 1)
    with left:
        file_field("Vælg en eller flere filer med tal")
        st.markdown(
            small(
                "Skabelonen, og udtræk fra Statistikbanken, jobindsats og uddannelsesstatistik. "
                "Flere filer kommer i kø; en ZIP-fil pakkes ud. Intet ændres, før du udgiver."
            )
        )
        st.markdown(
            small(
                ":material/lock: Kun samlede tal. En fil med et CPR-nummer afvises hel og gemmes "
                "ikke."
            )
        )
        show_housing_template(catalog)
    with right, st.container(border=True, gap="xsmall"):
        st.markdown("**Sådan gør du**")
        st.markdown(
            "1. Hent skabelonen, eller tag et udtræk, som det er.\n"
            "2. Vælg filen. Alle fejl vises på én gang, med rækkens nummer.\n"
            "3. Se hvert tal før og efter.\n"
            "4. Udgiv med en note. Det kan altid fortrydes."
        )


def _choose_source(catalog: Catalog) -> None:
    names = {source.source_id: source.title for source in catalog.sources.values()}
    key = key_of("kilde")
    if key not in st.session_state and OWN_SOURCE in names:
        st.session_state[key] = OWN_SOURCE
    st.selectbox(
        "Kilde", sorted(names, key=lambda source_id: source_id != OWN_SOURCE),
        format_func=names.__getitem__,
        key=key, placeholder="Vælg",
    )  # fmt: skip


def show_refused(checked: Checked) -> None:
    """A file that contains CPR numbers: why, where, and that nothing of it is kept."""
    for problem in checked.problems:
        st.error(f"{plain(problem.message)} {plain(problem.hint)}", icon=":material/gpp_bad:")
    st.info(
        "Filen er fjernet fra serverens hukommelse. Intet af den er gemt eller udgivet.",
        icon=":material/delete_forever:",
    )
