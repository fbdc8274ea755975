"""The papers' own derived numbers beside ours: a line for each that differs from its figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.measure import share
from kpi.domain.model import Claim, Indicator, Observation, Source
from kpi.domain.period import last_day, parse_period
from kpi.domain.vocabulary import CLAIM_OUTCOME_NAMES, DIFFERS, ROUNDED
from kpi.domain.wording import sentences
from kpi.store import Store
from kpi.views.claims import (
    CheckedClaim,
    claim_unit,
    claims_with_figures,
    decimals_of,
    outcome_title,
)

CLAIMS_TITLE = "Regnetjek (kontrolberegning)"
CLAIM_COLUMNS = ("Nøgletal", "Papiret skriver", "Beregnet", "Vurdering", "Udregning")
Key = tuple[str, str, str, str]

# What a paper is called in a sentence, by the word of its title that comes first.
_PAPERS = {
    "statusrapport": "Rapporten", "rapport": "Rapporten", "handleplan": "Handleplanen",
    "notat": "Notatet", "handlingsnotat": "Notatet", "indstilling": "Indstillingen",
    "orientering": "Orienteringen", "status": "Statuspapiret",
}  # fmt: skip


@dataclass(frozen=True)
class ClaimLine:
    """A paper's number that is not what its figures give.

    `text` is one sentence: `Rapporten skriver 40 %; 31 af 81 er 38 %.` `is_rounding`: the two
    differ by a rounding only. `reported` and `computed` carry their unit; `key` is the figure
    that the number is about.
    """

    key: Key
    text: str
    is_rounding: bool
    subject: str
    paper: str
    reported: str
    computed: str
    working: str

    @property
    def outcome(self) -> str:
        """`Afviger` or `Afrundet`, as on every page."""
        return CLAIM_OUTCOME_NAMES[ROUNDED if self.is_rounding else DIFFERS]

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as a row of `CLAIM_COLUMNS`."""
        return self.subject, self.reported, self.computed, self.outcome, self.working


def claim_lines(store: Store, catalog: Catalog) -> tuple[ClaimLine, ...]:
    """A line for each number of the papers published by the store's day that our figures differ
    from: deviations first, then roundings.
    """
    claims = [
        claim for claim in store.claims() if _known(catalog.sources[claim.source_id], claim, store)
    ]
    checked, figures = claims_with_figures(claims, store, catalog)
    lines = [_line(claim, figures, catalog) for claim in checked if claim.verdict == DIFFERS]
    return tuple(sorted(lines, key=lambda line: line.is_rounding))


def claims_title(lines: Sequence[ClaimLine]) -> str:
    """`Regnetjek: to af papirernes tal om figurerne afviger fra beregningen, og ét er afrundet`.

    Of figures that were not chosen the papers may have further numbers that differ.
    """
    rounded = sum(line.is_rounding for line in lines)
    title = outcome_title(len(lines) - rounded, rounded, about=" om figurerne")
    return f"Regnetjek: {title[:1].lower()}{title[1:]}"


def lines_about(
    lines: Iterable[ClaimLine], observations: Sequence[Observation]
) -> tuple[ClaimLine, ...]:
    """Those about one of the figures."""
    keys = {(row.indicator_id, row.area_id, row.group_id, row.period.text) for row in observations}
    return tuple(line for line in lines if line.key in keys)


def _known(source: Source, claim: Claim, store: Store) -> bool:
    # What a person added has its own day, which the store has looked at.
    if claim.entered_by or not source.published:
        return True
    return last_day(source.published) <= store.day


def _line(checked: CheckedClaim, figures: Figures, catalog: Catalog) -> ClaimLine:
    claim, computed = checked.claim, checked.computed
    assert computed is not None
    assert claim.reported_value is not None
    indicator = catalog.indicators[claim.indicator_id]
    area = catalog.areas[claim.area_id].name
    rounding = checked.outcome == ROUNDED
    reported = _amount(claim, claim.reported_value, decimals_of(claim.reported_value), indicator)
    shown = _amount(claim, computed, 1, indicator)
    paper = _paper(catalog.sources[claim.source_id])
    reported_words, recomputed_words = _sentence(
        claim, reported, shown, rounding, checked, figures, catalog
    )
    ending = " (papirets tal er afrundet)" if rounding else ""
    return ClaimLine(
        (claim.indicator_id, claim.area_id, claim.group_id, claim.period),
        f"{paper} skriver {reported_words}; {recomputed_words}{ending}.",
        rounding,
        f"{indicator.short_name}, {area}",
        paper,
        reported,
        shown,
        # The explanation is written by hand.
        sentences(checked.working, claim.explanation).replace(" %", f"{fmt.NO_BREAK_SPACE}%"),
    )


def _sentence(
    claim: Claim,
    reported: str,
    shown: str,
    rounding: bool,
    checked: CheckedClaim,
    figures: Figures,
    catalog: Catalog,
) -> tuple[str, str]:
    """What the paper says, and what the figures give: `40 %` and `31 af 81 er 38 %`."""
    indicator = catalog.indicators[claim.indicator_id]
    own, earlier = (_row(claim, period, figures) for period in (claim.period, claim.from_period))
    working = checked.working[:1].lower() + checked.working[1:].rstrip(".")
    match claim.kind:
        case "share":
            counts = share(own, indicator) if own else None
            if counts is None:
                return reported, working
            computed = 100 * counts[0] / counts[1]
            # A rounding is only seen with a decimal.
            return reported, f"{fmt.n_of_n(*counts)} er {fmt.percent(computed, int(rounding))}"
        case "relative_change" | "difference":
            if own is None or earlier is None:
                return reported, working
            fall = reported.startswith(fmt.MINUS) and shown.startswith(fmt.MINUS)
            from_to = f"fra {fmt.display(earlier, indicator)} til {fmt.display(own, indicator)}"
            reported_words = f"et fald på {reported[1:]}" if fall else reported
            return reported_words, f"{from_to} er det {shown[1:] if fall else shown}"
        case "complement" | "sum" | "ratio":
            return reported, working
    assert_never(claim.kind)


def _row(claim: Claim, period: str, figures: Figures) -> Observation | None:
    if not period:
        return None
    return figures.at(claim.indicator_id, claim.area_id, claim.group_id, parse_period(period))


def _amount(claim: Claim, value: float, decimals: int, indicator: Indicator) -> str:
    """A claim's number with its unit, signed where it is a change."""
    if claim.kind == "difference":
        return fmt.gap(value, indicator, decimals=decimals)
    unit = claim_unit(claim.kind, indicator)
    if unit == "percent":
        return fmt.percent(value, decimals, sign=claim.kind == "relative_change")
    return (
        fmt.number(value, decimals) if unit == "ratio" else fmt.amount(value, indicator, decimals)
    )


def _paper(source: Source) -> str:
    """`Rapporten`, `Handleplanen` ... by the source's title; else `Kilden`."""
    title = source.title.casefold()
    named = [
        (title.index(word), -len(word), name) for word, name in _PAPERS.items() if word in title
    ]
    return min(named)[2] if named else "Kilden"
