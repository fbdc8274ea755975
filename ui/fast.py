"""Whether Streamlit's files are sent in less time than its own, and where they are."""

import os
from pathlib import Path

from streamlit import file_util

SETTING = "KPI_FAST"
STATIC = Path(file_util.get_static_dir()) / "static"


def is_fast() -> bool:
    """Whether files are sent packed and cut: yes, unless KPI_FAST says "off"."""
    return os.environ.get(SETTING, "on").strip().casefold() != "off"
