"""Entering a number that a paper has derived, so that the Regnetjek works it out again."""

from collections.abc import Callable

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import CLAIM_KIND_NAMES, CLAIM_KINDS
from kpi.store.entering import free_source_id
from kpi.tables.rows import typed_number
from kpi.tables.spec import Row
from kpi.views.about import ClaimRow
from kpi.views.claims import claim_unit
from ui.badges import plain, small
from ui.doors import enter, remove_claim
from ui.page import show_fault
from ui.switches import uploads_are_open
from ui.turns import waiting

_OTHER = "andet"


def show_entering(rows: tuple[ClaimRow, ...], catalog: Catalog) -> None:
    """A form for a new statement, and the entered ones with a way to take them back.

    Nothing where the program takes no figures in.
    """
    if not uploads_are_open():
        return
    with st.expander(
        "Kontrollér et beregnet tal fra et papir", icon=":material/calculate:", key="udsagn"
    ):
        st.markdown(
            "Skriv det beregnede tal fra papiret. Spor beregner det af de udgivne tal og viser, om "
            "papirets tal stemmer, er afrundet eller afviger."
        )
        _show_form(catalog)
        for row in rows:
            if row.entered_by:
                _show_entered(row)


def _show_form(catalog: Catalog) -> None:
    with st.form("udsagn-form", border=False, enter_to_submit=False):
        statement = st.text_area("Hvad siger papiret?", key="udsagn-tekst", height="content")
        row, by = _show_fields(catalog)
        paper = _show_other_paper()
        pressed = st.form_submit_button("Registrér udsagnet", type="primary")
    if not pressed:
        return
    papers = []
    if row["source_id"] == _OTHER:
        row["source_id"] = free_source_id(catalog)
        papers = [{**paper, "source_id": row["source_id"], "min_cell": "0"}]
    row["explanation"] = statement.strip()
    _run(lambda: enter({"source": papers, "claim": [row]}, by))


def _show_fields(catalog: Catalog) -> tuple[Row, str]:
    """What is claimed, as a row of the table, and who enters it."""
    left, middle, right = st.columns(3)
    with left:
        indicator_id = st.selectbox(
            "Nøgletal", [indicator.indicator_id for indicator in catalog.offered_indicators()],
            key="udsagn-noegletal",
            format_func=lambda indicator_id: catalog.indicators[indicator_id].name,
        )  # fmt: skip
        period = st.text_input("Periode", key="udsagn-periode", placeholder="2024H2")
        reported = st.text_input("Papirets tal", key="udsagn-tal", placeholder="−25,4")
    with middle:
        area_id = st.selectbox(
            "Område", [area.area_id for area in catalog.sorted_areas()], key="udsagn-omraade",
            format_func=lambda area_id: catalog.areas[area_id].name,
        )  # fmt: skip
        since = st.text_input("Tidligere periode (ved ændring)", key="udsagn-fra")
        source_id = st.selectbox(
            "Papir", [*catalog.sources, _OTHER], key="udsagn-kilde",
            format_func=lambda source_id: (
                source.title if (source := catalog.sources.get(source_id)) else "Et andet papir"
            ),
        )  # fmt: skip
    with right:
        kind = st.selectbox(
            "Beregnet som", CLAIM_KINDS, key="udsagn-slags",
            format_func=lambda kind: CLAIM_KIND_NAMES[kind],
        )  # fmt: skip
        group_id = st.selectbox(
            "Gruppe", ["", *(group.group_id for group in catalog.offered_groups())],
            key="udsagn-gruppe",
            format_func=lambda group_id: (
                catalog.groups[group_id].name if group_id else "Nøgletallets egen gruppe"
            ),
        )  # fmt: skip
        by = st.text_input("Dit navn", autocomplete="name", key="udsagn-navn")
    parts = st.multiselect(
        "Nøgletal i en sum eller et forhold", list(catalog.indicators), key="udsagn-led",
        placeholder="Ingen", wrap=True,
        format_func=lambda indicator_id: catalog.indicators[indicator_id].name,
    )  # fmt: skip
    indicator = catalog.indicators[indicator_id]
    row = {
        "source_id": source_id,
        "indicator_id": indicator_id,
        "area_id": area_id,
        "group_id": group_id or indicator.default_group,
        "period": period.strip(),
        "from_period": since.strip(),
        "kind": kind,
        "reported_value": typed_number(reported),
        "unit": claim_unit(kind, indicator),
        "inputs": (" / " if kind == "ratio" else " + ").join(parts),
    }
    return row, by


def _show_other_paper() -> Row:
    """The title, publisher and date of a paper that is not among the sources."""
    left, middle, right = st.columns(3)
    with left:
        title = st.text_input("Et andet papir: titel", key="udsagn-papir")
    with middle:
        publisher = st.text_input("Udgiver", key="udsagn-udgiver")
    with right:
        published = st.text_input("Udgivet", key="udsagn-udgivet", placeholder="2025-03-19")
    texts = (title.strip(), publisher.strip(), published.strip())
    return dict(zip(("title", "publisher", "published"), texts, strict=True))


def _show_entered(row: ClaimRow) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(
            f"{plain(row.subject)}: {plain(row.reported)}  \n"
            + small(f"Registreret af {plain(row.entered_by)}"),
            width="stretch",
        )
        if st.button("Fjern", key=f"fjern-{row.claim_id}", icon=":material/delete:"):
            _run(lambda: remove_claim(row.claim_id))


def _run(change: Callable[[], object]) -> None:
    """Makes a change to the store, then draws the page again; shows errors a person can mend."""
    try:
        with waiting("Gemmer …"):
            change()
    except KpiError as error:
        show_fault(error)
        return
    st.rerun()
