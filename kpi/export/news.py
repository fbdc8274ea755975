"""What is new since the meeting before, as a table that every format of a paper can contain."""

from dataclasses import replace

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import FIRST_REPORTED, Meeting, Plan
from kpi.domain.selection import Selection
from kpi.export.paper import Paper
from kpi.views.meetings import usual_meeting
from kpi.views.since import Since

# The kinds of change, in the first column of a row.
NEW_FIGURE, CHANGED_FIGURE, NEW_VERDICT = "Nyt tal", "Rettet tal", "Ændret vurdering"
NEW_STATUS, FIRST_STATUS, CORRECTION = "Ny status", FIRST_REPORTED, "Rettelse"


def looked_back_to(paper: Paper, plan: Plan, catalog: Catalog) -> Meeting | None:
    """The meeting that the paper counts what is new from: the one of a page of its day.

    None for a paper of no meeting, and where there was none before. `plan` is as known on its day.
    """
    if paper.meeting is None:
        return None
    return usual_meeting(catalog, plan, min(paper.meeting.day, paper.as_of))


def with_news(paper: Paper, meeting: Meeting, since: Since, catalog: Catalog) -> Paper:
    """The paper with what has changed since a meeting, within its own themes."""
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
    return replace(paper, news=tuple(rows), news_since=meeting)


def _within(figure: Selection, themes: set[str], catalog: Catalog) -> bool:
    return (figure.tema or catalog.indicators[figure.noegletal].theme_id) in themes
