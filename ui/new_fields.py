"""The fields of a new or corrected row, each marked by whether it was read from the file."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import cast

import streamlit as st
from streamlit.elements.lib.utils import LabelVisibility

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError, RowsRefusedError
from kpi.domain.format import NO_BREAK_SPACE
from kpi.domain.kinds import KIND_PROPERTIES
from kpi.domain.model import Break
from kpi.domain.series_break import breaks_of, breaks_text
from kpi.domain.vocabulary import LEVEL_NAMES, Kind
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
from kpi.views.new_drafts import Draft, common_sets
from kpi.views.new_things import names_of
from ui.badges import plain, small
from ui.page import show_fault

_DIRECTION_HELP = (
    "Afgør, om en forskel kaldes bedre eller dårligere. Er I i tvivl, så vælg »Ingen retning«."
)
_MOST_DECIMALS = 4
_OPTIONAL = "(kan udelades)"
_PUBLIC, _OWN = "offentlig", "egen"
LIMIT_NAMES = {_PUBLIC: "Ja, hvert eneste tal", _OWN: "Nej, eller det er usikkert"}
_LIMIT_CAPTIONS = (
    "Tabeller fra Statistikbanken, jobindsats.dk og lignende. Spor skjuler intet.",
    "Egne udtræk, registre og særkørsler, også fra Danmarks Statistik. Spor skjuler små antal.",
)
_USUAL_LIMIT, _MOST_LIMIT = 5, 100
_LIMIT_WORDS = (
    "Antal under grænsen skjules, og andre tal med dem, hvor de ellers kunne regnes ud. Grænsen "
    "kan sættes op siden hen, men ikke ned, når kilden har tal. 2 regnes for 3, for under 2 er der "
    "kun 1."
)
Key = Callable[[str], str]


class Fields:
    """Draws the fields of one row, and remembers what is in them.

    What a person has written stays while they look at another page.
    """

    def __init__(self, draft: Draft, key: Key, is_marked: bool) -> None:
        self._draft, self._key, self._is_marked = draft, key, is_marked
        self.row: Row = dict(draft.row)

    @property
    def first_place(self) -> tuple[str, str]:
        """The level and the parent that an area's draft begins with."""
        return self._draft.row["level"], self._draft.row["parent_id"]

    @property
    def first_kind(self) -> str:
        """The kind that an indicator's draft begins with."""
        return self._draft.row["kind"]

    @contextmanager
    def _field(self, column: str, label: str) -> Iterator[LabelVisibility]:
        """Room for a field; with its mark the label is above, where a mark is allowed.

        The field has the label in either case, for those who do not see it.
        """
        if not self._is_marked:
            yield "visible"
            return
        is_from_file = column in self._draft.from_file
        mark = ":green[:small[fra filen]]" if is_from_file else ":orange[:small[kontrollér]]"
        # What may be left out asks for nothing, and what a person has changed is neither.
        now = st.session_state.get(self._key(column))
        is_changed = now is not None and str(now) != self._draft.row[column]
        mark = "" if is_changed or (_OPTIONAL in label and not is_from_file) else mark
        with st.container(gap="xxsmall"):
            st.markdown(f":small[{label}]{2 * NO_BREAK_SPACE}{mark}")
            yield "collapsed"

    def text(self, column: str, label: str, placeholder: str = "") -> None:
        """A line of text, of any length: a field with a limit drops what is pasted, unsaid."""
        key = self._key(column)
        st.session_state.setdefault(key, self._draft.row[column])
        with self._field(column, label) as visibility:
            text = st.text_input(
                label, key=key, placeholder=placeholder, live=True,
                label_visibility=visibility, persist_state="session",
            )  # fmt: skip
        self.row[column] = text or ""

    def area(self, column: str, label: str, placeholder: str = "") -> None:
        """Several lines of text."""
        key = self._key(column)
        st.session_state.setdefault(key, self._draft.row[column])
        with self._field(column, label) as visibility:
            text = st.text_area(
                label, key=key, placeholder=placeholder,
                height="content", label_visibility=visibility, persist_state="session",
            )  # fmt: skip
        self.row[column] = text or ""

    def choice(self, column: str, label: str, names: Mapping[str, str], new: bool = False) -> None:
        """A choice of one id by its name; with `new` another may be written."""
        key, wanted = self._key(column), self._draft.row[column]
        options = list(names)
        if new:
            options += [option for option in (wanted, st.session_state.get(key)) if option]
        if st.session_state.get(key, wanted) not in options:
            st.session_state[key] = None
        st.session_state.setdefault(key, wanted)
        with self._field(column, label) as visibility:
            chosen = st.selectbox(
                label, list(dict.fromkeys(options)), key=key, accept_new_options=new,
                format_func=lambda option: names.get(option, option), label_visibility=visibility,
                placeholder="Vælg, eller skriv en ny" if new else "Vælg", persist_state="session",
            )  # fmt: skip
        self.row[column] = chosen or ""

    def segments(self, column: str, label: str, names: Mapping[str, str]) -> None:
        """One of a few, all seen at once."""
        key, wanted = self._key(column), self._draft.row[column]
        st.session_state.setdefault(key, wanted if wanted in names else next(iter(names)))
        with self._field(column, label) as visibility:
            chosen = st.segmented_control(
                label, list(names), format_func=names.__getitem__, key=key, required=True,
                wrap=True, label_visibility=visibility, persist_state="session",
            )  # fmt: skip
        self.row[column] = str(chosen)

    def small_integer(
        self, column: str, label: str, most: int, first: str | None = None, of: str = ""
    ) -> None:
        """A field for a small integer, 0 to `most`; `first` and `of` as of `several`."""
        key = self._key(f"{column}-{of}" if of else column)
        text = self._draft.row[column] if first is None else first
        st.session_state.setdefault(key, min(int(text), most) if text.isdigit() else 0)
        with self._field(column, label) as visibility:
            number = st.number_input(
                label, 0, most, step=1, key=key, label_visibility=visibility,
                persist_state="session",
            )  # fmt: skip
        self.row[column] = str(number)

    def several(
        self, column: str, label: str, names: Mapping[str, str], first: str | None = None,
        of: str = "",
    ) -> None:  # fmt: skip
        """A choice of any number of ids by their names, at first the draft's or those of `first`.

        What is chosen belongs to `of`, and another `of` begins with its own first choice.
        """
        key = self._key(f"{column}-{of}" if of else column)
        text = self._draft.row[column] if first is None else first
        wanted = [option for option in text.split(";") if option in names]
        st.session_state.setdefault(key, wanted)
        with self._field(column, label) as visibility:
            chosen = st.multiselect(
                label, list(names), format_func=names.__getitem__, key=key, placeholder="Ingen",
                label_visibility=visibility, persist_state="session",
            )  # fmt: skip
        self.row[column] = ";".join(chosen)

    def day(self, column: str, label: str) -> None:
        """A day, or none."""
        key, text = self._key(column), self._draft.row[column]
        st.session_state.setdefault(key, date.fromisoformat(text) if text else None)
        with self._field(column, label) as visibility:
            day: date | None = st.date_input(
                label, key=key, format="DD.MM.YYYY", label_visibility=visibility,
                min_value=date(1900, 1, 1), max_value=date(2100, 12, 31), persist_state="session",
            )  # fmt: skip
        self.row[column] = day.isoformat() if day else ""

    def limit(self, column: str) -> None:
        """Whether anyone can look the figures up already, else from how many one may be shown.

        Of a new source nobody has said it, and nothing is proposed: a number that was shown by
        mistake cannot be made unread, and one hidden by mistake is hidden for as long as it stands.
        """
        key, text = self._key(f"{column}-offentlig"), self._draft.row[column]
        known = (_PUBLIC if text == "0" else _OWN) if text else None
        st.session_state.setdefault(key, known)
        chosen = st.radio(
            "Kan alle slå tallene op i forvejen?", list(LIMIT_NAMES), key=key,
            format_func=LIMIT_NAMES.__getitem__, captions=list(_LIMIT_CAPTIONS),
            persist_state="session",
        )  # fmt: skip
        if chosen == _PUBLIC:
            self.row[column] = "0"
        elif chosen == _OWN:
            self._least(column)
        else:
            self.row[column] = ""

    def _least(self, column: str) -> None:
        """From how many persons a number is shown; 0 would hide none."""
        key, text = self._key(column), self._draft.row[column]
        usual = int(text) if text.isdigit() and text != "0" else _USUAL_LIMIT
        st.session_state.setdefault(key, min(usual, _MOST_LIMIT))
        number = st.number_input(
            "Mindste antal, der vises", 1, _MOST_LIMIT, step=1, key=key, persist_state="session"
        )
        self.row[column] = str(number)
        st.markdown(small(_LIMIT_WORDS))

    def broken(self, column: str, label: str) -> None:
        """The newest break in the series: its first day and what happened; earlier ones stay."""
        known = breaks_of(self._draft.row[column])
        newest = known[-1] if known else None
        key, title_key = self._key(column), self._key(f"{column}-titel")
        st.session_state.setdefault(key, newest.day if newest else None)
        st.session_state.setdefault(title_key, newest.title if newest else "")
        left, right = st.columns([1, 1.6], vertical_alignment="bottom")
        with left, self._field(column, label) as visibility:
            day: date | None = st.date_input(
                label, key=key, format="DD.MM.YYYY", label_visibility=visibility,
                min_value=date(1900, 1, 1), max_value=date(2100, 12, 31), persist_state="session",
            )  # fmt: skip
        with right:
            title = st.text_input(
                "Hvad skete der?", key=title_key, live=True, disabled=day is None,
                placeholder="For eksempel: Kontanthjælpsreformen", persist_state="session",
            )  # fmt: skip
        words = " ".join((title or "").replace(";", ",").split())
        own = [Break(day, words)] if day and words else []
        self.row[column] = breaks_text([*known[:-1], *own])


def show_fields(draft: Draft, catalog: Catalog, key: Key, is_marked: bool = True) -> Row:
    """The fields of a row of its table; returns what is in them.

    Unmarked, where no file waits, also those that are seldom needed, folded away.
    """
    fields = Fields(draft, key, is_marked)
    _USUAL[draft.table](fields, catalog)
    seldom = None if is_marked else _SELDOM.get(draft.table)
    if seldom:
        with st.expander("Flere felter", icon=":material/more_horiz:"):
            seldom(fields, catalog)
    return fields.row


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
    fields.text("name", "Navn")
    left, right = st.columns(2)
    with left:
        fields.text("short_name", "Kort navn", "Højst tre-fire ord")
    with right:
        fields.choice("theme_id", "Tema", names_of("theme", catalog))
    left, middle, right = st.columns([2, 2, 1])
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
