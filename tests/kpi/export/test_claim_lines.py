"""The papers' own numbers beside ours: which get a line, how it is said, and how much it weighs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.domain.catalog import Catalog
from kpi.export.choice import Choice
from kpi.export.claim_lines import ClaimLine, claim_lines, claims_title, lines_about
from kpi.export.paper import Paper, arranged, paper
from kpi.store import Store, open_store
from kpi.views.about import claim_row, disputed_claims, disputed_title
from kpi.views.claims import claims_of, is_rounding
from tests.tables import for_each


@pytest.fixture(scope="module")
def lines(store: Store, catalog: Catalog) -> tuple[ClaimLine, ...]:
    return claim_lines(store, catalog)


@pytest.fixture(scope="module")
def june(built_home: Path) -> Iterator[Store]:
    """Before the report with the numbers."""
    opened = open_store(built_home, as_of=date(2024, 6, 26))
    yield opened
    opened.close()


@for_each(
    ("reported", "computed", "rounding"),
    [
        (30, 30.9, True),  # cut
        (31, 30.9, True),
        (30, 31.0, False),  # a whole one of the last decimal
        (40, 38.27, False),
        (-34, -25.4, False),
        (-25, -25.4, True),
        (25.4, 25.38, True),
        (25.4, 25.5, False),
        (25.4, 25.46, True),
    ],
)
def test_what_is_a_rounding(reported: float, computed: float, rounding: bool) -> None:
    assert is_rounding(reported, computed) is rounding


def test_each_number_that_differs_has_one_line_and_others_none(
    lines: tuple[ClaimLine, ...],
) -> None:
    assert {line.text.replace("\u00a0", " "): line.is_rounding for line in lines} == {
        "Rapporten skriver et fald på 34 %; fra 13,0 % til 9,7 % er det 25,4 %.": False,
        "Rapporten skriver 40 %; 31 af 81 er 38 %.": False,
        "Rapporten skriver 30 %; 21 af 68 er 30,9 % (papirets tal er afrundet).": True,
    }


def test_deviations_come_first(lines: tuple[ClaimLine, ...]) -> None:
    assert [line.is_rounding for line in lines] == [False, False, True]


def test_a_paper_judges_a_number_as_the_pages_do(
    store: Store, catalog: Catalog, lines: tuple[ClaimLine, ...]
) -> None:
    checked = disputed_claims(claims_of(store, catalog))
    badges = {claim_row(claim, catalog).badge.text for claim in checked}
    assert badges == {"Afviger", "Afrundet"}
    judged = [(claim.claim.indicator_id, claim_row(claim, catalog).badge.text) for claim in checked]
    assert [(line.key[0], line.outcome) for line in lines] == judged
    assert [line.cells[3] for line in lines] == [text for _, text in judged]
    # The same words, but for how many numbers were checked in all.
    title = claims_title(lines).removeprefix("Regnetjek: ")
    assert (
        title.casefold()
        == disputed_title(claims_of(store, catalog))
        .replace("papirernes seks tal", "papirernes tal om figurerne")
        .casefold()
    )


def test_a_line_stands_at_the_figures_it_is_about(
    handed_in: Paper, lines: tuple[ClaimLine, ...]
) -> None:
    claims = {item.indicator.indicator_id: item.claims for item in handed_in.items if item.claims}
    assert {name: [line.key[0] for line in lines] for name, lines in claims.items()} == {
        "labour_market_link_share": ["labour_market_link_share"],
        "company_placement_share": ["company_placement_share"],
        "school_absence": ["school_absence"],
    }
    assert set(handed_in.claims) == set(lines)
    assert lines_about(lines, ()) == ()


def test_a_deviation_is_a_caveat_and_a_rounding_is_not(handed_in: Paper) -> None:
    for item in handed_in.items:
        for line in item.claims:
            assert (line.text in item.caveats) is not line.is_rounding
            assert (line.text in item.roundings) is line.is_rounding


def test_they_can_be_left_out(handed_in: Paper) -> None:
    without = arranged(handed_in, replace(handed_in.choice, claims=False))
    assert without.claims == ()
    assert [item.caveats for item in without.items] == [
        item.remarks[1:] for item in handed_in.items
    ]


def test_no_number_is_listed_before_its_paper(june: Store, catalog: Catalog) -> None:
    assert claim_lines(june, catalog) == ()
    assert paper(june, catalog, Choice("aarhus")).claims == ()


@pytest.mark.parametrize(
    ("roundings", "title"),
    [
        ([False], "Regnetjek: ét af papirernes tal om figurerne afviger fra beregningen"),
        ([False, False], "Regnetjek: to af papirernes tal om figurerne afviger fra beregningen"),
        ([True], "Regnetjek: ét af papirernes tal om figurerne er afrundet"),
        (
            [False, True, True],
            "Regnetjek: ét af papirernes tal om figurerne afviger fra beregningen, "
            "og to er afrundet",
        ),
    ],
)
def test_the_title_counts_them(
    lines: tuple[ClaimLine, ...], roundings: list[bool], title: str
) -> None:
    made = [replace(lines[0], is_rounding=rounding) for rounding in roundings]
    assert claims_title(made) == title
