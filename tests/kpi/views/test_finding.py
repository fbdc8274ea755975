"""The finding of the front page: the worst place against the best, in words of a rule."""

from dataclasses import replace

from kpi.domain.compare import MEDIAN, Comparison
from kpi.domain.ranking import Rank
from kpi.domain.vocabulary import BETTER, SAME, WORSE, Verdict
from kpi.views.finding import finding, standing
from kpi.views.placed import Placed, best_first, worst_first
from tests.kpi.domain.made_comparisons import said
from tests.kpi.made import catalog, indicator, observation
from tests.tables import for_each

NAMES = {"job": "Job", "job_ratio": "Job (danskernes = 100)", "absence": "Fravær", "few": "Ledige"}
MADE = catalog(
    *(
        replace(indicator(indicator_id=indicator_id), short_name=name)
        for indicator_id, name in NAMES.items()
    )
)
AARHUS = MADE.areas["aarhus"]


def figure(
    indicator_id: str, verdict: Verdict, place: int | None, *, group: str = "all",
    is_median: bool = False, behind: int | None = None,
) -> Placed:  # fmt: skip
    """A figure at a place among 98."""
    row = observation(70.0, group=group)._replace(indicator_id=indicator_id)
    against: Comparison = (
        said(verdict, "area_set", MEDIAN, areas=97) if is_median else said(verdict)
    )
    if place is None:
        return Placed(row, against, None, 2, 0)
    rank = Rank(place, 98, "municipality", shared=False)
    return Placed(row, against, rank, 98, 98 - place if behind is None else behind)


@for_each(
    ("figures", "text"),
    [
        ([], ""),
        (
            [figure("job", WORSE, 90), figure("absence", BETTER, 7, is_median=True)],
            "Aarhus ligger dårligere end hele landet på job, men bedre end de fleste kommuner på "
            "fravær",
        ),
        # The worst place and the best one, whatever stands first; without a place it comes last.
        (
            [figure("few", WORSE, None), figure("job", WORSE, 60), figure("absence", WORSE, 97),
             figure("few", BETTER, 40)],
            "Aarhus ligger dårligere end hele landet på fravær, men bedre på ledige",
        ),
        # Figures of one name that agree are one subject, those that do not are told apart.
        (
            [figure("job_ratio", WORSE, 97), figure("job", WORSE, 60), figure("few", BETTER, 2)],
            "Aarhus ligger dårligere end hele landet på job, men bedre på ledige",
        ),
        (
            [figure("job_ratio", WORSE, 97), figure("job", BETTER, 2)],
            "Aarhus ligger dårligere end hele landet på job (danskernes = 100), men bedre på job",
        ),
        # Most municipalities are named only where most are behind: equal ones are not.
        (
            [figure("job", WORSE, 90), figure("absence", BETTER, 7, is_median=True, behind=48)],
            "Aarhus ligger dårligere end hele landet på job, men bedre end medianen af de andre "
            "kommuner på fravær",
        ),
        # To one side only: how many.
        (
            [figure("job", WORSE, 90), figure("absence", SAME, 50)],
            "Aarhus ligger dårligere end hele landet på ét af to nøgletal",
        ),
        (
            [figure("job", BETTER, 9), figure("absence", BETTER, 5)],
            "Aarhus ligger bedre end hele landet på begge nøgletal",
        ),
        (
            [figure("job", SAME, 9), figure("absence", SAME, 5)],
            "Aarhus: ingen sikker forskel fra hele landet på begge nøgletal",
        ),
    ],
)  # fmt: skip
def test_the_finding(figures: list[Placed], text: str) -> None:
    assert finding(AARHUS, figures, MADE) == text


@for_each(
    ("figures", "text"),
    [
        ([figure("job", WORSE, 90)], ""),
        ([figure("job", WORSE, 90), figure("absence", BETTER, 9)],
         "Aarhus ligger efter på job, men blandt de bedste på fravær"),
        # The tenth of ninety-eight is not within the first tenth.
        ([figure("job", WORSE, 90), figure("absence", BETTER, 10)],
         "Aarhus ligger efter på job, men foran på fravær"),
        # All that the word stands for are among the best, or none is called so.
        ([figure("few", WORSE, None), figure("job_ratio", BETTER, 2), figure("job", BETTER, 40)],
         "Aarhus ligger efter på ledige, men foran på job"),
        ([figure("job", WORSE, 90), figure("few", BETTER, None)],
         "Aarhus ligger efter på job, men foran på ledige"),
    ],
)  # fmt: skip
def test_where_a_municipality_stands(figures: list[Placed], text: str) -> None:
    assert standing(AARHUS, figures, MADE) == text


def test_places_among_differently_many_are_compared_as_shares() -> None:
    last_of_few = figure("few", WORSE, 5)._replace(rank=Rank(5, 5, "municipality", shared=False))
    figures = [figure("job", WORSE, 97), last_of_few, figure("absence", WORSE, None)]
    assert [each.row.indicator_id for each in worst_first(figures)] == ["few", "job", "absence"]
    assert best_first(figures) == []


def test_a_place_among_a_handful_of_all_is_not_one_among_most() -> None:
    """The fifth of five says nothing of the other 93, and does not come before nr. 60 of 98."""
    rank = Rank(5, 5, "municipality", shared=False)
    few = figure("few", WORSE, 5, is_median=True)._replace(rank=rank, of=5, municipalities=98)
    figures = [figure("job", WORSE, 60), few, figure("absence", WORSE, None)]
    assert [each.row.indicator_id for each in worst_first(figures)] == ["job", "few", "absence"]
    assert few.trails_most is False
    of_half = Rank(49, 49, "municipality", shared=False)
    assert few._replace(of=49, rank=of_half).trails_most
