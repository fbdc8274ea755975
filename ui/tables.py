"""Tables that people read: an area beside its peers as a heat map, an area's figures in rows."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st
from pyphen import Pyphen

from kpi.domain.vocabulary import (
    BETTER,
    EQUAL,
    HIGHER,
    LOWER,
    NO_COMPARISON,
    SAME,
    VERDICT_NAMES,
    WORSE,
)
from kpi.domain.wording import capital
from kpi.views.heat_map import HeatCell, HeatMap
from kpi.views.rows import AreaRow
from ui.badges import badges_text, plain, small, unbroken
from ui.drawn_table import draw_table, show_files
from ui.finished_table import finished_table
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
    # What the others are compared with stays first however they are sorted.
    with st.container(key="fastraekke-omraader"):
        st.table(frame.style.apply(lambda _: background, axis=None), border=True, alt=heat.title)
    show_files(heat.title, "omraader", partial(_heat_rows, heat))


def _heat_rows(heat: HeatMap) -> list[dict[str, str]]:
    """The map as a list: a row an area and figure, its tint in words."""
    return [
        {
            "Område": plain(area),
            "Nøgletal": plain(name),
            "Periode": plain(period),
            "Værdi": plain(cell.value),
            "Grundlag": plain(benchmark),
            "Forskel": plain(cell.gap),
            "Vurdering": VERDICT_NAMES[cell.verdict] if cell.verdict else "",
            "Usikkerhed": "" if cell.is_sure or not cell.verdict else "ikke beregnet",
        }
        for area, cells in heat.rows
        for (name, period), benchmark, cell in zip(
            heat.columns, heat.benchmarks, cells, strict=True
        )
    ]


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


def show_area_rows(rows: Sequence[AreaRow], area_id: str, area_name: str) -> None:
    """An area's figures: value, what it is compared with, and the verdict in words."""
    lines = [
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
    # What no row has, as of a housing area that is compared with nothing, is no column.
    empty = {name for name in lines[0] if all(line[name] == "–" for line in lines)}
    kept = [{name: line[name] for name in line if name not in empty} for line in lines]
    draw_table(kept, f"Alle tal for {area_name}", f"alle-tal-{area_id}")


def show_rows(rows: Sequence[AreaRow], name: str) -> None:
    """Each figure that is compared with others, under its name and period; one file has all."""
    compared = [row for row in rows if row.against]
    for row in compared:
        show_heading(row.name, f"{row.period} · {row.age}")
        show_standing(row)
    if compared:
        show_files("Sammenlignet med andre", f"sammenlignet-{name}", partial(_compared, compared))


def _compared(rows: Sequence[AreaRow]) -> list[dict[str, str]]:
    """A row each of what a figure is compared with, the figure itself first."""
    return [
        {"Nøgletal": plain(row.name), "Periode": plain(row.period)} | line
        for row in rows
        for line in _standing_lines(row)
    ]


def show_standing(row: AreaRow) -> None:
    """One figure and everything it is compared with, one line each, with the verdict under it."""
    lines = _standing_lines(row)
    table = finished_table([*lines[0]], [[*line.values()] for line in lines])
    with st.container(key=f"maalt-{row.indicator.indicator_id}-{row.group_id}-{row.area_name}"):
        st.table(table, border="horizontal", hide_index=True, alt=f"{row.name}, {row.period}")
    notes = " · ".join(plain(note) for note in (row.rank, row.change) if note)
    parts = [badges_text(row.badges), small(notes) if notes else ""]
    st.markdown(" ".join(filter(None, parts)) or "–")


def _standing_lines(row: AreaRow) -> list[dict[str, str]]:
    own = (f"**{plain(row.area_name)}**", f"**{plain(row.value)}**", "")
    others = [(plain(capital(name)), plain(value), plain(gap)) for name, value, gap in row.against]
    return [
        dict(zip(("Sammenlignet med", "Værdi", "Forskel"), line, strict=True))
        for line in (own, *others)
    ]
