"""Indicators, areas, groups, sources and themes without a file: made, corrected and retired."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from kpi.additions.model import ADDED_NAMES, ADDED_NOUNS
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.period import today
from kpi.domain.wording import capital, listing
from kpi.store.adding import check_additions
from kpi.tables.spec import COLUMNS, Row
from kpi.views import new_changes, new_drafts
from kpi.views import new_things as view
from kpi.views.addition_lines import hidden_words
from ui.badges import plain, small
from ui.doors import check_hidden
from ui.new_fields import show_fields, show_unsaved
from ui.new_save import correct, create
from ui.page import show_lacking
from ui.switches import uploads_are_open
from ui.toasts import rerun_saying
from ui.turns import waiting

_TABLES = {table: capital(ADDED_NAMES[table]) for table in ADDED_NOUNS.values()}
_ADD, _CORRECT, _RETIRE = "Opret", "Ret eller omdøb", "Tag ud af brug"
_WHEN_SHOWN = {
    "indicator": "Det nye vises, når der er indlæst tal for det.",
    "area": "Det nye kan vælges med det samme; tallene kommer, når de er indlæst.",
    "population_group": "Den nye vises, når der er indlæst tal for den.",
    "source": "Den nye kan vælges, når en fil indlæses.",
    "theme": "Det nye vises, når det har et nøgletal med tal.",
}
# How often something was saved here in the session: the next form begins with empty fields.
_SAVED = "ret-ting-gemt"
# What would hide figures that are shown, and which: it waits for a second press.
_HIDES = "skjuler"


def show_editor(catalog: Catalog) -> None:
    """Folded away until it is asked for; nothing where nothing is taken in."""
    if not uploads_are_open():
        return
    place = st.expander(
        "Opret eller ret nøgletal, områder, grupper, kilder og temaer",
        icon=":material/edit_note:", key="ret-ting", on_change="rerun",
    )  # fmt: skip
    if place.open:
        with place:
            _show(catalog)


def _show(catalog: Catalog) -> None:
    left, right = st.columns(2)
    with left:
        table = str(
            st.segmented_control(
                "Hvad?", list(_TABLES), format_func=_TABLES.__getitem__, required=True,
                default="indicator", key="ret-ting-tabel", wrap=True,
            )
        )  # fmt: skip
    with right:
        ways = [_ADD, _CORRECT, *([_RETIRE] if new_changes.can_retire(table) else [])]
        way = st.segmented_control(
            "Hvad vil du?", ways, required=True, default=_ADD,
            key=f"ret-ting-hvordan-{len(ways)}", wrap=True,
        )  # fmt: skip
    if way == _ADD:
        _add(table, catalog)
    elif way == _CORRECT:
        _correct(table, catalog)
    else:
        _retire(table, catalog)


def _add(table: str, catalog: Catalog) -> None:
    st.markdown(
        small(
            f"Der er {fmt.number(len(view.names_of(table, catalog)), 0)} i forvejen. "
            + _WHEN_SHOWN[table]
        )
    )
    row, lacking = show_fields(
        new_drafts.empty_draft(table), catalog, lambda column: _key(f"{table}-ny-{column}"), False
    )
    _offer(table, row, lacking, f"Opret {view.NOUNS[table][0]}", catalog, is_new=True)


def _correct(table: str, catalog: Catalog) -> None:
    row_id = _choose(table, view.names_of(table, catalog))
    if row_id is None:
        return
    standing = new_changes.row_of(table, row_id, catalog)
    # What stood when the person began: what others correct meanwhile stays as they made it.
    stood = st.session_state.setdefault(_key(f"{table}-{row_id}-stod"), standing)
    row, lacking = show_fields(
        new_drafts.Draft(table, stood, frozenset()), catalog,
        lambda column: _key(f"{table}-{row_id}-{column}"), False,
    )  # fmt: skip
    own = {column: text for column, text in row.items() if text != stood.get(column, "")}
    if overtaken := new_changes.overtaken(table, own, stood, standing):
        st.warning(
            f"{capital(listing(overtaken))} er rettet af en anden, efter at du begyndte. Din "
            "rettelse kan ikke gemmes oven i den.",
            icon=":material/warning:",
        )
        st.button("Hent det, der står nu", icon=":material/refresh:", on_click=_begin_again)
        return
    row = own | {COLUMNS[table][0]: row_id}
    try:
        (change,) = check_additions(table, [row])
    except KpiError as error:
        show_unsaved(table, error)
        return
    changes = new_changes.differences(change, catalog)
    if not changes:
        st.markdown(small("Ret i felterne. Det, der står, overskrives ikke: rettelsen lægges "
                          "oven på med dato og navn, og den kan fortrydes."))  # fmt: skip
        show_lacking(lacking, is_pressed=False)
        return
    st.table(
        pd.DataFrame(
            [
                {
                    "Felt": plain(change.label),
                    "I dag": plain(change.before),
                    "Bliver": plain(change.after),
                }
                for change in changes
            ]
        ),
        border="horizontal", hide_index=True, alt="Hvad rettelsen ændrer",
    )  # fmt: skip
    _offer(table, row, lacking, "Gem rettelsen", catalog)


def _retire(table: str, catalog: Catalog) -> None:
    """Out of use, or in use again: its figures and its address stay in either case."""
    row_id = _choose(table, view.names_of(table, catalog))
    if row_id is None:
        return
    standing = new_changes.row_of(table, row_id, catalog)
    # The retirement alone: what others correct meanwhile stays.
    key, day = {COLUMNS[table][0]: row_id}, standing.get("retired", "")
    if day:
        st.markdown(f"{capital(view.NOUNS[table][1])} er ude af brug fra {fmt.partial_date(day)}.")
        _offer(table, key | {"retired": ""}, [], "Tag i brug igen", catalog)
        return
    st.markdown(
        f"Ude af brug kan {view.NOUNS[table][1]} ikke længere vælges på siderne. Alle tal, links "
        "og tidligere papirer bliver, og det kan fortrydes."
    )
    _offer(table, key | {"retired": today().isoformat()}, [], _RETIRE, catalog)


def _choose(table: str, names: Mapping[str, str]) -> str | None:
    chosen: str | None = st.selectbox(
        f"Søg {view.NOUNS[table][0]}", list(names), index=None, format_func=names.__getitem__,
        placeholder="Skriv, eller vælg", key=_key(f"{table}-valgt"),
    )  # fmt: skip
    return chosen


def _offer(
    table: str, row: Row, lacking: list[str], label: str, catalog: Catalog, is_new: bool = False
) -> None:
    """The name and the button; what hides shown figures is saved by a second press only."""
    by = st.text_input(
        "Dit navn", autocomplete="name", live=True, key=f"ret-ting-navn-{table}",
        persist_state="session",
    )  # fmt: skip
    lacking = [*lacking, *([] if by.strip() else ["dit navn"])]
    warned, hidden = st.session_state.get(_key(_HIDES), (None, {}))
    if is_warned := warned == (table, row):
        st.warning(plain(hidden_words(hidden, catalog, "bliver")), icon=":material/visibility_off:")
        label = f"{label} alligevel"
    pressed = st.button(label, type="primary", key=_key(f"{table}-gem"))
    show_lacking(lacking, is_pressed=pressed)
    if not pressed or lacking:
        return
    try:
        with waiting("Gemmer …"):
            if not is_new and not is_warned and (hidden := check_hidden(table, [row])):
                st.session_state[_key(_HIDES)] = (table, row), hidden
                st.rerun()
            done = create(table, row, by) if is_new else correct(table, row, by)
    except KpiError as error:
        show_unsaved(table, error)
        return
    if done.entry_id is None:
        st.info("Det står der allerede. Der er intet at gemme.", icon=":material/info:")
        return
    _begin_again()
    rerun_saying("Det er gemt.")


def _begin_again() -> None:
    """The next form begins with what stands."""
    st.session_state[_SAVED] = st.session_state.get(_SAVED, 0) + 1


def _key(field: str) -> str:
    return f"ret-ting-{field}-{st.session_state.get(_SAVED, 0)}"
