"""Tables that people read: an area beside its peers as a heat map, an area's figures in rows."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from pyphen import Pyphen

from kpi.domain.vocabulary import BETTER, EQUAL, HIGHER, LOWER, NO_COMPARISON, SAME, WORSE
from kpi.domain.wording import capital
from kpi.views.heat_map import HeatCell, HeatMap
from kpi.views.rows import AreaRow
from ui.badges import badges_text, plain, small, unbroken
from ui.page import show_heading

_SHOWN_AGAINST = 3
_HYPHENS = Pyphen(lang="da_DK", left=2, right=2)
# Tints from weak to strong, so the icon keeps its contrast on the strongest.
_TINTS = {
    BETTER: ("#E6F2F0", "#CFE6E3", "#B4D7D3", "#93C6C0"),
    WORSE: ("#FBEEE6", "#F5DCCB", "#EFCBB3", "#E6B598"),
    HIGHER: ("#E5EFF8", "#D3E3F2", "#BDD4EA", "#A5C3E1"),
    LOWER: ("#E5EFF8", "#D3E3F2", "#BDD4EA", "#A5C3E1"),
}
_ICONS = {
    BETTER: ":green[:material/check_circle:]",
    WORSE: ":orange[:material/error:]",
    HIGHER: ":blue[:material/arrow_upward:]",
    LOWER: ":blue[:material/arrow_downward:]",
    SAME: ":gray[:material/drag_handle:]",
    EQUAL: ":gray[:material/drag_handle:]",
    NO_COMPARISON: "",
}


def show_heat_map(heat: HeatMap) -> None:
    """Areas by indicators, tinted by their distance to the benchmark; icon and number in each."""
    columns = [f"{breakable(name)} {plain(period)}" for name, period in heat.columns]
    rows = {"Grundlag": [plain(text) for text in heat.benchmarks]}
    tints = {"Grundlag": [""] * len(columns)}
    for place, (name, cells) in enumerate(heat.rows):
        label = f":blue[**{plain(name)}**]" if place == 0 else plain(name)
        rows[label] = [_heat_text(cell) for cell in cells]
        tints[label] = [_tint(cell) for cell in cells]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    background = pd.DataFrame.from_dict(tints, orient="index", columns=columns)
    st.table(frame.style.apply(lambda _: background, axis=None), border=True, alt=heat.title)


def breakable(name: str) -> str:
    """The name with soft hyphens, so that a narrow column can break its long words."""
    return " ".join(_HYPHENS.inserted(plain(word), "\u00ad") for word in name.split(" "))


def _heat_text(cell: HeatCell) -> str:
    if cell.verdict is None:
        return plain(cell.value)
    return f"**{plain(cell.value)}**\u00a0{_ICONS[cell.verdict]} {plain(cell.gap)}"


def _tint(cell: HeatCell) -> str:
    shades = _TINTS.get(cell.verdict) if cell.verdict else None
    if not shades:
        return ""
    # No confidence interval is known: the faintest tint, however far the value lies.
    return f"background-color: {shades[cell.strength - 1 if cell.is_sure else 0]}"


def show_area_rows(rows: Sequence[AreaRow], area_name: str) -> None:
    """An area's figures: value, what it is compared with, and the verdict in words."""
    frame = pd.DataFrame(
        [
            {
                "Nøgletal": plain(row.name),
                "Periode": "  \n".join(filter(None, [plain(row.period), small(unbroken(row.age))])),
                "Værdi": f"**{plain(row.value)}**",
                "Udvikling": plain(row.change) or "–",
                "Sammenlignet med": "  \n".join(
                    f"{plain(capital(name))} {unbroken(f'{plain(value)} (**{plain(gap)}**)')}"
                    for name, value, gap in row.against[:_SHOWN_AGAINST]
                )
                or "–",
                "Vurdering": "  \n".join(filter(None, [badges_text(row.badges), plain(row.rank)]))
                or "–",
            }
            for row in rows
        ]
    )
    # What no row has, as of a housing area that is compared with nothing, is no column.
    with_contents = frame.loc[:, (frame != "–").any()]
    st.table(with_contents, border="horizontal", hide_index=True, alt=f"Alle tal for {area_name}")


def show_rows(rows: Sequence[AreaRow]) -> None:
    """Each figure that is compared with others, under its name and period."""
    for row in rows:
        if row.against:
            show_heading(row.name, f"{row.period} · {row.age}")
            show_standing(row)


def show_standing(row: AreaRow) -> None:
    """One figure and everything it is compared with, one line each, with the verdict under it."""
    lines = [(f"**{plain(row.area_name)}**", f"**{plain(row.value)}**", "")]
    lines += [(plain(capital(name)), plain(value), plain(gap)) for name, value, gap in row.against]
    frame = pd.DataFrame(lines, columns=["Sammenlignet med", "Værdi", "Forskel"])
    st.table(frame, border="horizontal", hide_index=True, alt=f"{row.name}, {row.period}")
    notes = " · ".join(plain(note) for note in (row.rank, row.change) if note)
    parts = [badges_text(row.badges), small(notes) if notes else ""]
    st.markdown(" ".join(filter(None, parts)) or "–")
