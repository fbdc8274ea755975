"""The fields of one row of a table, each marked by whether it was read from the file."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import streamlit as st
from streamlit.elements.lib.utils import LabelVisibility

from kpi.domain.format import NO_BREAK_SPACE, long_date
from kpi.domain.model import Break
from kpi.domain.series_break import breaks_of, breaks_text
from kpi.tables.spec import Row
from kpi.views.new_drafts import Draft
from ui.badges import small

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
        # What a field that is half filled in still needs, in words of "Der mangler …".
        self.half_filled: list[str] = []

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
        """The newest break in the series: its first day and what happened; earlier ones stay.

        Neither field waits for the other: a day counts once its field is left, and a field that
        opened only then would be passed by with the Tab key.
        """
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
                "Hvad skete der?", key=title_key, live=True,
                placeholder="For eksempel: Kontanthjælpsreformen", persist_state="session",
            )  # fmt: skip
        words = " ".join((title or "").replace(";", ",").split())
        if day and not words:
            self.half_filled.append(f"hvad der skete {long_date(day)}")
        elif words and not day:
            self.half_filled.append(f"dagen for bruddet »{words}«")
        own = [Break(day, words)] if day and words else []
        self.row[column] = breaks_text([*known[:-1], *own])
