"""Another indicator in a comparison: what was chosen stays where there are figures of it."""

import pytest

from kpi.domain.selection import Selection
from kpi.store import Store
from kpi.views.comparison import comparison_view
from kpi.views.comparison_change import with_indicator

AREAS = ("odense", "tilst", "vejle")
WAYS = [
    # areas and groups of the comparison, the other indicator, and what stays of them
    (AREAS, ("all",), "school_absence_high", ("odense", "vejle"), ("all",)),
    # The group that most of them have figures of: the usual one is of a programme.
    # The group that its theme shows municipalities by.
    (AREAS, ("all",), "school_absence", ("odense", "vejle"), ("lower_secondary",)),
    (
        AREAS,
        ("middle_school", "all"),
        "school_absence",
        ("odense", "vejle"),
        ("middle_school",),
    ),
    (("gellerup", "viby_syd"), ("all",), "employment_rate", (), ()),
    (("tilst",), ("all",), "employment_rate", (), ()),
    (("six_cities", "denmark"), ("all",), "employment_rate", ("six_cities", "denmark"), ("all",)),
    # A count of the country would press all others flat.
    (("aarhus", "denmark"), ("all",), "population", ("aarhus",), ("all",)),
    (("similar",), ("all",), "child_notifications", ("similar",), ("all",)),
]


@pytest.mark.parametrize(("areas", "groups", "indicator_id", "kept", "kept_groups"), WAYS)
def test_areas_that_have_figures_stay(
    shipped: Store, areas: tuple[str, ...], groups: tuple[str, ...], indicator_id: str,
    kept: tuple[str, ...], kept_groups: tuple[str, ...],
) -> None:  # fmt: skip
    catalog = shipped.catalog()
    before = Selection(
        "sammenlign", noegletal="employment_rate", omraader=areas, grupper=groups, fra="2015",
        diagram="rangering",
    )  # fmt: skip
    after = with_indicator(shipped, catalog, before, indicator_id, "aarhus")
    assert (after.noegletal, after.diagram, after.fra) == (indicator_id, "rangering", "")
    assert (after.omraader, after.grupper) == (kept, kept_groups)
    shown = comparison_view(shipped, catalog, after, "aarhus")
    assert shown.left_out == ()
    assert not [note for note in shown.notes if "har ingen tal for" in note]
