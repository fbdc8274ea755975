"""The page as a picture (`?visning=billede`): no menus, boxes or buttons, and always as wide."""

import streamlit as st

PARAMETER, VALUE = "visning", "billede"
WIDTH = 1240


def is_picture() -> bool:
    """Whether the address asks for the page as a picture."""
    return st.query_params.get(PARAMETER) == VALUE


def mode_parameter() -> dict[str, str]:
    """What an address carries to stay a picture; empty otherwise."""
    return {PARAMETER: VALUE} if is_picture() else {}
