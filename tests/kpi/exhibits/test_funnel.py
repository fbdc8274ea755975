"""The funnel: which areas differ by more than chance, given their size."""

from dataclasses import replace
from statistics import NormalDist

from hypothesis import given
from hypothesis import strategies as st

from kpi.charts.funnel import funnel, funnel_range, size_axis
from kpi.charts.marks import PEER, Frame, FunnelDot, FunnelLimit, Scale
from kpi.domain.model import Area, Observation
from kpi.domain.selection import Selection
from kpi.exhibits.funnel import funnel_exhibit
from tests.kpi.charts.drawn import beyond_axes, labels, texts, validated
from tests.kpi.made import catalog, indicator, observation
from tests.tables import for_each

CITIES = ("aarhus", "odense", "randers", "esbjerg")


def rows(*counts: tuple[int, int] | None) -> list[Observation]:
    """A share of each city; None: the source does not give the counts."""
    return [
        observation(50.0, area=area, of=count) if count else observation(50.0, area=area)
        for area, count in zip(CITIES, counts, strict=False)
    ]


def title_of(*counts: tuple[int, int] | None) -> str:
    """The takeaway of the funnel, or nothing where there is none."""
    made = catalog()
    exhibit = funnel_exhibit(indicator(), rows(*counts), ["aarhus"], made, Selection("sammenlign"))
    return exhibit.title if exhibit else ""


@for_each(
    ("counts", "title"),
    [
        # Esbjerg's 70 % lies farther off than Randers' 58 %, but ten persons say nothing.
        (((520, 1000), (520, 1000), (580, 1000), (7, 10)),
         "Job: ingen kommuner afviger statistisk sikkert fra de øvrige"),
        # Far outside the outer limit.
        (((500, 1000), (600, 1000), (700, 1000), (7, 10)),
         "Job: Aarhus og Randers afviger statistisk sikkert fra de øvrige"),
        (((50, 100), (48, 100), (53, 100)),
         "Job: ingen kommuner afviger statistisk sikkert fra de øvrige"),
        (((50, 100), (48, 100)), ""),  # two areas are no funnel
        (((50, 100), (48, 100), None), ""),
        ((None, None, None), ""),
    ],
)  # fmt: skip
def test_who_stands_out(counts: tuple[tuple[int, int] | None, ...], title: str) -> None:
    assert title_of(*counts) == title


def test_the_table_lists_every_area_and_the_chart_names_some() -> None:
    made = catalog()
    given = rows((500, 1000), (450, 900), (700, 1000), (6, 10))
    exhibit = funnel_exhibit(indicator(), given, ["aarhus"], made, Selection("sammenlign"))
    assert exhibit is not None
    assert [(name, word) for name, _, _, word in exhibit.table.rows] == [
        ("Aarhus", "uden for 99,8 %-grænsen"),  # far below the common 56,9 %
        ("Randers", "uden for 99,8 %-grænsen"),
        ("Odense", "uden for 99,8 %-grænsen"),
        ("Esbjerg", "ingen sikker forskel"),
    ]
    assert "Fælles andel 56,9\u00a0%" in exhibit.subtitle
    assert set(labels(validated(exhibit.figure))) == {
        "95 %", "99,8 %", "Aarhus", "Randers",
    }  # fmt: skip
    # Odense would be written over Aarhus: its dot shows its name when it is pointed at.
    assert any("Odense" in text for text in texts(exhibit.figure))
    assert "Esbjerg: 6\u00a0af\u00a010" in exhibit.alt


def test_of_many_areas_chance_alone_puts_nobody_into_the_title() -> None:
    """Among 98 areas of one common share about five lie outside 95 %."""
    made = catalog()
    areas = {
        f"by_{n}": Area(f"by_{n}", f"By {n}", "municipality", "denmark", None, ())
        for n in range(98)
    }
    made = replace(made, areas={**made.areas, **areas})
    # Evenly over what chance gives: 2.5 % of the areas on each side of the 95 % limits.
    spread = NormalDist(500, 500**0.5 / 2**0.5)
    given = [
        observation(50.0, area=f"by_{n}", of=(round(spread.inv_cdf((n + 0.5) / 98)), 1000))
        for n in range(98)
    ]
    exhibit = funnel_exhibit(indicator(), given, ["by_0"], made, Selection("sammenlign"))
    assert exhibit is not None
    beyond = [row for row in exhibit.table.rows if row[3] == "uden for 95 %-grænsen"]
    assert 3 <= len(beyond) <= 7
    assert exhibit.title == "Job: ingen kommuner afviger statistisk sikkert fra de øvrige"
    assert "ventes ca. 5 af 98 ved et tilfælde" in exhibit.remarks[0]


def test_where_most_lie_outside_no_area_stands_out() -> None:
    """Of registers of many persons chance explains little: the spread is what there is to say."""
    title = title_of((300, 1000), (400, 1000), (600, 1000), (500, 1000))
    assert title == (
        "Job: alle fire kommuner ligger uden for 99,8 %-grænsen; forskellene er ikke tilfældige"
    )


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 9600)), min_size=3, max_size=4))
def test_every_area_is_drawn(counts: list[tuple[int, int]]) -> None:
    made = catalog()
    some = [(part, part + rest + 1) for part, rest in counts]
    exhibit = funnel_exhibit(indicator(), rows(*some), ["aarhus"], made, Selection("sammenlign"))
    assert exhibit is not None
    assert beyond_axes(exhibit.figure) == []


def test_a_cut_axis_is_named() -> None:
    made = catalog()
    given = rows((700, 1000), (720, 1000), (690, 1000))
    exhibit = funnel_exhibit(indicator(), given, ["aarhus"], made, Selection("sammenlign"))
    assert exhibit is not None
    start = exhibit.figure.layout.yaxis.range[0]
    assert start > 0
    assert f"Y-aksen begynder ved {start:.0f}\u00a0%." in exhibit.remarks


def test_no_name_lies_over_a_dot_nor_a_limits_name_where_all_are_chosen() -> None:
    """Of a few chosen areas each is named; of all 98 those that can be read."""
    ends = (FunnelLimit("95 %", False, (10.0, 1000.0), (20.0, 48.0), (80.0, 52.0)),)
    shares = [(100.0 + 9 * n, 20.0 + (37 * n) % 60) for n in range(98)] + [(990.0, 52.0)]
    dots = [
        FunnelDot(f"Kommune {n}", PEER, size, value, "", named=True, is_chosen=True)
        for n, (size, value) in enumerate(shares)
    ]
    figure = funnel(dots, ends, 50.0, Scale(" %", 0), Frame(800, 416))
    named = set(labels(figure)) - {"95 %"}
    assert 5 < len(named) < 98
    assert "Kommune 98" not in named
    few = funnel(dots[-3:], ends, 50.0, Scale(" %", 0), Frame(800, 416))
    assert len(set(labels(few)) - {"95 %"}) == 3
    along, (low, high) = size_axis(dots), funnel_range(dots)
    height = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    points = {
        dot.name: (along.share(dot.size) * (800 - 116), (dot.value - low) / (high - low) * height)
        for dot in dots
    }
    for name in named:
        x, y = points[name]
        half = 7.4 * len(name) / 2
        over = [
            other
            for other, (across, up) in points.items()
            if abs(across - x) < half and y + 6 < up < y + 23
        ]
        assert over == [], name
