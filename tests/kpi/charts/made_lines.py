"""Lines over time that several tests draw."""

from hypothesis import strategies as st

from kpi.charts import Line, LinePoint, Scale
from kpi.charts.marks import BENCHMARK, FOCUS, PEER, Role
from kpi.domain.period import parse_period

PERCENT = Scale("\u00a0%", 1, top=100)


def line(name: str, role: Role, values: dict[str, float], approximate: str = "") -> Line:
    """A line of (period: value); the period `approximate` is one the source only gives roughly."""
    points = [
        LinePoint(parse_period(period), period, value, f"{value:.1f}", period == approximate)
        for period, value in values.items()
    ]
    return Line(name, role, tuple(points))


AARHUS = line("Aarhus", FOCUS, {"2019": 72.0, "2020": 71.0, "2021": 73.7}, approximate="2020")
DENMARK = line("Hele landet", BENCHMARK, {"2019": 76.0, "2020": 75.0, "2021": 77.1})
ODENSE = line("Odense", PEER, {"2019": 71.0, "2021": 72.2})


PERIODS = [parse_period(str(year)) for year in range(2010, 2025)]
VALUES = st.floats(0, 100, allow_subnormal=False).map(lambda value: round(value, 1))
ROLES = st.sampled_from([FOCUS, BENCHMARK, PEER])


@st.composite
def many_lines(draw: st.DrawFn) -> list[Line]:
    """Up to twelve lines, each with values in some of the years."""
    lines = []
    for number in range(draw(st.integers(1, 12))):
        periods = draw(st.lists(st.sampled_from(PERIODS), min_size=1, unique=True))
        points = tuple(
            LinePoint(period, period.text, value, f"{value:.1f}", draw(st.booleans()))
            for period in sorted(periods, key=lambda period: period.order)
            for value in [draw(VALUES)]
        )
        lines.append(Line(f"Område {number}", draw(ROLES), points))
    return lines
