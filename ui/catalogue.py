"""The page on trust in parts: indicators, sources, publications, abbreviations, reading guide."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Batch, Source
from kpi.views.about import CatalogueRow, ClaimRow
from kpi.views.freshness import FreshnessRow
from kpi.views.known import known_words
from kpi.views.similar import SimilarView
from ui.badges import badge_text, plain, small
from ui.drawn_table import draw_table
from ui.page import side_columns

_GUIDE = Path(__file__).parent / "texts" / "saadan_laeses_tallene.md"
_FORMULAS = _GUIDE.with_name("formler.md")
_NOT_GUARDED = _GUIDE.with_name("skjulte_tal.md")


def show_reading_guide() -> None:
    """Methods in plain words."""
    st.markdown(_GUIDE.read_text(encoding="utf-8"))


def show_not_guarded() -> None:
    """What hiding small numbers does not protect from."""
    st.markdown(_NOT_GUARDED.read_text(encoding="utf-8"))


def show_formulas() -> None:
    """How intervals, trends and the rest are computed."""
    st.markdown(_FORMULAS.read_text(encoding="utf-8"))


def show_accessibility() -> None:
    """What Spor does for those who hear it or use the keyboard, and whom to write to."""
    st.markdown(
        "Spor er bygget til at opfylde WCAG 2.1 niveau AA. Alle diagrammer har en tekst for "
        "skærmlæsere og en tabel med de samme tal, alt kan nås med tastaturet, og ingen betydning "
        "hviler på farve alene. Møder du en hindring, så skriv til den afdeling, der har givet dig "
        "adgang."
    )


def show_indicators(rows: Sequence[CatalogueRow], asked: str) -> None:
    """Every indicator with definition, unit and number of figures.

    Where one is `asked` for, it stands alone, with the others to unfold.
    """
    wanted = [row for row in rows if row.indicator.indicator_id == asked]
    _show_catalogue(wanted or rows, "Nøgletallet" if wanted else "Alle nøgletal", "noegletal")
    if not wanted:
        return
    others = [row for row in rows if row not in wanted]
    shown = st.expander(f"De øvrige {len(others)} nøgletal", key="oevrige", on_change="rerun")
    if shown.open:
        with shown:
            _show_catalogue(others, "De øvrige nøgletal", "oevrige-noegletal")


def _show_catalogue(rows: Sequence[CatalogueRow], title: str, name: str) -> None:
    _show(
        [
            {
                "Nøgletal": f"**{plain(row.indicator.name)}**  \n{small(plain(row.theme_name))}",
                "Definition": plain(row.indicator.definition),
                "Enhed": plain(row.unit),
                "Tal": fmt.number(row.figures, 0),
                "Områder": fmt.number(row.areas, 0),
            }
            for row in rows
        ],
        f"{title} med definition, enhed og antal tal",
        name,
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
        "kilder",
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
        "alder",
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
        "indlaesninger",
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
        "regnetjek",
    )


def show_similar(view: SimilarView) -> None:
    """The municipalities similar to the area and how near they are; the figures that say so."""
    st.markdown(small(plain(view.recipe)))
    near, by = side_columns("kommuner-som", 1, 2.2)
    with near:
        _show(
            [{"Kommune": plain(name), "Forskel": distance} for name, distance in view.neighbours],
            "De kommuner, der ligner mest, og hvor meget de er forskellige",
            "lignende",
        )
    with by:
        _show(
            [
                {
                    "Strukturtal": f"**{plain(row.name)}**  \n{small(plain(row.period))}",
                    "Vægt": row.weight,
                    view.area_name: plain(row.own),
                    "De lignende": plain(row.others),
                }
                for row in view.features
            ],
            "Strukturtallene, som kommunerne sammenlignes på",
            "strukturtal",
        )


def show_abbreviations(abbreviations: Sequence[tuple[str, str]]) -> None:
    """The glossary; words.js marks no word of it where it stands as a whole."""
    with st.container(key="ordliste"):
        _show(
            [{"Ord": plain(word), "Betydning": plain(meaning)} for word, meaning in abbreviations],
            "Ord og forkortelser og deres betydning",
            "ordliste",
        )


def _show(rows: list[dict[str, str]], title: str, name: str) -> None:
    draw_table(rows, title, name)
