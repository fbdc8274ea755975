"""What is new since the meeting before, as a table that every format of a paper can hold."""

from dataclasses import replace
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import FIRST_TOLD, Meeting
from kpi.export.paper import Paper
from kpi.views.since import Since

# The kinds of change, in the first column of a row.
NEW_FIGURE, CHANGED_FIGURE, NEW_VERDICT = "Nyt tal", "Rettet tal", "Ændret vurdering"
NEW_STATUS, FIRST_STATUS, CORRECTION = "Ny status", FIRST_TOLD, "Rettelse"


def meeting_before(catalog: Catalog, meeting: Meeting, as_of: date) -> Meeting | None:
    """The last meeting of the same body before this one; None for its first.

    Of those that were in the plan by the day of the figures: one entered later must not change a
    paper that was handed in.
    """
    earlier = [
        one
        for one in catalog.meetings.values()
        if one.body == meeting.body
        and one.day < meeting.day
        and (one.entered is None or one.entered <= as_of)
    ]
    return max(earlier, key=lambda one: one.day, default=None)


def with_news(paper: Paper, since: Since, catalog: Catalog) -> Paper:
    """The paper with what has changed since a day, within its own themes."""
    themes = {theme.theme_id for theme in paper.themes}
    plan = {action.title for action in paper.actions}
    rows = [
        (NEW_STATUS, one.title, one.then.text, one.now.text)
        if one.then
        else (FIRST_STATUS, one.title, fmt.MISSING, one.now.text)
        for one in since.moved
        if one.theme_id in themes and one.title in plan
    ]
    rows += [
        (NEW_VERDICT, one.name, one.then.text, one.now.text)
        for one in since.flipped
        if _within(one.selection.noegletal, themes, catalog)
    ]
    rows += [
        (NEW_FIGURE, f"{one.name}, {one.period}", one.before or fmt.MISSING, one.value)
        for one in since.new
        if _within(one.selection.noegletal, themes, catalog)
    ]
    rows += [
        (CHANGED_FIGURE, f"{one.name}, {one.period}", one.old, one.new)
        for one in since.changed
        if _within(one.selection.noegletal, themes, catalog)
    ]
    # Their day is no state of a day, so it stands beside what was done.
    rows += [(CORRECTION, f"{what} ({when})", "", why) for what, when, why in since.corrections]
    return replace(paper, news=tuple(rows), news_since=fmt.long_date(since.day))


def _within(indicator_id: str, themes: set[str], catalog: Catalog) -> bool:
    return catalog.indicators[indicator_id].theme_id in themes
