"""A table that is made once is what Streamlit would make of the same cells each time."""

import pandas as pd
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

from ui.finished_table import finished_table


def test_the_browser_gets_the_same_bytes_as_of_a_frame() -> None:
    columns, rows = ["Område", "Værdi"], [["**Aarhus**", "12,3 %"], ["Odense", ""]]
    finished = finished_table(columns, rows)
    frame = pd.DataFrame(rows, columns=columns)
    assert convert_anything_to_arrow_bytes(finished) == convert_anything_to_arrow_bytes(frame)
    assert finished_table([*columns], [[*row] for row in rows]) is finished
    assert finished_table(columns, rows[:1]) is not finished
