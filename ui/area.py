"""An area's page in parts: a programme's families and outcomes, trends, or nothing yet."""

from collections.abc import Callable, Sequence

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.format import counted
from kpi.domain.model import Area
from kpi.domain.wording import capital
from kpi.export.housing_template import HOUSING_FILE_NAME, housing_template
from kpi.export.office_files import EXCEL
from kpi.views.area import AreaView
from kpi.views.housing import HousingContext
from ui.about import show_incomparable
from ui.badges import badges_text, plain, show_badges, small
from ui.exhibits import show_exhibit
from ui.handed_out import SECONDARY, show_download
from ui.jumps import show_jumps
from ui.page import show_heading, two_columns
from ui.tables import show_area_rows


def show_area_jumps(view: AreaView) -> None:
    """The ways to the sections of a programme's page."""
    if not (view.facts or view.outcomes):
        return
    sections = [
        ("Resultater", "spalter-program" if view.trends else "program-alene", view.outcomes),
        ("Flere tal", "sted-flere", view.profile.rows),
        *(("Boligområdet", _housing_key(each), each) for each in view.housing[:1]),
    ]
    show_jumps([(word, key) for word, key, is_there in sections if is_there])


def _housing_key(context: HousingContext) -> str:
    return f"sted-bolig-{context.area.area_id}"


def show_programme(view: AreaView) -> None:
    """Who a programme is for, and what came of it."""
    # ui/spor.css puts two beside each other on a phone.
    with st.container(key="fakta"):
        columns = st.columns(max(len(view.facts), 1))
    for column, fact in zip(columns, view.facts, strict=False):
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            st.markdown(f":small[{plain(fact.name)}]")
            st.metric(fact.name, fact.value, label_visibility="collapsed")
            st.markdown(small(plain(fact.dated)))
            show_badges(fact.badges)
            if fact.beside:
                st.markdown(small(plain(fact.beside)))
    st.space("small")
    if view.outcomes and view.trends:
        left, right = two_columns("program", 1.65)
        with left:
            show_exhibit(view.outcomes)
        with right:
            _show_trends(view)
            show_incomparable(view.incomparable)
        return
    # A remark alone would leave a column empty beside a long chart. On paper what follows comes
    # first (ui/papir.css): the chart fills a sheet of its own.
    with st.container(key="program-alene"):
        if view.outcomes:
            show_exhibit(view.outcomes)
        _show_trends(view)
        show_incomparable(view.incomparable)


def _show_trends(view: AreaView) -> None:
    for trend in view.trends:
        if trend.exhibit:
            show_exhibit(trend.exhibit)
        notes = " · ".join(plain(note) for note in (trend.row.rank, trend.row.change) if note)
        parts = [badges_text(trend.row.badges), small(notes) if notes else ""]
        st.markdown(" ".join(filter(None, parts)))


def show_housing(context: HousingContext, catalog: Catalog) -> None:
    """The public housing area beside a programme, under a heading of its own."""
    title = "Boligområdet på ministeriets liste"
    show_heading(title, context.area.name, key=_housing_key(context))
    st.info(plain(context.explained), icon=":material/info:")
    if not context.rows:
        st.markdown(f"Der er endnu ingen tal for {plain(context.area.name)}.")
    # Folded: they are beside the programme's own figures, and a page of a phone is long.
    many = counted(len(context.rows), "nøgletal", "nøgletal")
    label = f"Boligområdets {many}" if context.rows else "Boligområdets nøgletal"
    with st.expander(label, key=f"boligtal-{context.area.area_id}"):
        if context.rows:
            show_area_rows(context.rows, context.area.area_id, context.area.name)
        for title, lines in (("Lovens grænser", context.limits), ("Kilder", context.notes)):
            if lines:
                listed = "\n".join(f"- {plain(line)}" for line in lines)
                st.markdown(f"**{title}**\n\n{listed}")
        show_download(
            "Hent skabelon til årets tal",
            lambda: housing_template(catalog),
            HOUSING_FILE_NAME,
            EXCEL,
            key=f"skabelon-{context.area.area_id}",
            look=SECONDARY,
        )


def show_remarks(view: AreaView) -> None:
    """What is known of an area beside figures."""
    if view.remarks:
        st.markdown(
            "\n".join(
                f"- **{capital(day)}:** {plain(text)}. {small(f'Kilde: {plain(source)}')}"
                for day, text, source in view.remarks
            )
        )


def show_empty(view: AreaView, others: Sequence[Area], go_to: Callable[[str], None]) -> None:
    """Why there are no figures, according to the papers, and where to find some."""
    name = plain(view.area.name)
    if view.out_of_use:
        old = counted(view.out_of_use, "nøgletal", "nøgletal")
        why = f"Tallene for {name} er af {old}, der er taget ud af brug. De findes med Søg."
    else:
        why = f"Der er ikke udgivet tal for {name}. De vises her, så snart de er indlæst."
    st.info(why, icon=":material/info:")
    show_remarks(view)
    with st.container(horizontal=True):
        for area in others:
            st.button(f"Se {area.name}", on_click=go_to, args=(area.area_id,))
