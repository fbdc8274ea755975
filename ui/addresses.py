"""Where an address is within Spor, wherever Spor is mounted."""

import streamlit as st
from starlette.types import Scope


def inside(scope: Scope) -> str:
    """The path within Spor, without its first slash."""
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    base = st.get_option("server.baseUrlPath").strip("/")
    return path.removeprefix(f"/{base}" if base else "")[1:]
