"""The catalogue: every indicator, source and publication, and what the figures are worth."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.domain.catalog import Catalog
from kpi.domain.model import Batch, Indicator, Source
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_name
from kpi.domain.units import unit_name
from kpi.domain.vocabulary import (
    AGREES,
    CANNOT_BE_JUDGED,
    CLAIM_KIND_NAMES,
    CLAIM_OUTCOME_NAMES,
    DIFFERS,
    ROUNDED,
)
from kpi.domain.wording import Badge, themes_of
from kpi.store import Store
from kpi.system.program import program_version
from kpi.views.claims import (
    CheckedClaim,
    claim_amount,
    claims_of,
    outcome_title,
)
from kpi.views.freshness import FreshnessRow, freshness_rows


@dataclass(frozen=True)
class CatalogueRow:
    """One indicator: how many figures of it there are, in how many areas."""

    indicator: Indicator
    theme_name: str
    unit: str
    figures: int
    areas: int


@dataclass(frozen=True)
class ClaimRow:
    """One statement of a paper: who it is of, what the paper says, what the figures give."""

    subject: str
    reported: str
    computed: str
    badge: Badge
    working: str
    source: str
    claim_id: str
    entered_by: str


@dataclass(frozen=True)
class AboutView:
    """Everything the page on trust shows."""

    rows: tuple[CatalogueRow, ...]
    sources: tuple[tuple[Source, int, int], ...]
    batches: tuple[Batch, ...]
    abbreviations: tuple[tuple[str, str], ...]
    claims: tuple[ClaimRow, ...]
    freshness: tuple[FreshnessRow, ...]
    version: str
    program: str


def about_view(store: Store, catalog: Catalog) -> AboutView:
    """The catalogue of a version; sources carry their number of figures and of approximate ones."""
    counts = store.figures_per_indicator()
    figures: dict[str, int] = {}
    approximate: dict[str, int] = {}
    for source_id, status, count in store.status_counts():
        figures[source_id] = figures.get(source_id, 0) + count
        if status == "approximate":
            approximate[source_id] = count
    return AboutView(
        rows=tuple(
            CatalogueRow(
                indicator,
                themes_of(indicator, catalog),
                unit_name(indicator.unit),
                *counts.get(indicator.indicator_id, (0, 0)),
            )
            for indicator in catalog.indicators.values()
        ),
        sources=tuple(
            (source, figures.get(source.source_id, 0), approximate.get(source.source_id, 0))
            for source in catalog.sources.values()
        ),
        batches=tuple(store.batches()),
        abbreviations=catalog.abbreviations,
        claims=tuple(claim_row(claim, catalog) for claim in claims_of(store, catalog)),
        freshness=freshness_rows(store, catalog),
        version=store.version,
        program=program_version(),
    )


def disputed_claims(checked: Sequence[CheckedClaim]) -> tuple[CheckedClaim, ...]:
    """The numbers that are not what the papers' figures give: those that differ come first."""
    order = (DIFFERS, ROUNDED)
    disputed = [claim for claim in checked if claim.outcome in order]
    return tuple(sorted(disputed, key=lambda claim: order.index(claim.outcome)))


def disputed_title(checked: Sequence[CheckedClaim]) -> str:
    """`To af papirernes seks tal afviger fra beregningen, og ét er afrundet`; empty for none."""
    outcomes = [claim.outcome for claim in checked]
    return outcome_title(outcomes.count(DIFFERS), outcomes.count(ROUNDED), len(outcomes))


_VERDICTS = {
    AGREES: Badge("agrees", CLAIM_OUTCOME_NAMES[AGREES]),
    DIFFERS: Badge("disputed", CLAIM_OUTCOME_NAMES[DIFFERS]),
    ROUNDED: Badge("rounded", CLAIM_OUTCOME_NAMES[ROUNDED]),
    CANNOT_BE_JUDGED: Badge("unknown", CLAIM_OUTCOME_NAMES[CANNOT_BE_JUDGED]),
}


def claim_row(checked: CheckedClaim, catalog: Catalog) -> ClaimRow:
    """A paper's derived number beside what its figures come to."""
    claim = checked.claim
    indicator = catalog.indicators[claim.indicator_id]
    when = period_name(parse_period(claim.period), indicator, catalog)
    area = catalog.areas[claim.area_id].name
    made = CLAIM_KIND_NAMES[claim.kind]
    return ClaimRow(
        subject=f"{indicator.name}, {area}, {when} ({made})",
        reported=claim_amount(claim.reported_value, claim.unit),
        computed=claim_amount(checked.computed, claim.unit, decimals=1),
        badge=_VERDICTS[checked.outcome],
        working=" ".join(filter(None, [checked.working, claim.explanation])),
        source=catalog.sources[claim.source_id].title,
        claim_id=claim.claim_id,
        entered_by=claim.entered_by,
    )
