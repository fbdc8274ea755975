"""What a person was asked to choose from of the current file: chosen, it alone is named."""

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from ui.upload_files import key_of

# The field of the measures of a file that has several.
MEASURES = "maalliste"
Option = TypeVar("Option")


def remembered(field: str, options: Sequence[Option]) -> list[Option]:
    """The options as they were first asked: once one is chosen, the reading names it alone."""
    key = f"{key_of(field)}-svar"
    known: list[Option] = st.session_state.get(key, [])
    if not set(options) <= set(known):
        known = list(dict.fromkeys([*options, *known]))
        st.session_state[key] = known
    return known


def other_measures(chosen: str) -> list[str]:
    """The measures that a person was asked to choose from and did not; none where not asked."""
    known: list[str] = remembered(MEASURES, ())
    return [name for name in known if name != chosen] if chosen in known else []
