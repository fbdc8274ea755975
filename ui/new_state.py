"""The new row that a person is making: kept between runs, and what was made so far.

Only this module touches the session's keys of new rows.
"""

from dataclasses import dataclass

import streamlit as st

from kpi.ingest.mapping.recipe import Recipe
from ui.upload_files import key_of

_OPENED, _MADE, _SKIPPED, _ROUND = "nyt-aabent", "nyt-oprettet", "nyt-sprunget", "nyt-nr"
_KEEP = "nyt-gem-opskrift"


@dataclass(frozen=True)
class Opened:
    """A row being made: of which table, as the file names it, and the recipe it is read with.

    `answer` is the field of the page that the new id is put in, where a field asked for it.
    `texts` are several names to make at once; then `text` is how many.
    """

    table: str
    text: str
    recipe: Recipe | None = None
    answer: str = ""
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """Something that was made for the current file: the entry, and what it was in words."""

    entry_id: int
    words: str
    by: str


def opened() -> Opened | None:
    """What is being made for the current file."""
    kept: Opened | None = st.session_state.get(key_of(_OPENED))
    return kept


def open_new(
    table: str,
    text: str,
    recipe: Recipe | None = None,
    answer: str = "",
    texts: tuple[str, ...] = (),
) -> None:
    """Begins to make something; the page shows its form in place of the file's problems."""
    st.session_state[key_of(_OPENED)] = Opened(table, text, recipe, answer, texts)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def close_new() -> None:
    """The page as it was before."""
    st.session_state.pop(key_of(_OPENED), None)


def skip(key: str) -> None:
    """Leaves an unknown name for later: it goes behind the others."""
    skipped: list[str] = st.session_state.setdefault(key_of(_SKIPPED), [])
    if key not in skipped:
        skipped.append(key)
    close_new()


def skipped_keys() -> tuple[str, ...]:
    """The unknown names that were left for later."""
    return tuple(st.session_state.get(key_of(_SKIPPED), ()))


def field_key(field: str) -> str:
    """The key of a form's field: the next row begins with fields of its own."""
    return f"nyt-{field}-{st.session_state.get(_ROUND, 0)}"


def keep_when_complete() -> None:
    """The recipe that waited for what was made is kept as soon as it lacks nothing."""
    st.session_state[key_of(_KEEP)] = True


def is_to_be_kept() -> bool:
    """Whether the recipe is to be kept unasked; asked once."""
    return bool(st.session_state.pop(key_of(_KEEP), False))


def note_made(made: Made) -> None:
    """Notes what was made for the current file."""
    st.session_state.setdefault(key_of(_MADE), []).append(made)


def made_now() -> tuple[Made, ...]:
    """What was made for the current file, newest last."""
    return tuple(st.session_state.get(key_of(_MADE), ()))
