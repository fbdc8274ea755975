"""The initiatives that fit what a person asks for, and the title that says which they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.plan import NO_STATUS, NOT_MENTIONED, SILENT, WITHOUT_STATUS, Meeting
from kpi.domain.vocabulary import STATE_PREDICATES
from kpi.domain.wording import capital, in_text, meeting_name
from kpi.plan.counts import initiatives_text
from kpi.views.plan import PlanRow, PlanView, counted_rows, moved_title, track_name

_PREDICATES: dict[str, str] = {
    **{str(state): predicate for state, predicate in STATE_PREDICATES.items()},
    WITHOUT_STATUS: f"har {in_text(NO_STATUS)}",
    SILENT: in_text(NOT_MENTIONED),
}
NONE_FIT = "Ingen indsatser passer til valgene"


@dataclass(frozen=True)
class PlanFilter:
    """A theme, a responsible unit and a status; empty for all of them."""

    theme_id: str = ""
    responsible: str = ""
    state: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.theme_id or self.responsible or self.state)

    def fits(self, row: PlanRow) -> bool:
        """Whether an initiative is of the theme, the unit and the status."""
        return (
            self.theme_id in ("", row.initiative.theme_id)
            and self.responsible in ("", row.initiative.responsible)
            and (not self.state or _is_of_state(row, self.state))
        )


def _is_of_state(row: PlanRow, state: str) -> bool:
    """Whether an initiative's newest status is this one, or it has none, or no new one."""
    if state == WITHOUT_STATUS:
        return row.state is None
    return row.silent if state == SILENT else row.state == state


def filtered(
    view: PlanView, wanted: PlanFilter, catalog: Catalog, meeting: Meeting | None = None
) -> PlanView:
    """The view with the initiatives and dates that fit; the title says what was asked for.

    `meeting` is the one whose day it is compared with, where a person chose another than usual: the
    title names it. Two bodies may meet within a week, and paper has no boxes.
    """
    if not wanted.is_set:
        if meeting is None:
            return view
        rows = counted_rows(view.sections)
        return replace(view, title=moved_title(rows, meeting_name(meeting), catalog))
    sections = [
        replace(section, rows=tuple(row for row in section.rows if wanted.fits(row)))
        for section in view.sections
    ]
    rows = [row for section in sections for row in section.rows]
    moments = tuple(
        moment
        for moment in view.moments
        if not wanted.theme_id or moment.theme_id in ("", wanted.theme_id)
    )
    return replace(
        view,
        title=_title(rows, view, wanted, catalog, meeting),
        sections=tuple(section for section in sections if section.rows),
        moments=moments,
    )


def _title(
    rows: Sequence[PlanRow],
    view: PlanView,
    wanted: PlanFilter,
    catalog: Catalog,
    meeting: Meeting | None,
) -> str:
    """`Spor 1 · Sprog: To af fire har fået ny status …`, `…: Tre indsatser er planlagt`."""
    names = [track_name(catalog.themes[wanted.theme_id])] if wanted.theme_id else []
    names += [wanted.responsible] if wanted.responsible else []
    before = f"{', '.join(names)}: " if names else ""
    if wanted.state:
        return f"{before}{capital(initiatives_text(len(rows)))} {_PREDICATES[wanted.state]}"
    if not rows:
        return f"{before}{NONE_FIT}"
    if view.then is None:
        return f"{before}{capital(initiatives_text(len(rows)))}"
    then = meeting_name(meeting) if meeting else fmt.long_date(view.then)
    return f"{before}{moved_title(rows, then, catalog)}"
