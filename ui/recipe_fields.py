"""The fields of the recipe form: filled in with what the file's contents propose, to be changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import MadeFrom
from kpi.views.proposed_source import proposed_indicator, proposed_source
from kpi.views.recipe_draft import RecipeDraft, labels_of, title_for
from kpi.views.upload import Filled
from kpi.views.whole_file import whole_file
from ui.badges import plain
from ui.upload_files import key_of

_ROLES = {"area": "Områdets kolonne", "period": "Periodens kolonne", "value": "Tallets kolonne"}
_MOST_LABELS = 40
_SKIP = "(spring over)"
NOTHING = Proposal()


def box(
    label: str,
    options: Sequence[str],
    field: str,
    first: str = "",
    names: Callable[[str], str] = str,
    empty: str = "Vælg",
) -> str:
    """A box to choose one of the options, or none; `first` is chosen until a person chooses."""
    key = key_of(f"opskrift-{field}")
    if key not in st.session_state and first in options:
        st.session_state[key] = first
    chosen = st.selectbox(label, options, index=None, format_func=names, key=key, placeholder=empty)
    return chosen or ""


def several(
    label: str, options: Sequence[str], field: str, first: Sequence[str] = (), empty: str = "Ingen"
) -> list[str]:
    """A field of several options, and of what a person writes; `first` until a person chooses."""
    key = key_of(f"opskrift-{field}")
    if key not in st.session_state and first:
        st.session_state[key] = list(first)
    every = list(dict.fromkeys([*options, *first, *st.session_state.get(key, [])]))
    return st.multiselect(label, every, key=key, accept_new_options=True, placeholder=empty)


def ask_what(checked: Checked, catalog: Catalog, taken: Sequence[str]) -> RecipeDraft:
    """What the figures are: the indicator, whose they are, and what the recipe is called."""
    proposal = checked.proposal or NOTHING
    first, second, third = st.columns(3)
    named = proposal.indicator if field_now("noegletalskolonne", proposal) else None
    with first:
        indicator_id = box(
            "Nøgletal", list(catalog.indicators), "noegletal", proposed_indicator(checked, catalog),
            names=lambda indicator_id: catalog.indicators[indicator_id].name,
            empty="Står i filens kolonne" if named else "Vælg et nøgletal",
        )  # fmt: skip
    with second:
        source_id = box(
            "Kilde", list(catalog.sources), "kilde", proposed_source(checked, catalog).source_id,
            names=lambda source_id: catalog.sources[source_id].title, empty="Vælg en kilde",
        )  # fmt: skip
    with third:
        key = key_of("opskrift-navn")
        if key not in st.session_state:
            st.session_state[key] = title_for(
                checked.title or checked.table_id, checked.file, taken
            )
        title = st.text_input("Opskriftens navn", live=True, key=key)
    return RecipeDraft(
        title or "", source_id, indicator_id, "", "", "", keep=dict(proposal.keep),
        made_from=MadeFrom(
            checked.title, checked.measure, checked.unit, checked.table_id, file=checked.file
        ),
    )  # fmt: skip


def field_now(field: str, proposal: Proposal) -> str:
    """The column that a box further down names, also before it is drawn."""
    chosen = st.session_state.get(
        key_of(f"opskrift-{field}"), _first_columns(proposal).get(field, "")
    )
    return str(chosen or "")


def used_now(proposal: Proposal) -> frozenset[str]:
    """The columns that the boxes name for a part of an observation, also those further down."""
    fields = _first_columns(proposal)
    return frozenset(filter(None, (field_now(field, proposal) for field in fields)))


def filled_now(checked: Checked, catalog: Catalog) -> Filled:
    """What the form says by now, also before it is drawn."""
    proposal = checked.proposal or NOTHING
    said = whole_file(checked, catalog)

    def answered(field: str, first: str = "") -> str:
        return str(st.session_state.get(key_of(f"opskrift-{field}"), first) or "")

    # What was chosen may have been withdrawn since.
    indicator = answered("noegletal", proposed_indicator(checked, catalog))
    source = answered("kilde", proposed_source(checked, catalog).source_id)
    counts = field_now("numerator", proposal) and field_now("denominator", proposal)
    return Filled(
        area=field_now("area", proposal) or answered("hele-omraade", said.area),
        period=field_now("period", proposal) or answered("hele-periode", said.period),
        value=field_now(f"value-{proposal.value}", proposal) or counts,
        indicator=(indicator if indicator in catalog.indicators else "")
        or field_now("noegletalskolonne", proposal),
        source=source if source in catalog.sources else "",
    )


def _first_columns(proposal: Proposal) -> dict[str, str]:
    """What each box of a column names until a person chooses."""
    return {
        "area": proposal.area, "period": proposal.period,
        # A measure that is chosen later fills the field in again.
        f"value-{proposal.value}": proposal.value,
        "gruppe": proposal.group.column if proposal.group else "",
        "noegletalskolonne": proposal.indicator.column if proposal.indicator else "",
        "numerator": proposal.numerator, "denominator": proposal.denominator,
        "status": proposal.status, "note": proposal.note,
    }  # fmt: skip


def ask_unclear(draft: RecipeDraft, checked: Checked) -> RecipeDraft:
    """Which rows to use, where a column has several labels and none of them is a total."""
    proposal = checked.proposal or NOTHING
    used = used_now(proposal)
    unclear = {
        column: labels
        for column, labels in proposal.unclear.items()
        if len(labels) <= _MOST_LABELS and column not in used
    }
    if not unclear:
        return draft
    places = st.columns(3)
    keep = dict(draft.keep)
    for number, (column, labels) in enumerate(unclear.items()):
        with places[number % 3]:
            chosen = several(
                f"Brug rækker, hvor {plain(column)} er", labels, f"raekker-{column}",
                empty="Vælg",
            )  # fmt: skip
        if chosen:
            keep[column] = tuple(chosen)
    return replace(draft, keep=keep)


def ask_columns(draft: RecipeDraft, checked: Checked) -> RecipeDraft:
    """Which columns contain the area, the period and the figure."""
    proposal = checked.proposal or NOTHING
    columns = list(dict.fromkeys(checked.columns))
    first = {"area": proposal.area, "period": proposal.period, "value": proposal.value}
    chosen = {}
    for place, (role, label) in zip(st.columns(3), _ROLES.items(), strict=True):
        field = role if role != "value" else f"value-{proposal.value}"
        with place:
            chosen[role] = box(label, columns, field, first[role], empty="Vælg en kolonne")
    return replace(draft, area=chosen["area"], period=chosen["period"], value=chosen["value"])


def ask_groups(draft: RecipeDraft, checked: Checked, catalog: Catalog) -> RecipeDraft:
    """Which column names groups, and which group each of its labels is."""
    proposal = checked.proposal or NOTHING
    proposed = proposal.group
    column = box(
        "Gruppens kolonne (hvis filen har flere grupper)", free_columns(draft, checked), "gruppe",
        proposed.column if proposed else "", empty="Ingen: nøgletallets egen gruppe",
    )  # fmt: skip
    if not column:
        return draft
    labels = labels_of(column, proposal)
    ids = proposed.ids if proposed and proposed.column == column else {}
    groups, skipped = ask_labels(
        labels,
        {group_id: group.name for group_id, group in catalog.groups.items()},
        f"gruppe-{column}",
        ids,
    )
    is_sum = False
    if len(set(groups.values())) < len(groups):
        is_sum = st.checkbox(
            "Læg tallene for værdier med samme gruppe sammen (kun antal, og andele med tæller og "
            "nævner)", key=key_of("opskrift-sum"),
        )  # fmt: skip
    return replace(draft, group=column, groups=groups, skipped_groups=skipped, is_sum=is_sum)


def ask_labels(
    labels: Sequence[str],
    names: Mapping[str, str],
    field: str,
    first: Mapping[str, str],
    skip: str = _SKIP,
) -> tuple[dict[str, str], list[str]]:
    """The id of each label, and the labels that are ignored."""
    ids, skipped = {}, []
    places = st.columns(3)
    for number, label in enumerate(labels[:_MOST_LABELS]):
        with places[number % 3]:
            chosen = box(
                f"»{plain(label)}« er", list(names), f"{field}-{label}", first.get(label, ""),
                names=lambda name_id: names[name_id], empty=skip,
            )  # fmt: skip
        if chosen:
            ids[label] = chosen
        else:
            skipped.append(label)
    return ids, [*skipped, *labels[_MOST_LABELS:]]


def ask_rows(draft: RecipeDraft, checked: Checked) -> RecipeDraft:
    """Which rows to use, and which areas are none of Spor's."""
    proposal = checked.proposal or NOTHING
    taken = used_now(proposal) | proposal.unclear.keys()
    key = key_of("opskrift-behold")
    if key in st.session_state:
        # A column that names groups by now has no rows to choose: each of its labels is asked.
        st.session_state[key] = [
            column_label for column_label in st.session_state[key] if column_label not in taken
        ]
    left, right = st.columns(2)
    with left:
        chosen = [column for column in proposal.keep if column not in taken]
        free = [column for column in dict.fromkeys(checked.columns) if column not in taken]
        columns = several(
            "Brug kun nogle rækker, valgt efter", free, "behold", chosen, "Alle rækker bruges"
        )
        keep = {column: texts for column, texts in draft.keep.items() if column in proposal.unclear}
        for column in columns:
            texts = several(
                f"Rækker, hvor {plain(column)} er", labels_of(column, proposal),
                f"behold-{column}", proposal.keep.get(column, ()), "Vælg, eller skriv en værdi",
            )  # fmt: skip
            keep[column] = tuple(texts)
    with right:
        areas = several(
            "Spring disse områder over", labels_of(draft.area, proposal), "omraader",
            proposal.skipped_areas, "Ingen. Skriv for eksempel Province *",
        )  # fmt: skip
    return replace(draft, keep=keep, skipped_areas=areas)


def free_columns(draft: RecipeDraft, checked: Checked) -> list[str]:
    """The columns that the draft does not use for a part of an observation, each once."""
    return [column for column in dict.fromkeys(checked.columns) if column not in draft.used()]
