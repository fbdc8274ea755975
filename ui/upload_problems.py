"""The table of a file's problems: filter, badges, and the whole list as CSV."""

import pandas as pd
import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.errors import count_of
from kpi.domain.format import NO_BREAK_SPACE
from kpi.ingest.checked import Checked
from kpi.views.upload_problems import (
    MOST_SHOWN,
    ProblemRow,
    chosen,
    errors_of,
    first_of_each_kind,
    first_words,
    kinds,
    problem_rows,
    problems_csv,
    shown_words,
    warnings_of,
)
from ui.badges import plain, small
from ui.handed_out import show_download
from ui.page import show_heading
from ui.upload_files import KeyOf, key_of

_ERROR, _QUESTION, _WARNING = (
    ":red-badge[:material/cancel: Fejl]",
    ":yellow-badge[:material/help: Spørgsmål]",
    ":yellow-badge[:material/warning: Advarsel]",
)
# Fewer can be read at a glance, and a filter is then one thing more to look at.
_FILTER_FROM = 8
_LINE_CHARACTERS = 26
# More rows than people read at once stand behind a button; it is never there for a few.
_FIRST, _WHOLE = 20, 30


def show_problems(checked: Checked, key: KeyOf = key_of) -> None:
    """Everything that is wrong with the file, errors first."""
    if not checked.problems:
        return
    show_heading(
        "Problemer i filen",
        "Alle på én gang, med rækkens nummer i filen. Fejl stopper udgivelsen; advarsler gør ikke.",
    )
    problems = checked.problems
    filtered = _filter(checked, key) if len(problems) >= _FILTER_FROM else ("", "")
    shown = chosen(problems, *filtered)
    first = first_of_each_kind(shown)
    rows = problem_rows(first)
    more = key("problemer-flere")
    # Another choice of problems begins with the first of them.
    is_whole = len(rows) <= _WHOLE or st.session_state.get(more) == filtered
    shown_now = len(rows) if is_whole else _FIRST
    _show_table(rows[:shown_now])
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if shown_now < len(rows):
            st.button(
                f"Vis {fmt.number(len(rows) - shown_now, 0)} mere", key=key("problemer-vis-flere"),
                icon=":material/expand_more:", type="tertiary",
                on_click=st.session_state.__setitem__, args=(more, filtered),
            )  # fmt: skip
        show_download(
            "Alle problemer (CSV)",
            lambda: problems_csv(problems),
            "spor-problemer.csv",
            "text/csv",
            key=key("problemer-csv"),
        )
        if shown_now < len(rows):
            st.markdown(small(f"Viser {shown_now} af {fmt.number(count_of(shown), 0)}."))
        elif len(first) > MOST_SHOWN:
            st.markdown(small(shown_words(first)))
        elif len(first) < len(shown):
            st.markdown(small(first_words(shown)))


def in_lines(text: str) -> str:
    """The text in pieces that do not break: a narrow table scrolls, it does not grow tall."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) < _LINE_CHARACTERS:
            lines[-1] += (NO_BREAK_SPACE if lines[-1] else "") + word
        else:
            lines.append(word)
    return " ".join(lines)


def _filter(checked: Checked, key: KeyOf) -> tuple[str, str]:
    """The severity and the kind to show; empty text for all."""
    wrong, warned = count_of(errors_of(checked)), count_of(warnings_of(checked))
    names = {
        "": f"Alle ({fmt.number(wrong + warned, 0)})",
        "error": f"Fejl ({fmt.number(wrong, 0)})",
        "warning": f"Advarsler ({fmt.number(warned, 0)})",
    }
    left, right = st.columns([1.3, 1], vertical_alignment="bottom")
    with left:
        severity = st.segmented_control(
            "Type", list(names), format_func=names.__getitem__, default="", required=True,
            key=key("alvor"),
        )  # fmt: skip
    kind_names = {"": "Alle slags", **kinds(chosen(checked.problems, severity or "", ""))}
    with right:
        kind = st.selectbox(
            "Slags", list(kind_names), format_func=kind_names.__getitem__,
            key=key(f"slags-{severity}"),
        )  # fmt: skip
    return severity or "", kind or ""


def _type_of(row: ProblemRow) -> str:
    if row.is_question:
        return _QUESTION
    return _ERROR if row.is_error else _WARNING


def _show_table(rows: list[ProblemRow]) -> None:
    frame = pd.DataFrame(
        [
            {
                "Række": plain(row.row),
                "Type": _type_of(row),
                "Kolonne": in_lines(plain(row.column)),
                "I filen står": in_lines(plain(row.found)),
                "Problem": in_lines(plain(row.message)),
                "Det kan du gøre": in_lines(plain(row.hint)),
            }
            for row in rows
        ]
    )
    st.table(frame, border="horizontal", hide_index=True, alt="Problemer i filen, fejl først")
