"""What a person may say of the current file: only what its reading asks, and what was answered."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from kpi.domain import format as fmt
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.views.upload_choices import questions, scale_words
from ui.upload_asked import MEASURES, remembered
from ui.upload_files import key_of
from ui.upload_recipe import show_recipe_choice

_MARKS = {"comma": "Komma (1.234,5)", "point": "Punktum (1,234.5)"}
_IN_A_LINE = 3
_MOST_PILLS = 6


def show_choices(checked: Checked, choices: Choices) -> None:
    """Sheet, measure, recipe, scale and decimal mark, where there is any to choose."""
    open_questions = questions(checked, choices)
    shown: list[Callable[[], None]] = []
    if open_questions.sheets:
        shown.append(partial(_choose_part, "Ark", "Vælg et ark", open_questions.sheets))
    if open_questions.tables:
        shown.append(partial(_choose_part, "Tabel", "Vælg en tabel", open_questions.tables))
    if open_questions.measures:  # in a line of their own: a third of it cuts the last names off
        _choose_measure(open_questions.measures)
    if open_questions.recipe:
        shown.append(partial(show_recipe_choice, checked))
    if open_questions.accept_recipe:
        shown.append(_accept_recipe)
    if open_questions.scales:
        shown.append(partial(_choose_scale, open_questions.scales))
    if open_questions.decimal:
        shown.append(_choose_decimal)
    for start in range(0, len(shown), _IN_A_LINE):
        places = st.columns(_IN_A_LINE, vertical_alignment="bottom")
        for place, show in zip(places, shown[start : start + _IN_A_LINE], strict=False):
            with place:
                show()


def _choose_part(label: str, placeholder: str, names: Sequence[str]) -> None:
    st.selectbox(
        label, remembered("arkliste", names), index=None, key=key_of("ark"),
        placeholder=placeholder,
    )  # fmt: skip


def _choose_measure(names: Sequence[str]) -> None:
    every = remembered(MEASURES, names)
    if len(every) <= _MOST_PILLS:
        count = fmt.count_word(len(every))
        st.pills(f"Filen har {count} mål. Hvilket er det?", every, key=key_of("maal"))
        return
    # The reading names the first of many only.
    st.selectbox(
        "Mål i filen", every, index=None, key=key_of("maal"),
        placeholder="Vælg, eller skriv et mål", accept_new_options=True,
    )  # fmt: skip


def _choose_scale(factors: Sequence[float]) -> None:
    st.segmented_control(
        "Tallene i filen", remembered("skalaliste", factors), format_func=scale_words,
        key=key_of("skala"),
    )  # fmt: skip


def _choose_decimal() -> None:
    st.segmented_control(
        "Decimaltegn i filen", list(_MARKS), format_func=_MARKS.__getitem__,
        key=key_of("decimaltegn"),
    )  # fmt: skip


def _accept_recipe() -> None:
    st.checkbox("Brug opskriften alligevel", key=key_of("brug-opskrift"))
