"""How many figures a version holds: per area and group, per status and per indicator."""

from collections.abc import Sequence
from datetime import date

from kpi.store.plan import AskWith


def read_areas_with_figures(ask: AskWith, indicator_id: str, group_ids: Sequence[str]) -> list[str]:
    """The areas that have a row of the indicator in one of the groups, in the order of their ids.

    A hidden or missing figure is a row too.
    """
    rows = ask(
        """
        SELECT DISTINCT area_id FROM figure_count
        WHERE indicator_id = $indicator AND list_contains($groups::VARCHAR[], group_id)
        ORDER BY area_id
        """,
        {"indicator": indicator_id, "groups": list(group_ids)},
    )
    return [area_id for (area_id,) in rows]


def read_areas_by_group(
    ask: AskWith, indicator_ids: Sequence[str], day: date
) -> dict[tuple[str, str], set[str]]:
    """The areas that have a row of each (indicator, group), where any of its periods has begun."""
    rows = ask(
        """
        SELECT indicator_id, group_id, list(DISTINCT area_id)
        FROM figure_count
        SEMI JOIN (
            FROM coverage
            WHERE list_contains($indicators::VARCHAR[], indicator_id) AND period_start <= $day
        ) AS begun USING (indicator_id, group_id)
        WHERE list_contains($indicators::VARCHAR[], indicator_id)
        GROUP BY indicator_id, group_id
        """,
        {"indicators": list(indicator_ids), "day": day},
    )
    return {(indicator_id, group_id): set(areas) for indicator_id, group_id, areas in rows}


def read_known_areas(
    ask: AskWith, indicator_ids: Sequence[str], area_ids: Sequence[str]
) -> set[tuple[str, str]]:
    """Which of the indicators have a row of which of the areas: (indicator_id, area_id)."""
    rows = ask(
        """
        SELECT DISTINCT indicator_id, area_id FROM figure_count
        WHERE list_contains($indicators::VARCHAR[], indicator_id)
            AND list_contains($areas::VARCHAR[], area_id)
        """,
        {"indicators": list(indicator_ids), "areas": list(area_ids)},
    )
    return {(indicator_id, area_id) for indicator_id, area_id in rows}


def read_status_counts(ask: AskWith) -> list[tuple[str, str, int]]:
    """How many figures have which status: (source_id, status, figures)."""
    return ask(
        """
        SELECT source_id, status, sum(figures)::BIGINT FROM figure_count
        GROUP BY source_id, status ORDER BY source_id, status::VARCHAR
        """,
        {},
    )


def read_reach(ask: AskWith, indicator_id: str) -> tuple[int, int, tuple[str, ...]]:
    """How many figures an indicator has, in how many areas, and from which sources."""
    ((figures, areas, source_ids),) = ask(
        """
        SELECT coalesce(sum(figures), 0)::BIGINT, count(DISTINCT area_id),
            coalesce(list(DISTINCT source_id ORDER BY source_id), [])
        FROM figure_count WHERE indicator_id = $indicator
        """,
        {"indicator": indicator_id},
    )
    return figures, areas, tuple(source_ids)


def read_groups_with_figures(ask: AskWith) -> dict[str, frozenset[str]]:
    """The groups of which each indicator has figures."""
    rows = ask(
        "SELECT indicator_id, list(DISTINCT group_id) FROM figure_count GROUP BY indicator_id", {}
    )
    return {indicator_id: frozenset(group_ids) for indicator_id, group_ids in rows}


def read_figures_per_indicator(ask: AskWith) -> dict[str, tuple[int, int]]:
    """For each indicator with figures: how many, and in how many areas."""
    rows = ask("SELECT indicator_id, figures, areas FROM indicator_count", {})
    return {indicator_id: (figures, areas) for indicator_id, figures, areas in rows}
