"""Titles of several groups are told apart: each names a group that is not the usual one."""

from kpi.domain.figures import Figures
from kpi.domain.period import parse_period
from kpi.exhibits import points_exhibit
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each


@for_each(("areas", "title"), [
    (("aarhus", "odense"), "Job, borgere med dansk baggrund: 75 i Aarhus mod 44 i Odense"),
    (("aarhus", "odense", "esbjerg"),
     "Job, borgere med dansk baggrund: 75 i Aarhus mod 23-44 i de to andre kommuner"),
])  # fmt: skip
def test_a_title_of_areas_names_a_group_that_is_not_the_usual_one(
    areas: tuple[str, ...], title: str
) -> None:
    made = made_catalog(indicator("count", "persons", decimals=0))
    rows = [
        observation(value, area=area, group="danish")
        for area, value in zip(areas, (75, 44, 23), strict=False)
    ]
    exhibit = points_exhibit(
        made.indicators["rate"], "danish", areas, parse_period("2022"), Figures(rows), made
    )
    assert exhibit is not None
    assert exhibit.title.replace("\u00a0", " ").replace("\u2060", "") == title
