"""Counts of the action plan and the age of its newest report, in the same words everywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.age import age, months_between
from kpi.domain.catalog import Catalog
from kpi.domain.period import today
from kpi.domain.plan import Initiative
from kpi.domain.wording import counts_in_words


@dataclass(frozen=True)
class PlanScope:
    """How many initiatives there are: `in_tracks` under `tracks` tracks, and `outside` of them."""

    in_tracks: int
    tracks: int
    outside: int


def plan_scope(initiatives: Iterable[Initiative], catalog: Catalog) -> PlanScope:
    """The initiatives counted by whether their theme is one of the plan's tracks."""
    themes = [catalog.themes[initiative.theme_id] for initiative in initiatives]
    tracks = [theme.theme_id for theme in themes if theme.plan_track]
    return PlanScope(len(tracks), len(set(tracks)), len(themes) - len(tracks))


def scope_text(scope: PlanScope, *further_counts: int) -> str:
    """`24 indsatser i 4 spor og 6 uden for sporene`, `fem indsatser i to spor`.

    `beside` are the other counts of the sentence, which are spelled in the same way.
    """
    if not scope.in_tracks:
        return initiatives_text(scope.outside, *further_counts)
    counts = (scope.in_tracks, scope.tracks, scope.outside)
    many, tracks, outside = counts_in_words(*counts, *further_counts)[: len(counts)]
    noun = "indsats" if scope.in_tracks == 1 else "indsatser"
    where = "ét" if scope.tracks == 1 and tracks == "én" else tracks
    others = f" og {outside} uden for sporene" if scope.outside else ""
    return f"{many} {noun} i {where} spor{others}"


def initiatives_text(count: int, *further_counts: int) -> str:
    """`24 indsatser`, `én indsats`, `ingen indsatser`; `beside` as in scope_text."""
    if not count:
        return "ingen indsatser"
    many, *_ = counts_in_words(count, *further_counts)
    return f"{many} {'indsats' if count == 1 else 'indsatser'}"


def newest_report(initiatives: Iterable[Initiative], day: date) -> date | None:
    """The day of the newest report by `day`; None before the first.

    What a person writes of a single initiative is no report.
    """
    days = (
        status.day
        for initiative in initiatives
        for status in initiative.statuses
        if status.is_report and status.day <= day
    )
    return max(days, default=None)


def report_text(initiatives: Sequence[Initiative], day: date) -> str:
    """`Seneste rapport er fra 11. marts 2025, for 20 måneder siden`; empty before the first."""
    report = newest_report(initiatives, day)
    return f"Seneste rapport er fra {fmt.long_date(report)}, {ago(report, day)}" if report else ""


def ago(earlier: date, day: date) -> str:
    """`for 20 måneder siden`; in days under a month."""
    days = (day - earlier).days
    if not days:
        return "i dag" if day == today() else "samme dag"
    if not months_between(earlier, day):
        return f"for {days}{fmt.NO_BREAK_SPACE}{'dag' if days == 1 else 'dage'} siden"
    return f"for {age(earlier, day)} siden"
