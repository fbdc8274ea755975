"""A page of finished elements, served beside Spor's as its floor (bench/page_clicks.py).

FLOOR names a JSON file of two lists of elements: what the page shows first, and what it shows after
any press. Streamlit makes and sends them, and nothing else is asked or counted.
"""

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st


def show(nodes: list[dict[str, Any]], place: str) -> None:
    """Draws elements, and what containers have in them; `place` makes their keys."""
    for number, node in enumerate(nodes):
        here = f"{place}.{number}"
        call, arguments = node["call"], {**node["arguments"]}
        if call == "table":
            arguments["data"] = pd.DataFrame(**arguments["data"])
        if node["is_keyed"]:
            arguments["key"] = here
        drawn = getattr(st, call)(**arguments)
        inside = node.get("inside", [])
        boxes = drawn if call == "columns" else [drawn] * bool(inside)
        parts = inside if call == "columns" else [inside]
        for column, (box, part) in enumerate(zip(boxes, parts, strict=False)):
            with box:
                show(part, f"{here}.{column}")


st.set_page_config(layout="wide")
before, after = json.loads(Path(os.environ["FLOOR"]).read_text(encoding="utf-8"))
is_pressed = st.session_state.setdefault("er trykket", False)
st.session_state["er trykket"] = True
show(after if is_pressed else before, "side")
