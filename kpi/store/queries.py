"""Questions to one immutable version. One function a question; rows come back as frozen values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb

from kpi.domain.catalog import Catalog, by_id
from kpi.domain.figures import Municipal, by_series
from kpi.domain.model import Batch, Claim, Entry, Observation
from kpi.domain.period import Period, parse_period, today
from kpi.domain.plan import Plan
from kpi.domain.vocabulary import MeasuredHow
from kpi.plan.changes import PlanChange
from kpi.store.ahead import read_ahead, read_nearest_ahead
from kpi.store.current_entries import is_current_on
from kpi.store.earlier import let_go_of, schema_of
from kpi.store.entry_changes import read_entry_changes
from kpi.store.figure_counts import (
    read_areas_by_group,
    read_areas_with_figures,
    read_figures_per_indicator,
    read_groups_with_figures,
    read_known_areas,
    read_reach,
    read_status_counts,
)
from kpi.store.hidden_keys import HiddenKey, read_hidden_keys
from kpi.store.implausible import read_implausible
from kpi.store.knowing import (
    read_batches_about,
    read_new,
    read_newest_periods,
)
from kpi.store.metadata import read_catalog
from kpi.store.municipal import read_medians, read_municipal
from kpi.store.past import read_past
from kpi.store.plan import (
    read_comments,
    read_entries,
    read_events,
    read_meetings,
    read_plan,
    read_point_remarks,
    read_remarks,
    read_targets,
)
from kpi.store.publications import read_edition, read_publications
from kpi.store.similarity import read_similarity
from kpi.store.versions import damaged


class Store:
    """A version opened for reading, shared by all threads of a process.

    With `as_of` it answers every question as the figures were known by the end of that day.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, version: str, as_of: date | None):
        self._connection = connection
        self.schema = schema_of(connection) if as_of else ""
        self._catalog: Catalog | None = None
        self.version = version
        self.as_of = as_of

    @property
    def day(self) -> date:
        """The day by whose end the figures were known: today, without `as_of`."""
        return self.as_of or today()

    def close(self) -> None:
        """Lets go of the version's file."""
        let_go_of(self._connection, self.schema)

    def _rows(self, sql: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        # A cursor of its own per call: one connection must not be used by two threads at once.
        with self._connection.cursor() as cursor:
            if self.schema:
                cursor.execute("SET schema = $schema", {"schema": self.schema})
            try:
                return cursor.execute(sql, parameters or {}).fetchall()
            except duckdb.IOException as error:
                raise damaged(self.version) from error

    def catalog(self) -> Catalog:
        """All metadata of the version; read when first asked for, and kept, as it never changes."""
        if self._catalog is None:
            self._catalog = self._read_catalog()
        return self._catalog

    def _read_catalog(self) -> Catalog:
        return replace(
            read_catalog(self._rows, self.as_of),
            meetings=by_id(read_meetings(self._rows), "meeting_id"),
            events=read_events(self._rows, self.as_of),
            targets=read_targets(self._rows, self.as_of),
            remarks=read_point_remarks(self._rows, self.as_of),
            comments=read_comments(self._rows, self.as_of),
            similarity=read_similarity(self._rows, self.day),
            ahead=by_series(_observations(read_nearest_ahead(self._rows, self.day))),
            as_of=self.as_of,
        )

    def plan(self) -> Plan:
        """The action plan: initiatives with their states, events and targets."""
        return read_plan(self._rows, self.as_of)

    def newest(
        self, indicator_ids: Sequence[str], focus_ids: Sequence[str], other_ids: Sequence[str]
    ) -> list[Observation]:
        """The two newest values of each kind of period in the focus areas, and their peers.

        A focus area may have older ones beside them: those that are newest elsewhere. The other
        areas' rows are those beside the newest value of a kind in a focus area: same indicator,
        group and period. Oldest period first within each indicator, area and group.

        >>> for row in store.newest(["employment_rate"], ["aarhus"], ["odense"]):
        ...     print(row.area_id, row.period.text, row.value)
        aarhus 2020 70.5
        aarhus 2021 73.7
        odense 2021 72.2
        """
        return _observations(
            self._rows(
                """
                WITH near AS MATERIALIZED (
                    FROM recent_observation
                    WHERE list_contains($indicators::VARCHAR[], indicator_id)
                        AND list_contains($focus::VARCHAR[] || $others::VARCHAR[], area_id)
                        AND period_start <= $day
                ), own AS (
                    SELECT indicator_id, group_id,
                        max_by(period, (period_end, -epoch(period_start))) AS period
                    FROM near
                    WHERE list_contains($focus::VARCHAR[], area_id)
                    GROUP BY indicator_id, group_id, area_id, period_kind
                )
                SELECT indicator_id, area_id, group_id, period, value, numerator, denominator,
                    status, decimals, as_published, note, source_id, low, high, measured
                FROM near
                WHERE list_contains($focus::VARCHAR[], area_id)
                    OR (indicator_id, group_id, period) IN (FROM own)
                ORDER BY indicator_id, area_id, group_id, period_end, period_start DESC
                """,
                {
                    "indicators": list(indicator_ids),
                    "focus": list(focus_ids),
                    "others": list(other_ids),
                    "day": self.day,
                },
            )
        )

    def series(
        self,
        indicator_ids: Sequence[str],
        area_ids: Sequence[str] | None = None,
        group_ids: Sequence[str] | None = None,
    ) -> list[Observation]:
        """Every period of the indicators in the areas and groups (None: in all), oldest first."""
        return self._current(indicator_ids, area_ids, group_ids)

    def at_periods(
        self, indicator_ids: Sequence[str], area_ids: Sequence[str], periods: Sequence[str]
    ) -> list[Observation]:
        """The indicators' figures of all groups in the areas and periods."""
        return self._current(indicator_ids, area_ids, periods=periods)

    def ahead(
        self, indicator_ids: Sequence[str], area_ids: Sequence[str] | None = None
    ) -> list[Observation]:
        """Figures of periods that have not begun on the store's day, oldest first.

        A forecast, a budget or a slip of the pen. No other question answers with them before the
        first day of their period.
        """
        return _observations(read_ahead(self._rows, indicator_ids, area_ids, self.day))

    def everywhere(self, indicator_id: str, group_id: str, period: str) -> list[Observation]:
        """The values of one key in all areas that have one."""
        return self._current([indicator_id], group_ids=[group_id], periods=[period])

    def _current(
        self,
        indicator_ids: Sequence[str],
        area_ids: Sequence[str] | None = None,
        group_ids: Sequence[str] | None = None,
        periods: Sequence[str] | None = None,
    ) -> list[Observation]:
        """The indicators' current rows in the areas, groups and periods (None: in all).

        Oldest period first within each indicator, area and group.
        """
        # Rows of other indicators are left while they are read, which a function would not do.
        return _observations(
            self._rows(
                """
                SELECT indicator_id, area_id, group_id, period, value, numerator, denominator,
                    status, decimals, as_published, note, source_id, low, high, measured
                FROM current_observation
                WHERE indicator_id IN (SELECT unnest($indicators::VARCHAR[]))
                    AND ($areas IS NULL OR list_contains($areas::VARCHAR[], area_id))
                    AND ($groups IS NULL OR list_contains($groups::VARCHAR[], group_id))
                    AND ($periods IS NULL OR list_contains($periods::VARCHAR[], period))
                    AND period_start <= $day
                ORDER BY indicator_id, area_id, group_id, period_end, period_start DESC
                """,
                {
                    "indicators": list(indicator_ids),
                    "areas": None if area_ids is None else list(area_ids),
                    "groups": None if group_ids is None else list(group_ids),
                    "periods": None if periods is None else list(periods),
                    "day": self.day,
                },
            )
        )

    def histories(
        self, keys: Sequence[tuple[str, str]], area_ids: Sequence[str]
    ) -> list[Observation]:
        """Every period of each (indicator, group) in the areas, oldest first."""
        return _observations(
            self._rows(
                """
                SELECT indicator_id, area_id, group_id, period, value, numerator, denominator,
                    status, decimals, as_published, note, source_id, low, high, measured
                FROM current_observation
                SEMI JOIN (
                    SELECT unnest($indicators::VARCHAR[]) AS indicator_id,
                        unnest($groups::VARCHAR[]) AS group_id
                ) USING (indicator_id, group_id)
                WHERE list_contains($indicators::VARCHAR[], indicator_id)
                    AND list_contains($areas::VARCHAR[], area_id)
                    AND period_start <= $day
                ORDER BY indicator_id, area_id, group_id, period_end, period_start DESC
                """,
                {
                    "indicators": [indicator_id for indicator_id, _ in keys],
                    "groups": [group_id for _, group_id in keys],
                    "areas": list(area_ids),
                    "day": self.day,
                },
            )
        )

    def past(self, area_id: str, since: date) -> list[Observation]:
        """Every figure of one area whose period ended after a day, oldest first."""
        return _observations(read_past(self._rows, area_id, since, self.day))

    def medians(
        self, keys: Sequence[tuple[str, str]], without: str
    ) -> dict[tuple[str, str], dict[Period, float]]:
        """The median of all municipalities but one, of each (indicator, group) and period.

        Periods in which fewer than three others have a value are left out.
        """
        return read_medians(self._rows, keys, without, self.day)

    def municipal(self, keys: Sequence[tuple[str, str, str]]) -> Municipal:
        """The municipalities' values of each (indicator, group, period), by area."""
        return read_municipal(self._rows, keys)

    def implausible(self, keys: Sequence[tuple[str, str]]) -> frozenset[tuple[str, str, str, str]]:
        """The keys of all outliers among each (indicator, group)'s figures of any period."""
        return read_implausible(self._rows, keys)

    def coverage(self, indicator_id: str) -> list[tuple[str, str, int, int]]:
        """What exists: (group_id, period, areas with a row, how many of them municipalities).

        Newest period first within each group.
        """
        return self._rows(
            """
            SELECT group_id, period, areas, municipalities
            FROM coverage
            WHERE indicator_id = $indicator AND period_start <= $day
            ORDER BY group_id, period_end DESC, period_start
            """,
            {"indicator": indicator_id, "day": self.day},
        )

    def areas_with_figures(self, indicator_id: str, group_ids: Sequence[str]) -> list[str]:
        """The areas that have a row of the indicator in one of the groups."""
        return read_areas_with_figures(self._rows, indicator_id, group_ids)

    def areas_by_group(self, indicator_ids: Sequence[str]) -> dict[tuple[str, str], set[str]]:
        """The areas with a row of each (indicator, group) of which any period has begun."""
        return read_areas_by_group(self._rows, indicator_ids, self.day)

    def known_areas(
        self, indicator_ids: Sequence[str], area_ids: Sequence[str]
    ) -> set[tuple[str, str]]:
        """Which of the indicators have a row of which of the areas: (indicator_id, area_id)."""
        return read_known_areas(self._rows, indicator_ids, area_ids)

    def status_counts(self) -> list[tuple[str, str, int]]:
        """How many of today's figures have which status: (source_id, status, figures)."""
        return read_status_counts(self._rows)

    def reach(self, indicator_id: str) -> tuple[int, int, tuple[str, ...]]:
        """How many figures an indicator has, in how many areas, and from which sources."""
        return read_reach(self._rows, indicator_id)

    def hides_any(self, indicator_ids: Sequence[str]) -> bool:
        """Whether a number of any of the indicators is hidden; asked of a store of today."""
        ((is_any,),) = self._rows(
            """
            SELECT count(*) > 0 FROM current_observation
            WHERE is_hidden AND list_contains($indicators::VARCHAR[], indicator_id)
            """,
            {"indicators": list(indicator_ids)},
        )
        return bool(is_any)

    def groups_with_figures(self) -> dict[str, frozenset[str]]:
        """The groups of which each indicator has figures."""
        return read_groups_with_figures(self._rows)

    def figures_per_indicator(self) -> dict[str, tuple[int, int]]:
        """For each indicator with figures: how many, and in how many areas."""
        return read_figures_per_indicator(self._rows)

    def new_since(
        self, day: date, indicator_ids: Sequence[str], area_ids: Sequence[str]
    ) -> dict[tuple[str, str, str], tuple[str, ...]]:
        """The periods that became known after a day, oldest first, of each series that has any.

        A series is (indicator, area, group). Opening the store as of the day answers the same, but
        has to put a whole day together.
        """
        return read_new(self._rows, day, indicator_ids, area_ids, self.day)

    def batches_about(self, indicator_ids: Sequence[str]) -> frozenset[int]:
        """The ids of the publications that contain rows of the indicators."""
        return read_batches_about(self._rows, indicator_ids)

    def newest_periods(self) -> list[tuple[str, str, str, MeasuredHow, str]]:
        """The newest period of each indicator and source; see `read_newest_periods`."""
        return read_newest_periods(self._rows, self.day)

    def edition(self) -> str:
        """What names these figures in a paper; see `read_edition`."""
        return read_edition(self._rows, self.day)

    def batches(self, source_ids: Sequence[str] | None = None) -> list[Batch]:
        """The publications from the sources (None: from all), newest first."""
        return read_publications(self._rows, source_ids, self.as_of)

    def claims(self) -> list[Claim]:
        """What papers have derived from figures; without the answers that may be beside them."""
        is_current = is_current_on(self._rows, self.as_of)
        return [
            Claim(*row)
            for *row, entered_at in self._rows(
                """
                SELECT claim_id, source_id, indicator_id, area_id, group_id, period,
                    coalesce(from_period, ''), kind, reported_value, coalesce(unit, ''),
                    coalesce(inputs, ''), coalesce(explanation, ''), coalesce(entered_by, ''),
                    entered_at
                FROM claim ORDER BY entered_at NULLS FIRST
                """
            )
            if is_current(entered_at)
        ]

    def hidden_keys(
        self, indicator_ids: Sequence[str], area_ids: Sequence[str], periods: Sequence[str]
    ) -> frozenset[HiddenKey]:
        """The keys of which a number is hidden on any day; see `read_hidden_keys`."""
        return read_hidden_keys(self._rows, indicator_ids, area_ids, periods)

    def entries(self) -> list[Entry]:
        """What people have entered of the plan, newest first."""
        return read_entries(self._rows, self.as_of)

    def entry_changes(self, entry_ids: Collection[int]) -> Mapping[int, tuple[PlanChange, ...]]:
        """By entry what it added and corrected of indicators, areas, groups, sources and themes."""
        return read_entry_changes(self._rows, entry_ids)

    def remarks(self, area_id: str) -> list[tuple[str, str, str]]:
        """What the papers say of an area beside figures: (date, text, source_id), newest first.

        Events of the area, and the status of the initiatives that carry its name.
        """
        return read_remarks(self._rows, area_id, self.as_of)


def _observations(rows: list[tuple[Any, ...]]) -> list[Observation]:
    periods = {text: parse_period(text) for text in {row[3] for row in rows}}
    # As Observation._make does; called by its name it takes twice as long.
    return [tuple.__new__(Observation, (*row[:3], periods[row[3]], *row[4:])) for row in rows]
