"""Regnetjek: the papers' derived numbers, recomputed."""

from dataclasses import replace

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Claim, Observation
from kpi.domain.period import parse_period
from kpi.domain.vocabulary import ClaimKind
from kpi.store import Store
from kpi.views.claims import CheckedClaim, check_claims, claims_of, disputed_keys, indicators_of
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each

MADE = made_catalog(indicator(), indicator("count", "persons", decimals=0, indicator_id="in_jobs"))


def claim(
    kind: ClaimKind,
    reported: float | None,
    *,
    since: str = "",
    inputs: str = "",
    unit: str = "percent",
) -> Claim:
    """A claim about Aarhus in 2022."""
    return Claim(
        "c", "paper", "rate", "aarhus", "all", "2022", since, kind, reported, unit, inputs, ""
    )


def checked(stated: Claim, *rows: Observation) -> CheckedClaim:
    """The claim computed from the rows."""
    (judged,) = check_claims([stated], Figures(rows), MADE)
    return judged


def test_three_of_the_papers_six_numbers_differ(store: Store, catalog: Catalog) -> None:
    claims = claims_of(store, catalog)
    expected = store._rows("SELECT claim_id, recomputed, verdict FROM claim")
    assert {
        judged.claim.claim_id: (round(judged.computed or 0, 1), judged.verdict) for judged in claims
    } == {claim_id: (recomputed, verdict) for claim_id, recomputed, verdict in expected}
    assert [judged.verdict for judged in claims] == ["differs"] * 3 + ["agrees"] * 3
    assert claims[0].working == (
        "Faldet fra 13,0\u00a0% i foråret 2024 til 9,7\u00a0% i efteråret 2024 er "
        "3,3\u00a0procentpoint, svarende til 25,4\u00a0% af udgangspunktet."
    )
    assert [judged.outcome for judged in claims[:4]] == ["differs", "rounded", "differs", "agrees"]
    assert disputed_keys(claims) == {
        ("school_absence", "gellerup", "programme_children", "2024H2"): "differs",
        ("labour_market_link_share", "gellerup", "programme_parents_with_data", "2024M10D06"):
            "rounded",
        ("company_placement_share", "gellerup", "programme_parents", "2024:2025M03"): "differs",
    }  # fmt: skip


def test_of_a_figure_s_claims_the_one_that_differs_counts() -> None:
    rows = [observation(30, of=(21, 68))]
    cut, other = (checked(claim("share", reported), *rows) for reported in (30, 40))
    key = ("rate", "aarhus", "all", "2022")
    assert (cut.verdict, cut.outcome, other.outcome) == ("differs", "rounded", "differs")
    assert disputed_keys([cut, other]) == disputed_keys([other, cut]) == {key: "differs"}
    assert disputed_keys([cut]) == {key: "rounded"}


@for_each(
    ("stated", "rows", "computed", "verdict"),
    [
        # Within the rounding of what the paper wrote.
        (claim("share", 31), [observation(31, of=(21, 68))], 30.882, "agrees"),
        (claim("share", 30), [observation(30, of=(21, 68))], 30.882, "differs"),
        (claim("share", 30.9), [observation(30, of=(21, 68))], 30.882, "agrees"),
        (claim("share", 30.8), [observation(30, of=(21, 68))], 30.882, "differs"),
        (claim("complement", 30), [observation(70.0)], 30.0, "agrees"),
        (claim("complement", 29.5), [observation(70.0)], 30.0, "differs"),
        (claim("difference", -3, since="2021"),
         [observation(70.0), observation(73.4, "2021")], -3.4, "agrees"),
        (claim("relative_change", -50, since="2021"),
         [observation(10.0), observation(20.0, "2021")], -50.0, "agrees"),
        # Nothing to work it out from.
        (claim("share", 30), [observation(30)], None, "cannot_be_judged"),
        (claim("complement", 30), [], None, "cannot_be_judged"),
        (claim("complement", 30), [observation(None, status="suppressed")], None,
         "cannot_be_judged"),
        (claim("relative_change", 5, since="2021"), [observation(10.0)], None,
         "cannot_be_judged"),
        (claim("relative_change", 5, since="2021"),
         [observation(10.0), observation(0.0, "2021")], None, "cannot_be_judged"),
        (claim("complement", None), [observation(70.0)], 30.0, "cannot_be_judged"),
    ],
)  # fmt: skip
def test_each_kind(
    stated: Claim, rows: list[Observation], computed: float | None, verdict: str
) -> None:
    judged = checked(stated, *rows)
    assert judged.verdict == verdict
    assert judged.computed == (computed and pytest.approx(computed, abs=0.001))
    assert judged.working.endswith(".")


@for_each(
    ("kind", "reported", "inputs", "computed", "verdict"),
    [
        ("sum", 21, "in_jobs + in_jobs", 24.0, "differs"),
        ("sum", 24, "in_jobs + in_jobs", 24.0, "agrees"),
        ("ratio", 1, "in_jobs / in_jobs", 1.0, "agrees"),
        ("ratio", 1, "in_jobs / out_of_jobs", None, "cannot_be_judged"),
        ("sum", 1, "", None, "cannot_be_judged"),
    ],
)
def test_sums_and_ratios_of_other_indicators(
    kind: ClaimKind, reported: float, inputs: str, computed: float | None, verdict: str
) -> None:
    row = observation(12)._replace(indicator_id="in_jobs")
    judged = checked(claim(kind, reported, inputs=inputs, unit="persons"), row)
    assert (judged.computed, judged.verdict) == (computed, verdict)


def test_the_indicators_that_are_needed() -> None:
    assert indicators_of([claim("sum", 1, inputs="in_jobs + wage_hours"), claim("share", 1)]) == [
        "rate", "in_jobs", "wage_hours",
    ]  # fmt: skip


@for_each(
    "stated",
    [
        claim("complement", 3),
        claim("difference", 4, since="2021"),
        claim("sum", 3, inputs="in_jobs"),
    ],
)
def test_what_a_paper_says_of_a_hidden_number_is_not_shown(stated: Claim) -> None:
    shown = [observation(97), observation(90, "2021")]
    hidden = observation(None, status="suppressed")
    rows = {
        "complement": [hidden],
        "difference": [shown[0], hidden._replace(period=parse_period("2021"))],
        "sum": [shown[0], hidden._replace(indicator_id="in_jobs")],
    }[stated.kind]
    judged = checked(replace(stated, explanation="3 af 40"), *rows)
    assert (judged.claim.reported_value, judged.claim.explanation) == (None, "")
    assert (judged.computed, judged.verdict) == (None, "cannot_be_judged")
    assert "skjult" in judged.working
    assert checked(stated, *shown).claim == stated
