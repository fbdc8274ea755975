"""Beneath the recipe form: all else that a recipe can say, for the few files that need it."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.ingest.checked import Checked
from kpi.ingest.meaning.column_words import NO_MUNICIPALITY
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.statuses import STATUS_WORDS
from kpi.views.recipe_draft import RecipeDraft, labels_of
from kpi.views.whole_file import whole_file
from ui.badges import plain, small
from ui.recipe_fields import NOTHING, ask_labels, box, free_columns, several
from ui.upload_asked import other_measures
from ui.upload_files import key_of

_DECIMALS = {"comma": "Komma", "point": "Punktum"}
_DASHES = {"zero": "0", "missing": "Ikke oplyst"}
_ABSENT = {"zero": "De er 0", "missing": "De er ikke oplyst"}
_SCALES = {
    "100": "Gang med 100 (andele fra 0 til 1)",
    "1000": "Gang med 1.000 (tal i tusinder)",
    "1000000": "Gang med 1.000.000 (tal i millioner)",
    "0.1": "Gang med 0,1 (promille)",
    "1": "Som de står",
}


def ask_more(draft: RecipeDraft, checked: Checked, catalog: Catalog) -> RecipeDraft:
    """The draft with what is said here; untouched it is as before."""
    draft = _ask_numbers(draft)
    draft = _ask_columns(draft, checked)
    draft = _ask_sums(draft, checked)
    draft = _ask_indicators(draft, checked, catalog)
    draft = _ask_areas(draft, checked, catalog)
    draft = _ask_whole_file(draft, checked, catalog)
    return _ask_skipped(draft, checked)


def _ask_numbers(draft: RecipeDraft) -> RecipeDraft:
    st.markdown("**Tallene**")
    first, second, third, fourth = st.columns(4)
    with first:
        decimal = _choice("Decimaltegn", _DECIMALS, "decimaltegn", "Afgøres af kolonnen")
    with second:
        scale = _choice("Tallene i filen", _SCALES, "skala", "Kontrolleres af Spor")
    with third:
        dash = _choice("En streg (-) betyder", _DASHES, "streg", "Siges i filen")
    with fourth:
        absent = _choice("Rækker, der mangler", _ABSENT, "fravaer", "Siger intet")
    return replace(
        draft, decimal=decimal, scale=float(scale) if scale else None, dash=dash, absent=absent
    )


def _ask_columns(draft: RecipeDraft, checked: Checked) -> RecipeDraft:
    st.markdown("**Flere kolonner**")
    proposal = checked.proposal or NOTHING
    roles = {
        "numerator": ("Tællerens kolonne", proposal.numerator),
        "denominator": ("Nævnerens kolonne", proposal.denominator),
        "status": ("Status", proposal.status),
        "note": ("Note", proposal.note),
    }
    chosen = {}
    for place, (role, (label, first)) in zip(st.columns(4), roles.items(), strict=True):
        with place:
            chosen[role] = box(label, free_columns(draft, checked), role, first, empty="Ingen")
    draft = replace(
        draft, numerator=chosen["numerator"], denominator=chosen["denominator"],
        status=chosen["status"], note=chosen["note"],
    )  # fmt: skip
    if not draft.status:
        return draft
    statuses, _ = ask_labels(
        labels_of(draft.status, proposal),
        {status: words.capitalize() for status, words in STATUS_WORDS.items()},
        f"status-{draft.status}",
        proposal.statuses,
        skip="Som kilden mener",
    )
    return replace(draft, statuses=statuses)


def _ask_sums(draft: RecipeDraft, checked: Checked) -> RecipeDraft:
    """Columns without a total: which of their labels are added up, or are parts of a share."""
    st.markdown(
        "**Rækker, der lægges sammen**  \n"
        + small("Til tabeller uden en række for alle. Kun antal kan lægges sammen.")
    )
    proposal = checked.proposal
    left, right = st.columns(2)
    with left:
        columns = several(
            "Læg rækkerne sammen over", free_columns(draft, checked), "laeg-sammen",
            empty="Ingen kolonner",
        )  # fmt: skip
        sums = {
            column: several(
                f"Værdier i {plain(column)}",
                labels_of(column, proposal),
                f"sum-{column}",
                labels_of(column, proposal),
                empty="Vælg, eller skriv en værdi",
            )
            for column in columns
        }
    draft = replace(draft, sums=sums)
    with right:
        share = box(
            "Regn en andel ud af antal i",
            free_columns(draft, checked),
            "andel",
            empty="Ingen andel",
        )
        if not share:
            return draft
        labels = labels_of(share, proposal)
        part = several("Tælleren", labels, f"andel-del-{share}", empty="Vælg værdier")
        rest = [label for label in labels if label not in part]
        rest = several("Resten af nævneren", rest, f"andel-rest-{share}", empty="Vælg værdier")
    return replace(draft, share=share, share_part=part, share_rest=rest)


def _ask_indicators(draft: RecipeDraft, checked: Checked, catalog: Catalog) -> RecipeDraft:
    proposal = checked.proposal or NOTHING
    proposed = proposal.indicator
    column = box(
        "Nøgletallets kolonne (hvis filen har flere nøgletal)", free_columns(draft, checked),
        "noegletalskolonne", proposed.column if proposed else "", empty="Ingen: ét nøgletal",
    )  # fmt: skip
    if not column:
        return draft
    ids = proposed.ids if proposed and proposed.column == column else {}
    names = {indicator_id: indicator.name for indicator_id, indicator in catalog.indicators.items()}
    indicators, skipped = ask_labels(labels_of(column, proposal), names, f"noegletal-{column}", ids)
    return replace(draft, indicator=column, indicators=indicators, skipped_indicators=skipped)


def _ask_areas(draft: RecipeDraft, checked: Checked, catalog: Catalog) -> RecipeDraft:
    """Spellings of areas that Spor does not know, and that the draft does not skip."""
    find = area_lookup(catalog)
    unknown = [
        label
        for label in labels_of(draft.area, checked.proposal)
        if find(label) is None and not _is_skipped(label, draft)
    ]
    if not unknown or len(unknown) > len(catalog.areas):
        return draft
    st.markdown("**Områder, som filen staver anderledes**")
    names = {area_id: area.name for area_id, area in catalog.areas.items()}
    ids, _ = ask_labels(unknown, names, f"omraade-{draft.area}", {}, skip="Kendes ikke")
    return replace(draft, area_ids=ids)


def _is_skipped(label: str, draft: RecipeDraft) -> bool:
    if label in draft.skipped_areas or label.casefold() in NO_MUNICIPALITY:
        return True
    return any(
        label.startswith(pattern.removesuffix("*").strip())
        for pattern in draft.skipped_areas
        if pattern.endswith("*")
    )


def _ask_whole_file(draft: RecipeDraft, checked: Checked, catalog: Catalog) -> RecipeDraft:
    st.markdown("**Hele filen er om**  \n" + small("Til filer, der ikke selv har kolonnen."))
    said = whole_file(checked, catalog)
    first, second, third = st.columns(3)
    area = period = group = ""
    with first:
        if not _is_column("Området", draft.area):
            area = box(
                "Området", list(catalog.areas), "hele-omraade", said.area, empty="Står i filen",
                names=lambda area_id: catalog.areas[area_id].name,
            )  # fmt: skip
    with second:
        if not _is_column("Perioden", draft.period):
            key = key_of("opskrift-hele-periode")
            if key not in st.session_state and said.period:
                st.session_state[key] = said.period
            period = st.text_input(
                "Perioden", key=key,
                placeholder="Står i filen. Ellers for eksempel 2024K1",
            )  # fmt: skip
    with third:
        if not _is_column("Gruppen", draft.group):
            group = box(
                "Gruppen", list(catalog.groups), "hele-gruppe", said.group,
                empty="Nøgletallets egen",
                names=lambda group_id: catalog.groups[group_id].name,
            )  # fmt: skip
    return replace(
        draft, constant_area=area, constant_period=(period or "").strip(), constant_group=group
    )


def _is_column(meaning: str, column: str) -> bool:
    """Shows which column contains a part of each row; False where there is no such column."""
    if column:
        st.markdown(small(f"{meaning} står i »{plain(column)}«."))
    return bool(column)


def _ask_skipped(draft: RecipeDraft, checked: Checked) -> RecipeDraft:
    left, right = st.columns(2)
    free = free_columns(draft, checked)
    with left:
        columns = several(
            "Spring disse kolonner over", free, f"spring-kolonner-{draft.value}",
            # Of those that were not chosen nobody need be told with each extract.
            [name for name in other_measures(draft.value) if name in free],
            empty="Ingen: Spor ser efter, at de er ligegyldige",
        )  # fmt: skip
    with right:
        periods = several(
            "Spring disse perioder over", labels_of(draft.period, checked.proposal),
            "spring-perioder", empty="Ingen. Skriv for eksempel *QMAT*",
        )  # fmt: skip
    return replace(draft, skipped_columns=columns, skipped_periods=periods)


def _choice(label: str, names: Mapping[str, str], field: str, empty: str) -> str:
    return box(label, list(names), field, names=lambda option: names[option], empty=empty)
