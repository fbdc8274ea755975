"""The plan's dates as a list: newest first, a heading a year, and a row for today."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from kpi.views.plan_dates import DateRow, DatesOfYear
from ui.badges import plain, unbroken
from ui.drawn_table import show_files

_ICONS = {
    "event": ":blue[:material/radio_button_unchecked:]",
    "meeting": ":material/event:",
    "unreported": ":orange[:material/warning:]",
}

# Of a longer list the years without any of these are folded.
_SHOWN, _MOST_ROWS = ("today", "unreported"), 24


def show_dates(years: Sequence[DatesOfYear]) -> None:
    """All dates; of many only today's year and those nobody has reported on, the rest folded."""
    is_long = sum(len(year.rows) for year in years) > _MOST_ROWS
    shown = [year for year in years if not is_long or any(row.kind in _SHOWN for row in year.rows)]
    _show(shown, "Hændelser og møder")
    show_files("Hændelser og møder", "datoer", partial(_all_rows, years))
    older = [year for year in years if year not in shown]
    for year in older:
        more = st.expander(
            f"**{year.year}**: {year.count}", key=f"datoer-{year.year}", on_change="rerun"
        )
        if more.open:
            with more:
                _show([year], f"Hændelser og møder i {year.year}", with_year=False)


def _show(years: Sequence[DatesOfYear], alt: str, *, with_year: bool = True) -> None:
    rows = []
    for year in years:
        if with_year:
            rows.append({"Dato": f"**{year.year}**", "Hændelse eller møde": ""})
        rows += [_cells(row) for row in year.rows]
    with st.container(key=f"datoliste-{years[0].year}"):
        st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, alt=alt)


def _all_rows(years: Sequence[DatesOfYear]) -> list[dict[str, str]]:
    return [{"År": str(year.year)} | _cells(row) for year in years for row in year.rows]


def _cells(row: DateRow) -> dict[str, str]:
    when, name = plain(unbroken(row.when)), plain(row.name)
    if row.kind == "today":
        when, name = f":blue[**{when}**]", f":blue[:material/today: **{name}**]"
    elif row.kind != "none":
        name = f"{_ICONS[row.kind]} {name}"
    if row.kind == "unreported":
        name += "  \n:orange[:small[Passeret, uden nyt]]"
    return {"Dato": when, "Hændelse eller møde": name}
