"""Whatever a person writes in a field is refused, or can be read by every page afterwards."""

import os
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpi.domain.errors import KpiError
from kpi.domain.plan import Plan, Status
from kpi.plan.editing import sheet_of
from kpi.store import open_store
from kpi.store.entering import enter
from kpi.tables.spec import Row
from kpi.views.plan import plan_view
from kpi.views.plan_moves import plan_moves
from tests.kpi.store.test_withdrawing_entries import COURSES, EVENT, GOAL, MEETING, STATUS

pytestmark = pytest.mark.second_look

ROWS: dict[str, Row] = {
    "initiative": COURSES, "initiative_status": STATUS, "event": EVENT, "meeting": MEETING,
    "target": GOAL,
}  # fmt: skip
FIELDS = [(table, column) for table, row in ROWS.items() for column in row]
TEXTS = st.sampled_from(
    ["", "2025", "2025-06", "2025-06-30", "2025-06-31", "0001", "9999-12-31", "2025-00", "10000",
     "day", "season", "proposed", "nan", "1e308", "-5", "1,5", "2024K2", "2024/2025", "\n",
     "persons;rate", ";", "=1+1", "<script>"]
) | st.text(max_size=8)  # fmt: skip


def statuses(plan: Plan) -> list[Status]:
    return [status for initiative in plan.initiatives for status in initiative.statuses]


@given(st.sampled_from(FIELDS), TEXTS)
@example(("meeting", "date"), "2025-08")
@example(("event", "date"), "2025")
@example(("initiative_status", "summary"), "")
@settings(max_examples=500 if "SPOR_SOAK" in os.environ else 2)
def test_what_is_entered_can_be_read(once: Path, field: tuple[str, str], text: str) -> None:
    table, column = field
    with TemporaryDirectory() as folder:
        home = Path(shutil.copytree(once / "spor", Path(folder) / "spor"))
        with suppress(KpiError):
            enter({table: [{**ROWS[table], column: text}]}, "Anna", home)
        for day in (None, date(2024, 6, 24)):
            store = open_store(home, as_of=day)
            plan, catalog = store.plan(), store.catalog()
            assert all(status.summary is not None for status in statuses(plan))
            shown = day or date(2026, 1, 1)
            plan_view(store, catalog, date(2024, 6, 24), shown, "aarhus")
            plan_moves(plan, catalog, date(2024, 6, 24), shown)
            for row in ROWS:
                sheet = sheet_of(row, plan, catalog)
                assert len(sheet.rows_of(sheet.rows)) == len(sheet.rows)
            store.close()
