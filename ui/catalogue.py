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
from kpi.views.similar import SimilarView
from ui.badges import badge_text, plain, small

_GUIDE = Path(__file__).parent / "texts" / "saadan_laeses_tallene.md"
_FORMULAS = _GUIDE.with_name("formler.md")
_NOT_GUARDED = _GUIDE.with_name("skjulte_tal.md")


def show_reading_guide() -> None:
    """Methods in plain words; what is not guarded, and formulas, folded away."""
    st.markdown(_GUIDE.read_text(encoding="utf-8"))
    with st.expander("Skjulte tal: hvad der ikke er beskyttet", icon=":material/visibility_off:"):
        st.markdown(_NOT_GUARDED.read_text(encoding="utf-8"))
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
                "Kilde": f"**{plain(source.title)}**  \n{small(plain(source.section))}",
                "Udgiver": plain(source.publisher),
                "Offentliggjort": plain(fmt.partial_date(source.published)),
                "Tal": fmt.number(figures, 0),
                "Omtrentlige": fmt.number(approximate, 0),
            }
            for source, figures, approximate in sources
        ],
        "Kilder med udgiver, dato og antal tal",
    )


def show_freshness(rows: Sequence[FreshnessRow]) -> None:
    """How old each indicator's newest figures are, and when the next should come."""
    _show(
        [
            {
                "Nøgletal": f"**{plain(row.indicator_name)}**  \n{small(plain(row.source_title))}",
                "Status": badge_text(row.badge),
                "Alder": plain(row.age),
                "Nyeste periode": plain(row.period),
                "Offentliggjort": plain(row.published),
                "Rytme": plain(row.rhythm),
                "Næste ventes": plain(row.expected),
            }
            for row in rows
        ],
        "Nøgletal med nyeste periode, alder og næste forventede tal",
    )


def show_batches(batches: Sequence[Batch], catalog: Catalog) -> None:
    """Every publication, newest first."""
    _show(
        [
            {
                "Nr.": plain(str(batch.batch_id)),
                "Kilde": plain(
                    "; ".join(catalog.sources[each].title for each in batch.source_id.split(";"))
                ),
                "Fil": plain(batch.original_name),
                "Offentliggjort": plain(known_words(batch, catalog)),
                "Nye": fmt.number(batch.rows_new, 0),
                "Ændrede": fmt.number(batch.rows_changed, 0),
                "Fjernede": fmt.number(batch.rows_removed, 0),
            }
            for batch in batches
        ],
        "Indlæsninger med fil, dato og antal tal",
    )


def show_claims(rows: Sequence[ClaimRow]) -> None:
    """What papers have derived from the figures, and what the figures themselves give."""
    _show(
        [
            {
                "Udsagn": plain(row.subject),
                "Papiret siger": plain(row.reported),
                "Beregnet": f"**{plain(row.computed)}**",
                "Regnetjek": badge_text(row.badge),
                "Beregning": f"{plain(row.working)}  \n{small(plain(row.source))}",
            }
            for row in rows
        ],
        "Kontrolberegning af papirernes tal",
    )


def show_similar(view: SimilarView) -> None:
    """The municipalities similar to the area and how near they are; the figures that say so."""
    near, by = st.columns([1, 2.2], gap="large")
    with near:
        _show(
            [{"Kommune": plain(name), "Forskel": distance} for name, distance in view.neighbours],
            "De kommuner, der ligner mest, og hvor meget de er forskellige",
        )
    with by:
        _show(
            [
                {
                    "Strukturtal": f"**{plain(row.name)}**  \n{small(plain(row.period))}",
                    "Vægt": row.weight,
                    plain(view.area_name): plain(row.own),
                    "De lignende": plain(row.others),
                }
                for row in view.features
            ],
            "Strukturtallene, som kommunerne sammenlignes på",
        )


def show_abbreviations(abbreviations: Sequence[tuple[str, str]]) -> None:
    """The abbreviations of the papers."""
    _show(
        [{"Forkortelse": plain(short), "Betydning": plain(long)} for short, long in abbreviations],
        "Forkortelser og deres betydning",
    )


def _show(rows: list[dict[str, str]], alt: str) -> None:
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True, alt=alt)
