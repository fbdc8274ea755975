"""The page on trust in parts: indicators, sources, publications, abbreviations, reading guide."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Batch, Source
from kpi.views.about import CatalogueRow, ClaimRow
from kpi.views.freshness import FreshnessRow
from kpi.views.known import known_words
from ui.badges import badge_text, plain, small

_GUIDE = Path(__file__).parent / "texts" / "saadan_laeses_tallene.md"
_FORMULAS = _GUIDE.with_name("formler.md")


def show_reading_guide() -> None:
    """Methods in plain words, their formulas folded away."""
    st.markdown(_GUIDE.read_text(encoding="utf-8"))
    with st.expander("Formler", icon=":material/function:"):
        st.markdown(_FORMULAS.read_text(encoding="utf-8"))


def show_indicators(rows: Sequence[CatalogueRow], first: str) -> None:
    """Every indicator with definition, unit and number of figures; the one asked for on top."""
    ordered = sorted(rows, key=lambda row: row.indicator.indicator_id != first)
    _show(
        [
            {
                "Nøgletal": f"**{plain(row.indicator.name)}**  \n{small(plain(row.theme_name))}",
                "Definition": plain(row.indicator.definition),
                "Enhed": plain(row.unit),
                "Tal": fmt.number(row.figures, 0),
                "Områder": fmt.number(row.areas, 0),
            }
            for row in ordered
        ],
        "Alle nøgletal med definition, enhed og antal tal",
    )


def show_sources(sources: Sequence[tuple[Source, int, int]]) -> None:
    """Every source with publisher, date, and how many of its figures are approximate."""
    _show(
        [
            {
                "Kilde": f"**{plain(one.title)}**  \n{small(plain(one.section))}",
                "Udgiver": plain(one.publisher),
                "Offentliggjort": plain(fmt.partial_date(one.published)),
                "Tal": fmt.number(figures, 0),
                "Omtrentlige": fmt.number(approximate, 0),
            }
            for one, figures, approximate in sources
        ],
        "Kilder med udgiver, dato og antal tal",
    )


def show_freshness(rows: Sequence[FreshnessRow]) -> None:
    """How old each indicator's newest figures are, and when the next should come."""
    _show(
        [
            {
                "Nøgletal": f"**{plain(one.indicator_name)}**  \n{small(plain(one.source_title))}",
                "Status": badge_text(one.badge),
                "Alder": plain(one.age),
                "Nyeste periode": plain(one.period),
                "Offentliggjort": plain(one.published),
                "Rytme": plain(one.rhythm),
                "Næste ventes": plain(one.expected),
            }
            for one in rows
        ],
        "Nøgletal med nyeste periode, alder og næste forventede tal",
    )


def show_batches(batches: Sequence[Batch], catalog: Catalog) -> None:
    """Every publication, newest first."""
    _show(
        [
            {
                "Nr.": plain(str(one.batch_id)),
                "Kilde": plain(
                    "; ".join(catalog.sources[each].title for each in one.source_id.split(";"))
                ),
                "Fil": plain(one.original_name),
                "Offentliggjort": plain(known_words(one, catalog)),
                "Nye": fmt.number(one.rows_new, 0),
                "Ændrede": fmt.number(one.rows_changed, 0),
                "Fjernede": fmt.number(one.rows_removed, 0),
            }
            for one in batches
        ],
        "Indlæsninger med fil, dato og antal tal",
    )


def show_claims(rows: Sequence[ClaimRow]) -> None:
    """What papers have derived from the figures, and what the figures themselves give."""
    _show(
        [
            {
                "Udsagn": plain(one.subject),
                "Papiret siger": plain(one.reported),
                "Beregnet": f"**{plain(one.computed)}**",
                "Regnetjek": badge_text(one.badge),
                "Beregning": f"{plain(one.working)}  \n{small(plain(one.source))}",
            }
            for one in rows
        ],
        "Kontrolberegning af papirernes tal",
    )


def show_abbreviations(abbreviations: Sequence[tuple[str, str]]) -> None:
    """The abbreviations of the papers."""
    _show(
        [{"Forkortelse": plain(short), "Betydning": plain(long)} for short, long in abbreviations],
        "Forkortelser og deres betydning",
    )


def _show(rows: list[dict[str, str]], alt: str) -> None:
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, alt=alt)
