"""Hiding small numbers: which numbers are hidden, today and on every earlier day.

`hidden_row` names every row ever published whose number is hidden, on all days alike. The true rows
of what is hidden today are kept in `hidden_observation`, which no reader asks for: only a
publication needs them, to see what changes.
"""

import logging
from collections.abc import Mapping, Sequence, Set
from functools import partial

import duckdb

from kpi.store.balanced_areas import keep_balanced_areas
from kpi.store.balanced_indicators import keep_balanced_hidden, may_leave_few
from kpi.store.declared_parts import keep_declared_parts
from kpi.store.ever_shown import Memory, Publication, Shown, read_publications
from kpi.store.former_guards import with_former
from kpi.store.hidden_by_sources import hidden_by_sources
from kpi.store.hidden_sums import hidden_sums, keep_no_sums
from kpi.store.implied_elsewhere import keep_implied_elsewhere, keep_said
from kpi.store.linked_indicators import APART, Known, LinkedHidden, keep_linked_hidden
from kpi.store.made_of_hidden import made_of_hidden
from kpi.store.multiples import keep_multiples
from kpi.store.numbers_said import keep_numbers_said
from kpi.store.outline import keep_published_outline
from kpi.store.put_aside import drop_put_aside
from kpi.store.settled_jointly import HiddenSoFar, Jointly, settled_jointly
from kpi.store.settled_singly import Ranges, Settled
from kpi.store.shares_of_totals import shares_of_totals
from kpi.store.strictest import keep_strictest
from kpi.store.sums_of_periods import keep_sums_of_periods
from kpi.store.ties import Ties, read_ties
from kpi.store.totals_of_shares import Totals, totals_of_shares
from kpi.store.undeclared_rates import undeclared_beside
from kpi.suppression.cells import Cell
from kpi.suppression.hiding import Hiding, what_to_hide
from kpi.system.incoming import bring_in, let_go, table_of

_LOG = logging.getLogger(__name__)
_COLUMNS = ["indicator_id", "area_id", "group_id", "period", "source_id", "batch_id"]
# What is hidden because another indicator discloses it may need secondary suppression of its own.
_MOST_ROUNDS = 8


def hide_small_numbers(connection: duckdb.DuckDBPyConnection, batch_id: int | None = None) -> None:
    """Takes every number that must be hidden out of current_observation.

    Expects the true rows there; rebuilds `hidden_observation` and `hidden_row`. With `batch_id`
    nothing but that publication is new since they were built.
    """
    _begin(connection, batch_id)
    ties = read_ties(connection)
    publications = read_publications(connection)
    for_good = _stays_hidden(connection)
    undecided: set[str] = set()
    totals: dict[str, Sequence[Cell]] = {}
    settle = partial(_what_to_hide, undecided=undecided, totals=totals)
    are_numbers_kept = False
    staying: set[str] = set()
    disclosed_keys: set[tuple[object, ...]] = set()
    by_sources: list[tuple[object, ...]] | None = None
    settled = Settled(publications, ties, settle, totals, batch_id)
    for _ in range(_MOST_ROUNDS):
        memory = _memory(connection)
        settled.renew(connection, memory)
        if by_sources is None and keep_declared_parts(connection):
            for_good = _stays_hidden(connection)
            continue
        hidden, ranges = settled.rows, settled.ranges
        places = [row[: len(_COLUMNS)] for row in hidden]
        if by_sources is None:
            by_sources = hidden_by_sources(connection)
            by_itself = frozenset(places)
            looks_for_few = may_leave_few(connection)
        if (places or by_sources or looks_for_few) and not are_numbers_kept:
            _keep_what_rows_say(connection, ties)
            are_numbers_kept = True
            totals |= totals_of_shares(connection, {row[:4] for row in hidden}, ties)
            if totals:
                continue
        sums = hidden_sums(connection, places)
        if _is_disclosed_by_others(
            connection, hidden, by_sources, [(*row, memory.has_read(row)) for row in sorted(sums)],
            ranges, staying, disclosed_keys,
        ):  # fmt: skip
            continue
        known = Known(publications, memory, ties, settle, sums)
        together = _together(connection, places, by_sources, known, are_numbers_kept)
        if not together.is_any_new:
            places_hidden = {row[: len(_COLUMNS)]: bool(row[len(_COLUMNS)]) for row in hidden}
            so_far = HiddenSoFar(
                places_hidden, together.unlabelled, for_good | together.for_sources, undecided,
                totals, together.for_sources, by_itself, staying | shares_of_totals(connection),
            )  # fmt: skip
            hidden = _jointly(connection, hidden, so_far, publications, memory, ties)
            hidden, undeclared = _with_made_of_them(connection, hidden, memory, disclosed_keys)
            break
    else:
        # More follows than is looked for: what the last round added is hidden all the same.
        _LOG.warning("what is hidden was not followed to its end in %d rounds", _MOST_ROUNDS)
        memory = _memory(connection)
        settled.renew(connection, memory)
        hidden, undeclared = _with_made_of_them(connection, settled.rows, memory, disclosed_keys)
    _put_away(connection, with_former(connection, hidden, undeclared))


def _begin(connection: duckdb.DuckDBPyConnection, batch_id: int | None) -> None:
    """Makes the tables that hiding starts from: nothing is hidden, and what limits there are."""
    connection.execute(_NOTHING_HIDDEN)
    keep_no_sums(connection)
    keep_published_outline(connection, batch_id)
    keep_strictest(connection)


def _keep_what_rows_say(connection: duckdb.DuckDBPyConnection, ties: Ties) -> None:
    """Makes `said`, and the tables of numbers_said.py."""
    keep_said(connection)
    keep_numbers_said(connection, ties)


def _together(
    connection: duckdb.DuckDBPyConnection, places: list[tuple[object, ...]],
    by_sources: list[tuple[object, ...]], known: Known, are_numbers_kept: bool,
) -> LinkedHidden:  # fmt: skip
    """What linked indicators disclose of each other; where that is nothing, balanced ones."""
    together = keep_linked_hidden(connection, places, by_sources, known)
    if are_numbers_kept and not together.is_any_new:
        for keep in (keep_balanced_hidden, keep_balanced_areas):
            together = together.with_other(keep(connection, places, by_sources, known))
    return together


def _is_disclosed_by_others(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[tuple[object, ...]],
    by_sources: Sequence[tuple[object, ...]], means: Sequence[tuple[object, ...]], ranges: Ranges,
    staying: set[str], disclosed_keys: set[tuple[object, ...]],
) -> bool:  # fmt: skip
    """Whether others say the same, a multiple or a sum of hidden numbers, and have to be hidden.

    `means` are those that are hidden for their sum, each with whether people have read it. The
    multiples and sums are added to `staying`; `disclosed_keys` is what public sums disclose.
    """
    size = len(_COLUMNS)
    remembered = [(*row[:size], row[size + 1]) for row in hidden]
    unread = [(*place, False) for place in by_sources]
    if keep_implied_elsewhere(connection, [*remembered, *unread], means, ranges):
        return True
    multiples, is_any_new = keep_multiples(connection, [row[:size] for row in hidden])
    staying |= multiples
    if is_any_new:
        return True
    sums = keep_sums_of_periods(connection, [row[:size] for row in hidden])
    staying |= sums.indicators
    disclosed_keys.clear()
    disclosed_keys |= sums.disclosed
    return sums.is_any_new


def _put_away(connection: duckdb.DuckDBPyConnection, hidden: Sequence[tuple[object, ...]]) -> None:
    """Takes the hidden rows out of what pages read, and keeps them where only publications look."""
    frame = table_of(hidden, [*_COLUMNS, "is_small", "was_shown", "is_told"])
    bring_in(connection, frame)
    connection.execute(_KEEP_HIDDEN_ROWS)
    connection.execute(_TO_HIDE.format(version=""))
    let_go(connection)
    connection.execute(_KEEP)
    connection.execute(_HIDE)
    connection.execute(_END)
    drop_put_aside(connection, "said", "counted_row")


def _jointly(
    connection: duckdb.DuckDBPyConnection, hidden: Sequence[tuple[object, ...]],
    so_far: HiddenSoFar, publications: Mapping[int, Publication], memory: Memory, ties: Ties,
) -> list[tuple[object, ...]]:  # fmt: skip
    """The hidden rows once several indicators are solved as one; `stays_hidden` follows them."""
    size = len(_COLUMNS)
    try:
        jointly = settled_jointly(connection, so_far, publications, memory, ties)
    except Exception:  # noqa: BLE001
        # Whatever went wrong: what was settled one by one stays hidden.
        _LOG.exception("several indicators cannot be solved as one; they stay as they were")
        jointly = Jointly()
    if jointly.hidden:
        bring_in(connection, table_of(sorted(jointly.hidden), _COLUMNS))
        connection.execute("INSERT INTO stays_hidden FROM incoming EXCEPT FROM stays_hidden")
        let_go(connection)
    shown_again = jointly.shown - so_far.for_good
    if shown_again:
        bring_in(connection, table_of(sorted(shown_again), _COLUMNS))
        connection.execute(_NO_LONGER)
        let_go(connection)
    kept = [
        (*row[:-1], row[:size] in jointly.recoverable
         or (row[-1] and row[:size] not in jointly.not_recoverable))
        for row in hidden if row[:size] not in shown_again
    ]  # fmt: skip
    kept += [
        (*place, False, was_shown, place in jointly.recoverable)
        for place, was_shown in sorted(jointly.hidden.items())
        if place not in so_far.rows
    ]  # fmt: skip
    return _without_labels(kept, so_far.unlabelled | jointly.unlabelled)


def _with_made_of_them(
    connection: duckdb.DuckDBPyConnection, hidden: list[tuple[object, ...]], memory: Memory,
    by_sums: Set[tuple[object, ...]],
) -> tuple[list[tuple[object, ...]], set[tuple[object, ...]]]:  # fmt: skip
    """The hidden rows, and those of others that are made of a hidden number, or are its means.

    Or may be: rates of which nobody says whom they are of. These, and what is made of them alone,
    are given by themselves as well. A number that a public figure is made of is disclosed, too.
    """
    places = [row[: len(_COLUMNS)] for row in hidden]
    sums: list[tuple[object, ...]] = sorted(hidden_sums(connection, places))
    undeclared = undeclared_beside(connection, [*places, *sums])
    made, disclosed_keys = made_of_hidden(connection, [*places, *sums, *undeclared])
    until_declared: set[tuple[object, ...]] = {*undeclared}
    if undeclared and made:
        until_declared |= {*made} - {*made_of_hidden(connection, [*places, *sums])[0]}
    disclosed_keys |= by_sums
    known = [(*row[:-1], row[-1] or row[:4] in disclosed_keys) for row in hidden]
    more = [(*row, False, memory.has_read(row), False) for row in (*sums, *undeclared, *made)]
    return known + more, until_declared


def _without_labels(
    hidden: Sequence[tuple[object, ...]], unlabelled: Set[tuple[object, ...]]
) -> list[tuple[object, ...]]:
    """The hidden rows, some of which are not to be called small."""
    size = len(_COLUMNS)
    return [
        (*row[:size], row[size] and row[:size] not in unlabelled, *row[size + 1 :])
        for row in hidden
    ]


def _what_to_hide(
    numbers: Shown, ties: Ties, undecided: set[str], totals: Totals | None = None
) -> Hiding:
    """What to hide; all that is not public where that cannot be computed, which is `undecided`."""
    indicator_ids = {cell.indicator_id for cell in numbers.cells} if totals else set()
    known_totals = [cell for each in sorted(indicator_ids) for cell in (totals or {}).get(each, ())]
    try:
        return what_to_hide(numbers.cells, ties.groups, ties.areas, ties.former, known_totals)
    except Exception:  # noqa: BLE001
        # Whatever went wrong: no number may be shown because of it.
        _LOG.exception("small numbers cannot be computed; the indicator is hidden")
        undecided |= {cell.indicator_id.partition(APART)[0] for cell in numbers.cells}
        return Hiding({cell.key: cell.is_small for cell in numbers.cells if cell.limit})


def _memory(connection: duckdb.DuckDBPyConnection) -> Memory:
    withheld = connection.execute(_WITHHELD).fetchall()
    (until,) = connection.execute("SELECT coalesce(max(batch_id), 0) FROM put_out").fetchone() or (
        0,
    )
    return Memory(until, frozenset(withheld), _stays_hidden(connection))


def _stays_hidden(
    connection: duckdb.DuckDBPyConnection,
) -> frozenset[tuple[str, str, str, str, str, int]]:
    """The rows that stay hidden whatever holds, as `hidden_row` names them."""
    return frozenset(connection.execute("FROM stays_hidden").fetchall())


def hide_on_earlier_day(connection: duckdb.DuckDBPyConnection) -> None:
    """Takes out of an earlier day's rows what is hidden.

    A number that was shown then may be the one that would disclose a small one now. Expects the
    version attached as `spor`.
    """
    connection.execute(_TO_HIDE.format(version="spor."))
    connection.execute(_HIDE)
    connection.execute("DROP TABLE to_hide")


def count_recoverable(connection: duckdb.DuckDBPyConnection) -> int:
    """How many hidden numbers can be computed by whoever remembers what was shown before."""
    (count,) = connection.execute(_RECOVERABLE).fetchone() or (0,)
    return int(count)


def show_small_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """Puts the true rows back, for a publication to work on; hide them again before it ends."""
    connection.execute(_SHOW)


_NOTHING_HIDDEN = """
CREATE OR REPLACE TABLE hidden_observation AS FROM current_observation LIMIT 0
"""
_WITHHELD = """
SELECT indicator_id, area_id, group_id, period, source_id, batch_id
FROM hidden_row WHERE NOT was_shown
"""

_NO_LONGER = """
DELETE FROM stays_hidden
WHERE (indicator_id, area_id, group_id, period, source_id, batch_id) IN (FROM incoming)
"""

_RECOVERABLE = """
SELECT count(DISTINCT (indicator_id, area_id, group_id, period)) FROM hidden_row WHERE is_told
"""

_TO_HIDE = """
CREATE OR REPLACE TEMP TABLE to_hide AS
WITH limited AS (
    SELECT hidden_row.*, max(min_cell) OVER (
            PARTITION BY indicator_id, area_id, group_id, period
        ) AS min_cell
    FROM {version}hidden_row LEFT JOIN {version}strictest_limit USING (source_id, batch_id)
)
SELECT limited.*, kind
FROM limited
LEFT JOIN {version}counted_kind USING (indicator_id, batch_id)
SEMI JOIN current_observation USING
    (indicator_id, area_id, group_id, period, source_id, batch_id)
"""
_KEEP_HIDDEN_ROWS = """
CREATE OR REPLACE TABLE hidden_row AS
SELECT indicator_id::VARCHAR AS indicator_id, area_id::VARCHAR AS area_id,
    group_id::VARCHAR AS group_id, period::VARCHAR AS period, source_id::VARCHAR AS source_id,
    batch_id::INTEGER AS batch_id, is_small::BOOLEAN AS is_small, was_shown::BOOLEAN AS was_shown,
    is_told::BOOLEAN AS is_told
FROM incoming
ORDER BY ALL;
CREATE OR REPLACE TABLE put_out AS SELECT max(batch_id) AS batch_id FROM batch;
"""

_KEEP = """
INSERT INTO hidden_observation
SELECT current_observation.* FROM current_observation
SEMI JOIN to_hide USING (indicator_id, area_id, group_id, period)
"""

# `<5` is said of a small count, the highest limit where several sources have it: what is small by
# another's may be above its own. But not `<2`, which is 1; anything else hidden is only said to be
# hidden, a limit too: the number itself may be large. Words of the source and remarks go too: they
# may contain the number.
_HIDE = """
UPDATE current_observation
SET value = NULL, numerator = NULL, denominator = NULL, status = 'suppressed', decimals = NULL,
    note = NULL, low = NULL, high = NULL, is_hidden = true,
    as_published = CASE WHEN to_hide.is_small AND to_hide.kind = 'count' AND to_hide.min_cell > 2
        AND current_observation.value < to_hide.min_cell
        AND current_observation.denominator IS NULL AND current_observation.numerator IS NULL
        AND current_observation.status NOT IN ('at_least', 'at_most', 'range')
        THEN '<' || to_hide.min_cell END
FROM to_hide
WHERE to_hide.indicator_id = current_observation.indicator_id
    AND to_hide.area_id = current_observation.area_id
    AND to_hide.group_id = current_observation.group_id
    AND to_hide.period = current_observation.period
"""

_END = """
DROP TABLE to_hide; DROP TABLE tied; DROP TABLE IF EXISTS split_seen;
DROP TABLE IF EXISTS number_said; DROP TABLE IF EXISTS implied_number; DROP TABLE rate_fits;
DROP VIEW counted; DROP TABLE known_denominator; DROP VIEW counted_other;
DROP TABLE counting_rate; DROP TABLE guarded; DROP TABLE published_by;
DROP TABLE small_indicator; DROP TABLE share_of_total; DROP TABLE hidden_sum;
DROP TABLE declared_count; DROP TABLE declared_part
"""

_SHOW = """
UPDATE current_observation
SET value = hidden.value, numerator = hidden.numerator, denominator = hidden.denominator,
    status = hidden.status, decimals = hidden.decimals, note = hidden.note,
    as_published = hidden.as_published, low = hidden.low, high = hidden.high, is_hidden = false
FROM hidden_observation AS hidden
WHERE hidden.indicator_id = current_observation.indicator_id
    AND hidden.area_id = current_observation.area_id
    AND hidden.group_id = current_observation.group_id
    AND hidden.period = current_observation.period
"""
