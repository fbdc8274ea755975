"""What the administration says of figures, areas and initiatives, in the words of pages and papers.

A later comment on the same subject replaces the earlier one; the earlier one stays in the history.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator, Observation
from kpi.domain.plan import Comment, Plan

COMMENT, COMMENTS = "Forvaltningens bemærkning", "Forvaltningens bemærkninger"
COMMENT_COLUMNS = ("Om", "Bemærkning", "Givet af")


def is_comment(remark: str) -> bool:
    """Whether a remark under a chart is the administration's."""
    return remark.startswith(COMMENT)


def newest(catalog: Catalog) -> tuple[Comment, ...]:
    """The comments that stand, one a subject, oldest first."""
    by_subject = {comment.subject: comment for comment in catalog.comments}
    return tuple(comment for comment in catalog.comments if by_subject[comment.subject] is comment)


def comments_on_figures(
    indicator: Indicator, rows: Sequence[Observation], catalog: Catalog
) -> list[str]:
    """The comments on the indicator, in any area or in one of the rows'."""
    areas = {row.area_id for row in rows}
    return [
        comment_text(comment, catalog, with_area=len(areas) > 1)
        for comment in newest(catalog)
        if comment.indicator_id == indicator.indicator_id and comment.area_id in ("", *areas)
    ]


def comments_on_area(area_id: str, catalog: Catalog) -> list[str]:
    """The comments on an area itself, beside those on its figures."""
    return [
        comment_text(comment, catalog)
        for comment in newest(catalog)
        if comment.area_id == area_id and not comment.indicator_id
    ]


def comments_on_initiative(initiative_id: str, catalog: Catalog) -> list[str]:
    """The comments on an initiative of the plan."""
    return [
        comment_text(comment, catalog)
        for comment in newest(catalog)
        if comment.initiative_id == initiative_id
    ]


def comment_text(comment: Comment, catalog: Catalog, with_area: bool = False) -> str:
    """`Forvaltningens bemærkning: … (Fagligt Sekretariat, 11. marts 2025).`"""
    area = catalog.areas.get(comment.area_id) if with_area else None
    about = f" om {area.name}" if area else ""
    return f"{COMMENT}{about}: {comment.text.rstrip('.')} ({_given(comment, catalog)})."


def _given(comment: Comment, catalog: Catalog) -> str:
    """Who gave it, when, and for which meeting."""
    meeting = catalog.meetings.get(comment.meeting_id)
    purpose = f", til mødet {fmt.long_date(meeting.day)}" if meeting else ""
    return f"{comment.author}, {fmt.partial_date(comment.date)}{purpose}"


class CommentLine(NamedTuple):
    """A comment in a list of its own; `is_of_figures`: it also stands under the figures."""

    subject: str
    text: str
    given: str
    is_of_figures: bool


def comment_lines(
    catalog: Catalog,
    plan: Plan,
    indicator_ids: Collection[str],
    area_ids: Collection[str],
    initiative_ids: Collection[str],
) -> tuple[CommentLine, ...]:
    """The comments on what is chosen: figures in their order, then areas, then initiatives.

    A comment on figures of an area, or on an area, is among them where the area is.
    """
    titles = {
        initiative.initiative_id: initiative.title
        for initiative in plan.initiatives
        if initiative.initiative_id in initiative_ids
    }
    lines = []
    for comment in newest(catalog):
        area = catalog.areas.get(comment.area_id)
        is_elsewhere = area is not None and area.area_id not in area_ids
        indicator = catalog.indicators.get(comment.indicator_id)
        if is_elsewhere or (indicator and indicator.indicator_id not in indicator_ids):
            continue
        of_figures = (indicator.short_name if indicator else "", area.name if area else "")
        subject = ", ".join(filter(None, of_figures)) or titles.get(comment.initiative_id, "")
        if subject:
            given = _given(comment, catalog)
            lines.append(CommentLine(subject, comment.text, given, indicator is not None))
    return tuple(sorted(lines, key=lambda line: not line.is_of_figures))
