"""Regnetjek: statements of papers recomputed from the published figures.

A claim says how its number was made (kind) and of what (the key, an earlier period, or other
indicators of the same area and period). What it should be is never read, only counted.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import relative_change
from kpi.domain.figures import Figures
from kpi.domain.measure import comparable_value, share
from kpi.domain.model import Break, Claim, Indicator, Observation
from kpi.domain.period import parse_period
from kpi.domain.period_words import when_row
from kpi.domain.series_break import break_between
from kpi.domain.vocabulary import (
    AGREES,
    CANNOT_BE_JUDGED,
    DIFFERS,
    ROUNDED,
    ClaimKind,
    ClaimOutcome,
    ClaimVerdict,
    Dispute,
)
from kpi.domain.wording import break_reason, capital, counts_in_words
from kpi.store import Store
from kpi.store.hidden_keys import HiddenKey


@dataclass(frozen=True)
class CheckedClaim:
    """A claim, the number recomputed from the figures (None: not computable), and the sum in words.

    `computed` is in the claim's unit.
    """

    claim: Claim
    computed: float | None
    verdict: ClaimVerdict
    working: str

    @property
    def outcome(self) -> ClaimOutcome:
        """The verdict as a person reads it: "rounded" where the two differ by a rounding only."""
        reported, computed = self.claim.reported_value, self.computed
        if self.verdict == DIFFERS and reported is not None and computed is not None:
            return ROUNDED if is_rounding(reported, computed) else DIFFERS
        return self.verdict


def outcome_title(differs: int, rounded: int, of: int = 0, about: str = "") -> str:
    """`To af papirernes seks tal afviger fra beregningen, og ét er afrundet`; empty for none.

    `of` are all the numbers that were checked, where that is known; `about` says which they are.
    """
    if not differs and not rounded:
        return ""
    differs_word, rounded_word, of_word = counts_in_words(differs, rounded, of, common=False)
    whose = f" af papirernes {of_word} tal{about}" if of > 1 else f" af papirernes tal{about}"
    clauses = [f"{differs_word}{whose} afviger fra beregningen"] if differs else []
    if rounded:
        clauses.append(f"{rounded_word}{'' if clauses else whose} er afrundet")
    return capital(", og ".join(clauses))


def check_claims(
    claims: Iterable[Claim],
    figures: Figures,
    catalog: Catalog,
    hidden: Collection[HiddenKey] = (),
) -> tuple[CheckedClaim, ...]:
    """Every claim recomputed. It agrees within the rounding of the published number.

    What a paper says of a number that is hidden on any day (`hidden`) is left out.
    """
    return tuple(_checked(claim, figures, catalog, hidden) for claim in claims)


def claim_unit(kind: ClaimKind, indicator: Indicator) -> str:
    """The unit in which a claim's number is written: percent, or the indicator's own."""
    match kind:
        case "relative_change" | "share" | "complement":
            return "percent"
        case "ratio":
            return "ratio"
        case "difference" | "sum":
            return indicator.unit
    assert_never(kind)


def claims_of(store: Store, catalog: Catalog) -> tuple[CheckedClaim, ...]:
    """The store's claims recomputed from its figures."""
    return claims_with_figures(store.claims(), store, catalog)[0]


def claims_with_figures(
    claims: Sequence[Claim], store: Store, catalog: Catalog
) -> tuple[tuple[CheckedClaim, ...], Figures]:
    """Claims recomputed from a store's figures, and these."""
    if not claims:
        return (), Figures(())
    areas = sorted({claim.area_id for claim in claims})
    periods = sorted({period for claim in claims for period in (claim.period, claim.from_period)})
    asked = indicators_of(claims), areas, periods
    figures = Figures(store.at_periods(*asked))
    return check_claims(claims, figures, catalog, store.hidden_keys(*asked)), figures


def disputed_keys(
    checked: Iterable[CheckedClaim],
) -> Mapping[tuple[str, str, str, str], Dispute]:
    """The keys (indicator, area, group, period) whose claims differ, or else are rounded."""
    disputed: dict[tuple[str, str, str, str], Dispute] = {}
    for checked_claim in checked:
        claim = checked_claim.claim
        key = claim.indicator_id, claim.area_id, claim.group_id, claim.period
        outcome = checked_claim.outcome
        if outcome == DIFFERS or (outcome == ROUNDED and key not in disputed):
            disputed[key] = outcome
    return disputed


def indicators_of(claims: Sequence[Claim]) -> list[str]:
    """The indicators whose figures are needed to recompute the claims."""
    named = [claim.indicator_id for claim in claims]
    named += [name for claim in claims for name in _names(claim.inputs)]
    return list(dict.fromkeys(named))


def _checked(
    claim: Claim, figures: Figures, catalog: Catalog, hidden: Collection[HiddenKey]
) -> CheckedClaim:
    indicator = catalog.indicators[claim.indicator_id]
    own = _row(claim.indicator_id, claim, claim.period, figures)
    earlier = _row(claim.indicator_id, claim, claim.from_period, figures)
    parts = [
        own,
        earlier,
        *(_row(each, claim, claim.period, figures) for each in _names(claim.inputs)),
    ]
    is_any_hidden = any(row is not None and row.status == "suppressed" for row in parts)
    if is_any_hidden or not _keys_of(claim, parts).isdisjoint(hidden):
        # What a paper says of a hidden number would be read here.
        return CheckedClaim(
            replace(claim, reported_value=None, explanation=""),
            None,
            CANNOT_BE_JUDGED,
            "Udsagnet kan ikke kontrolleres, fordi et af tallene bag det er skjult. Papirets tal "
            "vises derfor heller ikke.",
        )
    broken = _broken(claim, indicator)
    if broken is not None:
        return CheckedClaim(
            claim,
            None,
            CANNOT_BE_JUDGED,
            "Udsagnet kan ikke kontrolleres, fordi tal før og efter et brud i serien ikke kan "
            f"sammenlignes. {break_reason(broken)}.",
        )
    made = _made(claim, own, earlier, indicator, figures, catalog)
    if made is None:
        return CheckedClaim(
            claim,
            None,
            CANNOT_BE_JUDGED,
            "Udsagnet kan ikke kontrolleres, fordi tallene bag det ikke er udgivet.",
        )
    computed, working = made
    if claim.reported_value is None:
        return CheckedClaim(claim, computed, CANNOT_BE_JUDGED, working)
    tolerance = 0.5 * 10.0 ** -decimals_of(claim.reported_value)
    agrees = abs(computed - claim.reported_value) <= tolerance + 1e-9
    return CheckedClaim(claim, computed, AGREES if agrees else DIFFERS, working)


def _keys_of(claim: Claim, parts: Iterable[Observation | None]) -> set[HiddenKey]:
    """The keys that a claim is about, whether or not they have a row, and of the rows behind it."""
    place = claim.area_id, claim.group_id
    named = [(claim.indicator_id, claim.from_period)]
    named += [(each, claim.period) for each in (claim.indicator_id, *_names(claim.inputs))]
    rows = [row for row in parts if row is not None]
    return {(each, *place, period) for each, period in named} | {
        (row.indicator_id, row.area_id, row.group_id, row.period.text) for row in rows
    }


def _broken(claim: Claim, indicator: Indicator) -> Break | None:
    """The break in the series that a claim of a change goes across; None for any other claim."""
    if claim.kind not in ("difference", "relative_change") or not claim.from_period:
        return None
    periods = parse_period(claim.from_period), parse_period(claim.period)
    return break_between(*periods, indicator)


def claim_amount(value: float | None, unit: str, decimals: int | None = None) -> str:
    """A number in its claim's unit: `−34 %`, `60 sager`; a ratio is bare, `–` is not known.

    With as many decimals as it was written with, unless `decimals` says otherwise.
    """
    if value is None:
        return fmt.MISSING
    text = fmt.number(value, decimals_of(value) if decimals is None else decimals)
    return text if unit == "ratio" else fmt.with_unit(text, unit, is_singular=abs(value) == 1)


def decimals_of(number: float) -> int:
    """How many decimals a published number was written with."""
    text = repr(number)
    return 0 if text.endswith(".0") or "e" in text else len(text.partition(".")[2])


def is_rounding(reported: float, computed: float) -> bool:
    """Whether two numbers differ by less than one of the last decimal that was reported.

    30 for 30.9 was cut or rounded roughly; 40 for 38.3 is another number.
    """
    return abs(computed - reported) < 10.0 ** -decimals_of(reported) - 1e-9


def _made(
    claim: Claim,
    own: Observation | None,
    earlier: Observation | None,
    indicator: Indicator,
    figures: Figures,
    catalog: Catalog,
) -> tuple[float, str] | None:
    """The number as its kind makes it, and the sum in Danish; None where a part is missing."""
    match claim.kind:
        case "sum" | "ratio":
            return _of_others(claim, figures, catalog)
        case "share":
            counted = share(own, indicator) if own else None
            value = comparable_value(own, indicator) if own else None
            if counted is None or value is None:
                return None
            return value, f"{fmt.n_of_n(*counted)} er {fmt.percent(value)}."
        case "complement":
            value = comparable_value(own, indicator) if own else None
            if own is None or value is None:
                return None
            shown = fmt.display(own, indicator)
            return 100 - value, f"100 % minus {shown} er {fmt.percent(100 - value)}."
        case "difference" | "relative_change":
            return _change(claim.kind, own, earlier, indicator, catalog)
    assert_never(claim.kind)


def _change(
    kind: Literal["difference", "relative_change"],
    own: Observation | None,
    earlier: Observation | None,
    indicator: Indicator,
    catalog: Catalog,
) -> tuple[float, str] | None:
    """The step from an earlier figure, in the indicator's unit or in percent of the earlier."""
    value = comparable_value(own, indicator) if own else None
    then = comparable_value(earlier, indicator) if earlier else None
    if own is None or earlier is None or value is None or then is None:
        return None
    since = f"{fmt.display(earlier, indicator)} {when_row(earlier, indicator, catalog)}"
    now = f"{fmt.display(own, indicator)} {when_row(own, indicator, catalog)}"
    difference = round(value - then, 10)
    move = "Faldet" if difference < 0 else "Stigningen"
    step = f"{move} fra {since} til {now} er {fmt.gap(abs(difference), indicator, sign=False)}"
    if kind == "difference":
        return difference, f"{step}."
    relative = relative_change(value, then)
    if relative is None:
        return None
    return relative, f"{step}, svarende til {fmt.percent(abs(relative))} af udgangspunktet."


def _of_others(claim: Claim, figures: Figures, catalog: Catalog) -> tuple[float, str] | None:
    """The sum, or the first over the second, of the indicators that `inputs` names."""
    values = []
    for name in _names(claim.inputs):
        if name not in catalog.indicators:
            return None
        row = _row(name, claim, claim.period, figures)
        if row is None or row.value is None:
            return None
        values.append(row.value)
    texts = [fmt.number(value, 0 if value == int(value) else 1) for value in values]
    if claim.kind == "sum" and values:
        return sum(values), f"{' + '.join(texts)} er {fmt.number(sum(values), 1)}."
    if claim.kind == "ratio" and len(values) == 2 and values[1]:
        ratio = values[0] / values[1]
        return ratio, f"{texts[0]} delt med {texts[1]} er {fmt.number(ratio, 2)}."
    return None


def _names(inputs: str) -> list[str]:
    """The indicators that a sum or ratio names: `a + b`, `a / b`."""
    return [word for word in re.findall(r"[a-z][a-z0-9_]*", inputs) if "_" in word]


def _row(indicator_id: str, claim: Claim, period: str, figures: Figures) -> Observation | None:
    """The figure of the claim's area and period; of its group, or of the only group there is."""
    if not period:
        return None
    when = parse_period(period)
    own = figures.at(indicator_id, claim.area_id, claim.group_id, when)
    if own is not None or indicator_id == claim.indicator_id:
        return own
    others = [
        row
        for key in figures
        if key[:2] == (indicator_id, claim.area_id) and (row := figures.at(*key, when)) is not None
    ]
    return others[0] if len(others) == 1 else None
