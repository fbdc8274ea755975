"""Rows of the plan page by name, and the days that its tests look at."""

from datetime import date

from kpi.views.plan import PlanRow, PlanView

JUNE, AUGUST, MARCH = date(2024, 6, 24), date(2024, 8, 21), date(2025, 3, 19)


def row(view: PlanView, initiative_id: str) -> PlanRow:
    (chosen,) = (
        plan_row
        for section in view.sections
        for plan_row in section.rows
        if plan_row.initiative.initiative_id == initiative_id
    )
    return chosen
