"""The plan's state in a paper: its initiatives with the status they had on a day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import NO_STATUS, Initiative, Plan
from kpi.domain.vocabulary import STATE_NAMES
from kpi.domain.wording import sentences
from kpi.plan.contradicted import NOT_BEGUN, contradicted
from kpi.views.plan import silence_of

_NOT_BEGUN = tuple(STATE_NAMES[state] for state in NOT_BEGUN)


@dataclass(frozen=True)
class Action:
    """A row of the plan's state: theme, action, responsible, and its newest status in brief.

    `status_date` is as exact as its source (`2025-03-04`, `2025-03`, `2025`), empty without one.
    `track` is the plan's own number of the theme, None for what lies beside its tracks;
    `is_current`: the newest report on its theme mentions it.
    """

    theme: str
    title: str
    responsible: str
    state: str
    status_date: str
    summary: str
    track: int | None = None
    is_current: bool = True

    @property
    def reported_on(self) -> str:
        """The date of the status in Danish."""
        return fmt.partial_date(self.status_date) if self.status_date else ""


def plan_area(plan: Plan, catalog: Catalog) -> str:
    """The municipality that most of the plan's events are about; empty where there are none."""
    owners = Counter(
        municipality.area_id if municipality else area.parent_id or ""
        for event in plan.events
        if (area := catalog.areas.get(event.area_id)) is not None
        for municipality in [catalog.municipality_of(area)]
    )
    return owners.most_common(1)[0][0] if owners else ""


def actions(
    plan: Plan, theme_ids: Sequence[str], day: date, catalog: Catalog
) -> tuple[Action, ...]:
    """The themes' initiatives with the state they had on a day, in the plan's order."""
    meetings = [meeting.day for meeting in catalog.meetings.values()]

    def of_theme(theme_id: str) -> list[Action]:
        """The initiatives of a theme, in the plan's order."""
        initiatives = plan.of_theme(theme_id)
        silence = silence_of(initiatives, meetings, day)
        return [_action(initiative, day, silence, catalog) for initiative in initiatives]

    made = {theme_id: of_theme(theme_id) for theme_id in catalog.themes}
    # Of the whole plan, whatever themes the paper has.
    of_tracks = [action for each in made.values() for action in each if action.track is not None]
    planned = sum(action.state in _NOT_BEGUN for action in of_tracks)
    silent = sum(not action.is_current for action in of_tracks)

    def marked(action: Action) -> Action:
        """With a mark where it says of all initiatives what their own statuses do not."""
        if action.track is not None:
            return action
        note = contradicted(action.summary, len(of_tracks), planned, silent)
        return (
            replace(action, summary=sentences(action.summary, note).rstrip(".")) if note else action
        )

    return tuple(marked(action) for theme_id in theme_ids for action in made[theme_id])


def _action(initiative: Initiative, day: date, silence: date | None, catalog: Catalog) -> Action:
    status = initiative.status_on(day)
    theme = catalog.themes[initiative.theme_id]
    name, track = theme.short_name, theme.plan_track
    if status is None:
        return Action(
            name, initiative.title, initiative.responsible, NO_STATUS, "", "", track, False
        )
    return Action(
        name,
        initiative.title,
        initiative.responsible,
        STATE_NAMES[status.state],
        status.date,
        status.summary,
        track,
        silence is None or status.day > silence,
    )
