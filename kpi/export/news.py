"""What is new since the meeting before, as a table that every format of a paper can contain."""

from dataclasses import replace
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import FIRST_REPORTED, Meeting
from kpi.domain.selection import Selection
from kpi.export.paper import Paper
from kpi.views.since import Since

# The kinds of change, in the first column of a row.
NEW_FIGURE, CHANGED_FIGURE, NEW_VERDICT = "Nyt tal", "Rettet tal", "Ændret vurdering"
NEW_STATUS, FIRST_STATUS, CORRECTION = "Ny status", FIRST_REPORTED, "Rettelse"


def meeting_before(catalog: Catalog, meeting: Meeting, as_of: date) -> Meeting | None:
    """The last meeting of the same body before this one; None for its first.

    Of those that were in the plan by the day of the figures: one entered later must not change a
    paper that was handed in.
    """
    earlier = [
        other
        for other in catalog.meetings.values()
        if other.body == meeting.body
        and other.day < meeting.day
        and (other.entered is None or other.entered <= as_of)
    ]
    return max(earlier, key=lambda other: other.day, default=None)


def with_news(paper: Paper, since: Since, catalog: Catalog) -> Paper:
    """The paper with what has changed since a day, within its own themes."""
    themes = {theme.theme_id for theme in paper.themes}
    plan = {action.title for action in paper.actions}
    rows = [
        (NEW_STATUS, moved.title, moved.then.text, moved.now.text)
        if moved.then
        else (FIRST_STATUS, moved.title, fmt.MISSING, moved.now.text)
        for moved in since.moved
        if moved.theme_id in themes and moved.title in plan
    ]
    rows += [
        (NEW_VERDICT, flipped.name, flipped.then.text, flipped.now.text)
        for flipped in since.flipped
        if _within(flipped.selection, themes, catalog)
    ]
    rows += [
        (NEW_FIGURE, f"{figure.name}, {figure.period}", figure.before or fmt.MISSING, figure.value)
        for figure in since.new
        if _within(figure.selection, themes, catalog)
    ]
    rows += [
        (CHANGED_FIGURE, f"{figure.name}, {figure.period}", figure.old, figure.new)
        for figure in since.changed
        if _within(figure.selection, themes, catalog)
    ]
    # Their day is no state of a day, so it is written beside what was done.
    rows += [(CORRECTION, f"{action} ({when})", "", why) for action, when, why in since.corrections]
    return replace(paper, news=tuple(rows), news_since=fmt.long_date(since.day))


def _within(figure: Selection, themes: set[str], catalog: Catalog) -> bool:
    return (figure.tema or catalog.indicators[figure.noegletal].theme_id) in themes
