"""An area's profile as a file: numbers alone in their columns."""

import re

import pytest

from kpi.domain.vocabulary import BOUNDS
from kpi.export.table_file import Amount, TableFile, typed
from kpi.store import Store
from kpi.views.area import AreaView, area_view
from kpi.views.profile_file import file_rows

_NUMBERS = ("Værdi", "Tæller", "Nævner", "Blandt", "Ændring", "Deres værdi", "Forskel")


@pytest.fixture(scope="module", params=["aarhus", "gellerup", "laesoe", "denmark"])
def seen(request: pytest.FixtureRequest, shipped: Store) -> AreaView:
    return area_view(shipped, shipped.catalog(), request.param)


def test_every_cell_of_a_number_is_one_or_empty(seen: AreaView, shipped: Store) -> None:
    rows = file_rows(seen.profile.rows, shipped.catalog())
    names = tuple(rows[0])
    table = TableFile("", names, tuple(tuple(row.values()) for row in rows))
    columns = dict(typed(table))
    bounds = {row.value for row in seen.profile.rows if row.own.status in BOUNDS}
    for name in _NUMBERS:
        left = [cell for cell in columns[name] if not isinstance(cell, Amount)]
        assert {*left} <= {"", *bounds}, (name, left)
    assert len(rows) == len(seen.profile.rows)
    places = [row["Placering"] for row in rows]
    assert all(re.fullmatch(r"\d*|(\d+\. |næst)?(lavest|højest)", place) for place in places), (
        places
    )


def test_a_difference_has_what_it_is_to(shipped: Store) -> None:
    view = area_view(shipped, shipped.catalog(), "aarhus")
    rows = file_rows(view.profile.rows, shipped.catalog())
    (row,) = (row for row in rows if row["Nøgletal"].startswith("Beskæftigelsesfrekvens 16-64"))
    assert [row[name] for name in ("Værdi", "Enhed", "Placering", "Blandt", "Forskel")] == [
        "74,3", "procent", "87", "98", "\u22123,1",
    ]  # fmt: skip
    assert (row["Sammenlignet med"], row["Deres værdi"]) == ("hele landet", "77,4")


def test_a_small_municipality_is_not_among_the_best_and_says_why(shipped: Store) -> None:
    known = shipped.catalog()
    small, large = (area_view(shipped, known, area_id) for area_id in ("laesoe", "aarhus"))
    assert "Læsø har få indbyggere" in small.profile.note
    assert "blandt de bedste" not in small.title
    assert "få indbyggere" not in large.profile.note
    # 4,7 less 2,6 is shown as 2,2.
    assert "Forskelle er beregnet før afrunding" in small.profile.note
