"""The sections of the page on trust, in their order: one line each, folded or computed."""

from dataclasses import dataclass
from functools import partial

from kpi.domain.catalog import Catalog
from kpi.domain.selection import ABOUT_PARTS, AboutPart
from kpi.views.about import AboutView
from kpi.views.similar import SimilarView
from ui.catalogue import (
    show_abbreviations,
    show_accessibility,
    show_batches,
    show_claims,
    show_formulas,
    show_freshness,
    show_indicators,
    show_not_guarded,
    show_reading_guide,
    show_similar,
    show_sources,
)
from ui.fetched import fetched_sources, show_fetched_sources, with_fetched
from ui.parts import Content, show_part


@dataclass(frozen=True)
class Section:
    """A section: its id in the address, the grey line under its title, and what draws it."""

    part: AboutPart
    under: str
    content: Content

    def show(self, is_wanted: bool) -> bool:
        """Draws the section, folded unless it is wanted; whether it is open."""
        return show_part(self.part, ABOUT_PARTS[self.part], self.under, is_wanted, self.content)


def reading_sections(view: AboutView) -> list[Section]:
    """How figures are read, what the papers' words mean, what is hidden and how it is computed."""
    return [
        Section(
            "laesning", "Procent og procentpoint, sikre forskelle, skjulte tal", show_reading_guide
        ),
        Section(
            "forkortelser",
            "Hvad ordene betyder, som er understreget med prikker på siderne",
            partial(show_abbreviations, view.abbreviations),
        ),
        Section(
            "skjulte", "Det præcise tal er beskyttet, men ikke alt omkring det", show_not_guarded
        ),
        Section(
            "formler", "Sikkerhedsintervaller, forskelle, tendens og skjulte tal", show_formulas
        ),
    ]


def indicator_sections(view: AboutView, asked: str) -> list[Section]:
    """The indicators, of which one (`asked`) may be opened, and how old their figures are."""
    freshness = with_fetched(view.freshness)
    overdue = sum(row.is_overdue for row in freshness)
    return [
        Section(
            "noegletal",
            f"Definition, enhed og antal udgivne tal for {len(view.rows)} nøgletal",
            partial(show_indicators, view.rows, asked=asked),
        ),
        Section(
            "alder",
            f"{overdue} af {len(freshness)} talrækker er forsinket: Nyere tal burde være udgivet "
            "efter kildens rytme",
            partial(show_freshness, freshness),
        ),
    ]


def source_sections(view: AboutView, catalog: Catalog) -> list[Section]:
    """Where figures come from, which sources are fetched (if any are), and what was published."""
    fetched = fetched_sources()
    sections = [
        Section(
            "kilder",
            f"Hvor tallene kommer fra: {len(view.sources)} kilder med udgiver og dato",
            partial(show_sources, view.sources),
        ),
        Section(
            "hentning",
            "»Forsinket«: kilden skulle være kommet med nyt, men er det ikke",
            partial(show_fetched_sources, fetched),
        ),
        Section(
            "indlaesninger",
            "Hvad der er udgivet hvornår, nyeste først",
            partial(show_batches, view.batches, catalog),
        ),
    ]
    return [section for section in sections if fetched or section.part != "hentning"]


def claim_sections(view: AboutView) -> list[Section]:
    """The papers' figures computed again, if any are."""
    if not view.claims:
        return []
    return [
        Section(
            "regnetjek",
            "»Afrundet«: papirets tal afviger med mindre end 1 på sit sidste ciffer",
            partial(show_claims, view.claims),
        )
    ]


def closing_sections(similar: SimilarView | None) -> list[Section]:
    """The municipalities that are alike, where any are, and who can read Spor."""
    accessibility = Section(
        "tilgaengelighed", "WCAG 2.1 niveau AA, og hvem du skriver til", show_accessibility
    )
    if not similar:
        return [accessibility]
    return [Section("lignende", similar.title, partial(show_similar, similar)), accessibility]
