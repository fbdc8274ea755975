"""The figures of a waiting file that its check asks about, each beside its own series.

Nothing here is published: the series are those of the store, with the file's figures among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kpi.charts.marks import FOCUS, PEER, Frame, Line, LinePoint, Role
from kpi.charts.time_axis import axis_start
from kpi.charts.trend import trend
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import count_of
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import parse_period
from kpi.domain.period_words import period_name, when
from kpi.domain.problem_codes import OF_PERIODS, PROBLEM_KINDS
from kpi.domain.series_break import is_across
from kpi.domain.vocabulary import BOUNDS
from kpi.domain.wording import capital, in_text, sentences, subtitle
from kpi.exhibits import Table
from kpi.exhibits.caveats import axis_remark
from kpi.exhibits.parts import parted_points, scale_of, whose
from kpi.ingest.checked import Change, Checked
from kpi.store import Store
from kpi.views.upload_changes import BeforeAfter, decimals_of
from kpi.views.upload_problems import warnings_of

_MOST_SHOWN = 5
_FRAME = Frame(400, 260)
# Fewer earlier steps do not show whether a series has moved as much before.
_FEWEST_STEPS = 3
_Key = tuple[str, str, str]


@dataclass(frozen=True)
class Moves:
    """The figures that are asked about as a table, with the figure before each.

    `note` says between what the first has lain; `chart` is its series, `under` what that measures.
    """

    title: str
    table: Table
    note: str
    chart: BeforeAfter | None
    under: str


@dataclass(frozen=True)
class _Move:
    """A figure with its series of exact figures of the like periods, oldest first.

    `from_file` are the periods that the file has. `earlier` are those that the figure can be
    compared with: before it, and on its side of every break. `published` is what it replaces.
    """

    own: Observation
    series: tuple[Observation, ...]
    from_file: frozenset[str]
    earlier: tuple[Observation, ...]
    published: Observation | None

    @property
    def before(self) -> Observation | None:
        """What is published of its period, which the check compares it with; else the newest."""
        return self.published or (self.earlier[-1] if self.earlier else None)

    @property
    def step(self) -> float:
        """How far it is from the figure of the period before it."""
        return abs(_value(self.own) - _value(self.earlier[-1])) if self.earlier else 0.0


def moves_of(checked: Checked, store: Store, catalog: Catalog, home_area: str) -> Moves | None:
    """What the check asks about; None where it asks about no figure.

    `home_area` is added for comparison.
    """
    count, asked = _asked_about(checked)
    known = [_move(_key(each), each.period, checked, store, catalog) for each in asked]
    moves = [move for move in known if move is not None]
    if not moves:
        return None
    first = moves[0].own
    beside = None
    if home_area in catalog.areas and all(move.own.area_id != home_area for move in moves):
        key = (first.indicator_id, home_area, first.group_id)
        beside = _move(key, first.period.text, checked, store, catalog)
    return Moves(
        _title(count, len(moves)),
        _table(moves, beside, catalog),
        _note(moves[0], catalog),
        _chart(moves[0], beside, catalog),
        _under(moves[0], catalog),
    )


def _asked_about(checked: Checked) -> tuple[int, list[Change]]:
    """How many figures the check asks about, and the worst of those that are at hand.

    First the worst of every kind of question: what one kind weighs says nothing of another.
    """
    by_row = {change.row: change for change in checked.changes if change.row is not None}
    asking = [
        problem
        for problem in warnings_of(checked)
        if PROBLEM_KINDS[problem.code].needs_action
        and problem.row is not None
        and problem.code not in OF_PERIODS
    ]
    asking.sort(key=lambda problem: -problem.weight)
    at_hand = [
        (problem, change)
        for problem in asking
        if problem.row is not None
        and (change := by_row.get(problem.row)) is not None
        and change.new is not None
        and change.new_status not in BOUNDS
    ]
    worst = {problem.code: problem for problem, _ in reversed(at_hand)}
    at_hand.sort(key=lambda each: each[0] is not worst[each[0].code])
    changes = {problem.row: change for problem, change in at_hand}
    rows = {problem.row for problem in asking}
    further = count_of(asking) - len(asking)
    return len(rows) + further, [*changes.values()][:_MOST_SHOWN]


def _move(key: _Key, period: str, checked: Checked, store: Store, catalog: Catalog) -> _Move | None:
    """A figure of the file, or a published one, with its series; None where there is none."""
    indicator_id, area_id, group_id = key
    rows = {row.period.text: row for row in store.series([indicator_id], [area_id], [group_id])}
    # Of a hidden number nothing is said.
    changes = [each for each in checked.changes if _key(each) == key and not each.is_hidden]
    changes = [each for each in changes if each.new_status not in BOUNDS]
    published = rows.get(period) if any(each.period == period for each in changes) else None
    if published is not None and (published.value is None or published.is_bound):
        published = None
    for change in changes:
        rows[change.period] = Observation(
            *key, parse_period(change.period), change.new, None, None,
            "approximate" if change.new_status == "approximate" else "final",
            None, None, None, change.new_source,
        )  # fmt: skip
    own = rows.get(period)
    if own is None or own.value is None or own.is_bound:
        return None
    alike = [
        row
        for row in rows.values()
        if row.value is not None and not row.is_bound and row.period.is_like(own.period)
    ]
    series = tuple(sorted(alike, key=lambda row: row.period.order))
    indicator = catalog.indicators[indicator_id]
    earlier = tuple(
        row
        for row in series
        if row.period.end < own.period.end and not is_across(row.period, own.period, indicator)
    )
    from_file = frozenset(change.period for change in changes)
    return _Move(own, series, from_file, earlier, published)


def _key(change: Change) -> _Key:
    return change.indicator_id, change.area_id, change.group_id


def _value(row: Observation) -> float:
    return row.value if row.value is not None else 0.0


def _title(count: int, shown: int) -> str:
    """`To tal skal ses efter`, `12 tal skal kontrolleres; de fem største`."""
    words = f"{capital(fmt.count_word(count))} tal skal kontrolleres"
    if count == 1:
        return "Ét tal skal kontrolleres"
    return words if count <= shown else f"{words}; {fmt.count_word(shown)} af dem"


def _table(moves: Sequence[_Move], beside: _Move | None, catalog: Catalog) -> Table:
    """Each figure with the one before it; the periods are the columns' where all have the same."""
    shown = [*moves, *([beside] if beside else [])]
    pairs = {(move.before.period if move.before else None, move.own.period) for move in shown}
    is_common = len(pairs) == 1 and not any(move.published for move in shown)
    first = moves[0]
    names = ("Før", "Efter")
    if is_common and first.before is not None:
        names = (_named(first.before, catalog), _named(first.own, catalog))
    several = len({(move.own.indicator_id, move.own.group_id) for move in moves}) > 1
    decimals = None if several else _decimals(shown, catalog)
    rows = tuple(
        (
            _subject(move, catalog, several) + (", til sammenligning" if move is beside else ""),
            _amount(
                move.before,
                catalog,
                decimals,
                with_period=not is_common,
                is_published=move.published is not None,
            ),
            _amount(move.own, catalog, decimals, with_period=not is_common),
            _difference(move, catalog),
        )
        for move in shown
    )
    return Table(("Område", *names, "Forskel"), rows)


def _subject(move: _Move, catalog: Catalog, with_measure: bool) -> str:
    own = move.own
    indicator = catalog.indicators[own.indicator_id]
    measure = (in_text(indicator.short_name), *whose(indicator, own.group_id, catalog))
    return ", ".join((catalog.areas[own.area_id].name, *(measure if with_measure else ())))


def _named(row: Observation, catalog: Catalog) -> str:
    return period_name(row.period, catalog.indicators[row.indicator_id], catalog)


def _decimals(moves: Sequence[_Move], catalog: Catalog) -> int:
    """As many decimals as any of the figures beside each other has."""
    indicator = catalog.indicators[moves[0].own.indicator_id]
    rows = [row for move in moves for row in (move.own, move.before) if row is not None]
    return max(decimals_of(_value(row), indicator) for row in rows)


def _amount(
    row: Observation | None,
    catalog: Catalog,
    decimals: int | None = None,
    *,
    with_period: bool = False,
    is_published: bool = False,
) -> str:
    if row is None:
        return "intet tidligere tal"
    indicator = catalog.indicators[row.indicator_id]
    own = decimals_of(_value(row), indicator) if decimals is None else decimals
    text = fmt.amount(row.value, indicator, own)
    named = f"{'udgivet, ' if is_published else ''}{_named(row, catalog)}"
    return f"{text} ({named})" if with_period else text


def _difference(move: _Move, catalog: Catalog) -> str:
    if move.before is None:
        return "kan ikke beregnes"
    indicator = catalog.indicators[move.own.indicator_id]
    before, own = _value(move.before), _value(move.own)
    decimals = max(decimals_of(before, indicator), decimals_of(own, indicator))
    return fmt.gap(own - before, indicator, decimals=decimals)


def _note(move: _Move, catalog: Catalog) -> str:
    """`Læsø har ligget mellem 71,2 % og 79,0 % siden 2008.`; empty where little is known."""
    if len(move.earlier) <= _FEWEST_STEPS:
        return ""
    low, high = min(move.earlier, key=_value), max(move.earlier, key=_value)
    area = catalog.areas[move.own.area_id].name
    since = _named(move.earlier[0], catalog)
    ends = f"{_amount(low, catalog)} og {_amount(high, catalog)}"
    return f"{area} har ligget mellem {ends} siden {since}."


def _chart_title(move: _Move, catalog: Catalog) -> str:
    """Whether the series has moved as much from one figure to the next before."""
    area = catalog.areas[move.own.area_id].name
    steps = [abs(_value(later) - _value(sooner)) for sooner, later in pairwise(move.earlier)]
    if len(steps) < _FEWEST_STEPS:
        return f"{area} over tid"
    if max(steps) >= move.step:
        return f"{area} har svinget lige så meget før"
    return f"{area} har ikke svinget så meget før"


def _under(move: _Move, catalog: Catalog) -> str:
    indicator = catalog.indicators[move.own.indicator_id]
    first, last = (_named(row, catalog) for row in (move.series[0], move.series[-1]))
    return subtitle(indicator, whose(indicator, move.own.group_id, catalog), first, last)


def _chart(move: _Move, beside: _Move | None, catalog: Catalog) -> BeforeAfter | None:
    """The series with the file's figures marked; None where there is no other figure."""
    if len(move.series) == 1:
        return None
    indicator = catalog.indicators[move.own.indicator_id]
    lines = [_line(move, FOCUS, catalog), *([_line(beside, PEER, catalog)] if beside else [])]
    scale = scale_of(indicator)
    title = _chart_title(move, catalog)
    described = "; ".join(f"{line.name}: {_ends(line, indicator, catalog)}" for line in lines)
    rows = tuple(
        (point.period_name, f"{point.text} (fra filen)" if point.is_marked else point.text)
        for point in lines[0].points
    )
    return BeforeAfter(
        title,
        trend(lines, scale, gaps=False, frame=_FRAME),
        sentences("Linjediagram", title, _under(move, catalog), described),
        Table(("Periode", lines[0].name), rows),
        axis_remark(axis_start(lines, scale), scale),
    )


def _ends(line: Line, indicator: Indicator, catalog: Catalog) -> str:
    """`71,2 i 2008, 67,3 i 2025`."""
    ends = (line.points[0], line.points[-1])
    return ", ".join(f"{end.text} {when(end.period, indicator, catalog)}" for end in ends)


def _line(move: _Move, role: Role, catalog: Catalog) -> Line:
    indicator = catalog.indicators[move.own.indicator_id]
    decimals = max(decimals_of(_value(row), indicator) for row in move.series)
    points = [
        LinePoint(
            row.period, _named(row, catalog), _value(row), fmt.number(row.value, decimals),
            row.is_approximate, is_marked=row.period.text in move.from_file,
        )
        for row in move.series
    ]  # fmt: skip
    return Line(catalog.areas[move.own.area_id].name, role, parted_points(points, indicator))
