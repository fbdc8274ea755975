"""The page without what is pressed: as a picture (`?visning=billede`), always as wide, or its chart
alone for a page elsewhere (`?visning=indlejret`)."""

import streamlit as st

PARAMETER, VALUE, EMBEDDED = "visning", "billede", "indlejret"
WIDTH = 1240


def is_picture() -> bool:
    """Whether the address asks for the page without menus, boxes and buttons."""
    return _mode() in (VALUE, EMBEDDED)


def is_embedded() -> bool:
    """Whether the address asks for the page's chart alone."""
    return _mode() == EMBEDDED


def mode_parameter() -> dict[str, str]:
    """What an address carries to stay a picture; empty otherwise."""
    return {PARAMETER: _mode()} if is_picture() else {}


def _mode() -> str:
    return st.query_params.get(PARAMETER, "")
