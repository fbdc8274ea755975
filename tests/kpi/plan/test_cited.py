"""A status that cites a paper from long before it is marked."""

from kpi.domain.model import Source
from kpi.domain.vocabulary import Frequency
from kpi.plan.changes import plan_changes
from kpi.plan.cited import older_source
from kpi.store import Store
from kpi.views.entry import change_lines
from tests.tables import for_each


@for_each(
    ("dated", "published", "frequency", "is_older"),
    [
        ("2025-03-04", "2025-03-04", "once", False),
        ("2025-03-03", "2025-03-04", "once", False),
        # A paper goes out before its meeting, whose day its statuses carry.
        ("2025-04-04", "2025-03-04", "once", False),
        ("2025-04-05", "2025-03-04", "once", True),
        ("2026-11-30", "2025-03-04", "irregular", True),
        ("2026-11-30", "2025-03-04", "", True),
        # As exact as either is known: only what is surely older.
        ("2025", "2024", "once", False),
        ("2025-02-01", "2024", "once", True),
        ("2025-04", "2025-03", "once", False),
        ("2025-06", "2025-04", "once", True),
        # What goes on being published, and what has no date.
        ("2026-11-30", "2025-03-04", "year", False),
        ("2026-11-30", "", "", False),
        ("2026-11-30", "foråret 2025", "", False),
        ("", "2025-03-04", "once", False),
    ],
)
def test_a_paper_cannot_have_said_what_came_long_after_it(
    dated: str, published: str, frequency: Frequency, is_older: bool
) -> None:
    source = Source("paper", "", "", published, "", 0, frequency)
    assert bool(older_source(dated, source)) is is_older
    assert older_source(dated, None) == ""


def test_what_a_file_of_statuses_changes_says_so_too(store: Store) -> None:
    plan, catalog = store.plan(), store.catalog()
    row = {
        "initiative_id": "gang_exit", "date": "2026-11-30", "state": "completed", "summary": "Slut",
    }  # fmt: skip
    for source_id, is_older in (("status_2025", True), ("own_upload", False)):
        changes = plan_changes(
            {"initiative_status": [{**row, "source_id": source_id}]}, plan, catalog
        )
        (line,) = change_lines(changes, plan, catalog)
        assert ("Kilden er fra 4. marts 2025" in line.after) is is_older


def test_no_status_of_data_cites_a_paper_older_than_itself(store: Store) -> None:
    sources = store.catalog().sources
    older = [
        status
        for initiative in store.plan().initiatives
        for status in initiative.statuses
        if older_source(status.date, sources[status.source_id])
    ]
    assert older == []
