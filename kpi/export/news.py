"""What is new since the meeting before, as a table that every format of a paper can hold."""

from dataclasses import replace
from datetime import date

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.export.paper import Paper
from kpi.plan import NOT_MENTIONED, Meeting
from kpi.views.since import Since

# The kinds of change: the first column of a row.
NEW_FIGURE, CHANGED_FIGURE, NEW_VERDICT = "Nyt tal", "Rettet tal", "Ændret vurdering"
NEW_STATUS, FIRST_STATUS, CORRECTION = "Ny status", "Ny i opfølgningen", "Rettelse"


def columns(paper: Paper) -> tuple[str, str, str, str]:
    """`Ændring | Nøgletal eller indsats | 21. august 2024 | 19. marts 2025`: both days are named."""
    return ("Ændring", "Nøgletal eller indsats", paper.news_since, fmt.long_date(paper.as_of))


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
    themes = {one.theme_id for one in paper.themes}
    rows = [
        (NEW_STATUS, one.title, one.then.text, one.now.text)
        if one.then
        else (FIRST_STATUS, one.title, NOT_MENTIONED, one.now.text)
        for one in since.moved
        if one.theme_id in themes
    ]
    rows += [
        (NEW_VERDICT, one.name, one.then.text, one.now.text)
        for one in since.flipped
        if _within(one.selection.noegletal, themes, catalog)
    ]
    rows += [
        (NEW_FIGURE, f"{one.name}, {one.period}", one.before or "Intet tal", one.value)
        for one in since.new
        if _within(one.selection.noegletal, themes, catalog)
    ]
    rows += [
        (CHANGED_FIGURE, f"{one.name}, {one.period}", one.old, one.new)
        for one in since.changed
        if _within(one.selection.noegletal, themes, catalog)
    ]
    rows += [(CORRECTION, f"{what} ({when})", "", why) for what, when, why in since.corrections]
    return replace(paper, news=tuple(rows), news_since=fmt.long_date(since.day))


def _within(indicator_id: str, themes: set[str], catalog: Catalog) -> bool:
    return catalog.indicators[indicator_id].theme_id in themes
