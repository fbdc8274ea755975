"""Which fields a new or corrected row of each table has."""

from collections.abc import Callable, Mapping
from typing import cast

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError, RowsRefusedError
from kpi.domain.kinds import KIND_PROPERTIES
from kpi.domain.vocabulary import LEVEL_NAMES, Kind
from kpi.domain.whom import OF_NONE, OF_NONE_NAME
from kpi.tables.spec import Row
from kpi.views.new_changes import (
    BENCHMARK_NAMES,
    DIRECTION_NAMES,
    FREQUENCY_NAMES,
    KIND_EXAMPLES,
    KIND_NAMES,
    LEVEL_EXAMPLES,
    headline_words,
    refused_fields,
    units,
)
from kpi.views.new_drafts import Draft, common_sets, missing
from kpi.views.new_things import names_of
from ui.badges import plain, small
from ui.page import show_fault
from ui.row_fields import Fields, Key

_DIRECTION_HELP = (
    "Afgør, om en forskel kaldes bedre eller dårligere. Er I i tvivl, så vælg »Ingen retning«."
)
_COUNTED_BY = (
    "Så skjules også de andele og gennemsnit, som et skjult antal kan regnes ud af. Er det en "
    "fordeling af nogle personer, er tæller og nævner det samme nøgletal. Står der intet, skjules "
    "tal uden nævner overalt, hvor et antal er skjult. Vælg kun »Ingen af Spors antal«, når det "
    "ikke er af personer, som Spor har tal for: Så vises de."
)
_MOST_DECIMALS = 4


def show_fields(
    draft: Draft, catalog: Catalog, key: Key, is_marked: bool = True
) -> tuple[Row, list[str]]:
    """The fields of a row of its table; returns what is in them, and what they still lack.

    Unmarked, where no file waits, also those that are seldom needed, folded away.
    """
    fields = Fields(draft, key, is_marked)
    _USUAL[draft.table](fields, catalog)
    seldom = None if is_marked else _SELDOM.get(draft.table)
    if seldom:
        with st.expander("Flere felter", icon=":material/more_horiz:"):
            seldom(fields, catalog)
    return fields.row, [*missing(draft.table, fields.row, catalog), *fields.half_filled]


def show_unsaved(table: str, error: KpiError) -> None:
    """Why a form cannot be saved: of each field what is wrong with it and what to do."""
    if not isinstance(error, RowsRefusedError):
        show_fault(error)
        return
    lines = [
        f"- **{plain(field)}:** {plain(words)}" if field else f"- {plain(words)}"
        for field, words in refused_fields(table, error)
    ]
    heading = "**Det kan ikke gemmes endnu.** Ret i felterne ovenfor."
    st.error("\n".join([heading, "", *lines]), icon=":material/error:")


def _indicator(fields: Fields, catalog: Catalog) -> None:
    fields.text("name", "Navn", "Som det skal stå på siderne")
    left, right = st.columns(2)
    with left:
        fields.text("short_name", "Kort navn", "Højst tre-fire ord")
    with right:
        fields.choice("theme_id", "Tema", names_of("theme", catalog))
    left, middle, right = st.columns([4, 4, 5])
    with left:
        fields.choice("kind", "Slags", KIND_NAMES)
    is_share = fields.row["kind"] == "proportion"
    with middle:
        known = {unit: name for unit, name in units().items() if (unit == "percent") is is_share}
        fields.choice("unit", "Enhed", known, new=not is_share)
        if is_share:
            fields.row["unit"] = "percent"
    with right:
        # Another kind begins with its own: a count has none.
        kind = cast(Kind, fields.row["kind"])
        is_other = kind in KIND_PROPERTIES and kind != fields.first_kind
        usual = str(KIND_PROPERTIES[kind].usual_decimals) if is_other else None
        fields.small_integer("decimals", "Decimaler", _MOST_DECIMALS, usual, kind * is_other)
    st.markdown(small(KIND_EXAMPLES))
    fields.segments("direction", "Retning", DIRECTION_NAMES)
    st.markdown(small(_DIRECTION_HELP))
    left, right = st.columns(2)
    with left:
        fields.choice("default_group", "Gruppe", names_of("population_group", catalog))
    with right:
        fields.choice("benchmark", "Sammenlign med", BENCHMARK_NAMES)
    fields.segments("headline", "Blandt temaets vigtigste nøgletal?", {"0": "Nej", "1": "Ja"})
    st.markdown(small(plain(headline_words(fields.row["theme_id"], catalog))))
    fields.area("definition", "Definition", "Hvem og hvad tælles, og hvornår?")
    fields.broken("breaks", "Brud i serien (kan udelades)")
    fields.text(
        "source_note", "Kildenote (kan udelades)", "For eksempel: Opgjort i marts og september",
    )  # fmt: skip


def _more_of_indicator(fields: Fields, catalog: Catalog) -> None:
    fields.text("aliases", "Andre navne (kan udelades)", "Adskilt af semikolon")
    if fields.row["kind"] == "count":
        return
    counts = {
        each.indicator_id: each.name
        for each in catalog.indicators.values()
        if each.kind in ("count", "proportion") and each.indicator_id != fields.row["indicator_id"]
    }
    left, right = st.columns(2)
    with left:
        fields.choice("denominator_id", "Alle, som det er af (nævner; kan udelades)",
                      {"": "Ikke oplyst", OF_NONE: OF_NONE_NAME, **counts})  # fmt: skip
    with right:
        fields.choice("numerator_id", "Dem, der har det (tæller; kan udelades)",
                      {"": "Ikke oplyst", **counts})  # fmt: skip
    st.markdown(small(_COUNTED_BY))


def _area(fields: Fields, catalog: Catalog) -> None:
    fields.text("name", "Navn")
    show_place(fields, catalog)
    left, right = st.columns(2)
    with left:
        fields.text("code", "Kode (kan udelades)", "Danmarks Statistiks kode")
    with right:
        fields.text("aliases", "Andre navne (kan udelades)", "Adskilt af semikolon")
    show_sets(fields, catalog)


def show_place(fields: Fields, catalog: Catalog) -> None:
    """What kind of area it is, and what it lies in."""
    left, right = st.columns(2)
    with left:
        fields.choice("level", "Slags område", LEVEL_NAMES)
    with right:
        fields.choice("parent_id", "Ligger i", names_of("area", catalog))
    st.markdown(small(LEVEL_EXAMPLES))


def show_sets(fields: Fields, catalog: Catalog) -> None:
    """Which sets the area is compared in: at another place at first those of all areas there."""
    names = {area_set.set_id: area_set.name for area_set in catalog.area_sets.values()}
    place = fields.row["level"], fields.row["parent_id"]
    is_moved = place != fields.first_place
    common = ";".join(common_sets(*place, catalog)) if is_moved else None
    fields.several(
        "set_ids", "Sammenlignes i (kan udelades)", names, common, "-".join(place) * is_moved
    )


def _more_of_area(fields: Fields, catalog: Catalog) -> None:
    left, right = st.columns(2)
    with left:
        fields.day("valid_from", "Gælder fra (kan udelades)")
        fields.several("succeeded_by", "Derefter en del af (kan udelades)",
                       names_of("area", catalog))  # fmt: skip
    with right:
        fields.day("valid_to", "Gælder til og med (kan udelades)")
    if fields.row["level"] == "housing_area":
        programmes = {
            area.area_id: area.name for area in catalog.areas.values() if area.is_programme
        }
        fields.choice("context_of", "Vises ved programområdet (kan udelades)",
                      {"": "Ingen", **programmes})  # fmt: skip


def _group(fields: Fields, catalog: Catalog) -> None:
    left, right = st.columns(2)
    with left:
        fields.text("name", "Navn")
    with right:
        fields.choice(
            "reference_group_id", "Sammenlignes med",
            {"": "Ingen gruppe", **names_of("population_group", catalog)},
        )  # fmt: skip
    fields.text("note", "Hvem er med? (kan udelades)")
    fields.text("aliases", "Andre navne (kan udelades)", "Adskilt af semikolon")
    fields.area(
        "part_of", "Del af (kan udelades)",
        "»Alle: alder«, når grupperne efter alder tilsammen er alle; »Alle«, når de ikke er det",
    )  # fmt: skip


def _source(fields: Fields, catalog: Catalog) -> None:
    fields.text("title", "Titel")
    left, right = st.columns(2)
    with left:
        fields.text("publisher", "Udgiver", "Hvem har lavet den?")
    with right:
        fields.text("published", "Udgivet (kan udelades)", "19.03.2025, marts 2025 eller 2025")
    left, right = st.columns(2)
    with left:
        fields.text("section", "Afsnit (kan udelades)", "Side, tabel eller punkt")
    with right:
        fields.choice("frequency", "Nye tal", FREQUENCY_NAMES)
    fields.limit("min_cell")


def _theme(fields: Fields, catalog: Catalog) -> None:
    left, right = st.columns([2, 1])
    with left:
        fields.text("name", "Navn")
    with right:
        fields.text("short_name", "Kort navn")
    fields.area("description", "Beskrivelse (kan udelades)")


_Draw = Callable[[Fields, Catalog], None]
_USUAL: Mapping[str, _Draw] = {
    "indicator": _indicator, "area": _area, "population_group": _group, "source": _source,
    "theme": _theme,
}  # fmt: skip
_SELDOM: Mapping[str, _Draw] = {"indicator": _more_of_indicator, "area": _more_of_area}
