"""The catalogue of everything: figures, sources and publications."""

import pytest

from kpi.domain.catalog import Catalog
from kpi.store import Store
from kpi.views.about import about_view, disputed_claims, disputed_title
from kpi.views.claims import CheckedClaim, claims_of


def test_the_catalogue(store: Store, catalog: Catalog) -> None:
    view = about_view(store, catalog)
    assert len(view.rows) == 35
    counts = {row.indicator.indicator_id: (row.figures, row.areas) for row in view.rows}
    assert counts["employment_rate"] == (1456, 104)
    assert counts["school_absence"] == (1177, 100)
    assert counts["language_mentor_places"] == (0, 0)
    assert [
        (source.source_id, figures, approximate) for source, figures, approximate in view.sources
    ] == [
        ("handleplan_2024", 9, 6),
        ("handlingsnotat_2024", 3, 0),
        ("indstilling_2024", 0, 0),
        ("indstilling_2025", 0, 0),
        ("status_2025", 7, 0),
        ("handleplan_2024_genoptryk", 3, 0),  # three of the plan's figures, reported anew
        ("oto_status_2025", 35, 2),
        ("ras200", 1456, 0),
        ("uvm_absence", 1174, 0),
        ("own_upload", 0, 0),  # what analysts publish without naming a source
    ]
    assert len(view.batches) == 7
    assert len(view.abbreviations) == 55
    assert view.version == "000001"


def test_a_rounding_is_no_deviation(store: Store, catalog: Catalog) -> None:
    claims = claims_of(store, catalog)
    badges = {row.claim_id: row.badge.text for row in about_view(store, catalog).claims}
    assert badges["gellerup_link_share"] == "Afrundet"
    assert disputed_title(claims) == (
        "To af papirernes seks tal afviger fra beregningen, og ét er afrundet"
    )
    # Those that differ come first.
    assert [disputed_claim.claim.claim_id for disputed_claim in disputed_claims(claims)] == [
        "gellerup_absence_fall", "gellerup_company_share", "gellerup_link_share",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("differ", "rounded", "agree", "title"),
    [
        (0, 0, 2, ""),
        (0, 0, 0, ""),
        (1, 0, 0, "Ét af papirernes tal afviger fra beregningen"),
        (1, 0, 1, "Ét af papirernes to tal afviger fra beregningen"),
        (0, 1, 2, "Ét af papirernes tre tal er afrundet"),
        (2, 2, 10, "2 af papirernes 14 tal afviger fra beregningen, og 2 er afrundet"),
    ],
)
def test_how_many_of_the_papers_numbers_do_not_hold(
    store: Store, differ: int, rounded: int, agree: int, title: str
) -> None:
    differs, cut, _, agrees, *_ = claims_of(store, store.catalog())
    made: list[CheckedClaim] = [differs] * differ + [cut] * rounded + [agrees] * agree
    assert disputed_title(made) == title
