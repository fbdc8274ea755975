"""When figures became known: what is asked of small tables is what all rows say."""

import random
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from kpi.ingest.table.raw import Upload
from kpi.store import Store, current_version, open_store, version_path
from kpi.store.uploads import publish, withdraw
from tests.kpi.store.test_derived import AREAS, KINDS, some_rows
from tests.kpi.store.test_implied_elsewhere import HEAD, made
from tests.tiers import some

pytestmark = pytest.mark.second_look

_FIRST = date(2024, 3, 1)
_DAYS = tuple(_FIRST + timedelta(days=10 * number) for number in range(4))
_NEWEST = """
WITH newest AS (
    SELECT indicator_id, source_id, arg_max(period, (period_end, -epoch(period_start))) AS period
    FROM current_observation GROUP BY indicator_id, source_id
)
SELECT indicator_id, source_id, period, min(measured), coalesce(strftime(
    min(coalesce(release.published, CASE WHEN origin = 'upload' THEN known_from END)), '%Y-%m-%d'
), '')
FROM current_observation
SEMI JOIN newest USING (indicator_id, source_id, period)
JOIN batch USING (batch_id)
LEFT JOIN source_release AS release USING (source_id, period)
GROUP BY indicator_id, source_id, period ORDER BY indicator_id, source_id
"""


def keys(store: Store) -> set[tuple[str, str, str, str]]:
    """What has a row in a store: (indicator, area, group, period)."""
    rows = store.series([*KINDS])
    return {(row.indicator_id, row.area_id, row.group_id, row.period.text) for row in rows}


def new(store: Store, day: date) -> set[tuple[str, str, str, str]]:
    """What a store says became known after a day."""
    news = store.new_since(day, [*KINDS], AREAS)
    return {(*key, period) for key, periods in news.items() for period in periods}


@pytest.mark.parametrize("seed", some(range(17, -1, -1), 1))
def test_what_is_known_is_what_all_rows_say(home: Path, seed: int) -> None:
    """Of files that revise each other, some withdrawn, on days of their own; of today and then."""
    draw = random.Random(seed)
    made(home, **KINDS)
    batches: list[int] = []
    for _ in range(3):
        file = Upload("a.csv", (HEAD + some_rows(draw)).encode())
        if batch_id := publish(file, None, "Ida", "x", home).batch_id:
            batches.append(batch_id)
    gone = draw.sample(batches, len(batches) // 3)
    for batch_id in gone:
        withdraw(batch_id, "Ida", "x", home)
    assert_newest(home)
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        for batch_id in batches:
            come, went = sorted(draw.choices(_DAYS, k=2))
            connection.execute(
                "UPDATE batch SET known_from = $come, withdrawn_on = if($is_gone, $went, NULL)"
                " WHERE batch_id = $batch",
                {"come": come, "went": went, "is_gone": batch_id in gone, "batch": batch_id},
            )
    today = open_store(home)
    then = {day: open_store(home, as_of=day) for day in _DAYS[:-1]}
    for day, earlier in then.items():
        assert new(today, day) == keys(today) - keys(earlier)
        for later, store in then.items():
            if later > day:
                assert new(store, day) == keys(store) - keys(earlier)
    for store in (today, *then.values()):
        store.close()


def assert_newest(home: Path) -> None:
    """The newest periods and what each publication is about are those of all rows."""
    with duckdb.connect(str(version_path(home, current_version(home))), read_only=True) as rows:
        newest = rows.execute(_NEWEST).fetchall()
        published = rows.execute("SELECT DISTINCT indicator_id, batch_id FROM observation")
        about = published.fetchall()
        counted = rows.execute(
            "SELECT indicator_id, count(*), count(DISTINCT area_id) FROM current_observation"
            " GROUP BY indicator_id"
        ).fetchall()
    store = open_store(home)
    assert store.newest_periods() == newest
    assert newest
    for indicator_id in KINDS:
        known = {batch_id for about_id, batch_id in about if about_id == indicator_id}
        assert store.batches_about([indicator_id]) == known
    assert store.figures_per_indicator() == {each[0]: each[1:] for each in counted}
    store.close()
