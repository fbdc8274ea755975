"""The mean of a chosen set: of the members that have a value which can be believed."""

from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.exhibits.set_means import mean_of_set, means_of_set
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import observation

OWN = frozenset(("aarhus",))
MEMBERS = {"aarhus": 70.0, "odense": 72.0, "randers": 71.0, "esbjerg": 91.0}


def test_a_member_that_cannot_be_believed_is_left_out_of_a_set_s_mean() -> None:
    """In its own period, and so in the others: its coming or going would move the mean."""
    rows = {
        year: [observation(value, year, area=area) for area, value in MEMBERS.items()]
        for year in ("2021", "2022")
    }
    known = made_catalog()
    (cities,) = known.sets_of("aarhus")

    def means(catalog: Catalog) -> tuple[float | None, list[float]]:
        """Of the newest period alone, and of both."""
        both = [row for of_year in rows.values() for row in of_year]
        return (
            mean.value if (mean := mean_of_set(rows["2022"], OWN, cities, catalog)) else None,
            [each.value for each in means_of_set(both, OWN, cities, catalog).values()],
        )

    assert means(known) == (78.0, [78.0, 78.0])
    newest = replace(known, implausible=frozenset([("rate", "esbjerg", "all", "2022")]))
    assert means(newest) == (71.5, [71.5, 71.5])
    earlier = replace(known, implausible=frozenset([("rate", "esbjerg", "all", "2021")]))
    assert means(earlier) == (78.0, [78.0])
