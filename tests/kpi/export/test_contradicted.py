"""What a paper says of the whole plan is marked where the initiatives' statuses say otherwise."""

from datetime import date

from kpi.domain.catalog import Catalog
from kpi.domain.format import joined
from kpi.export.paper import Paper
from kpi.export.submission import submission
from kpi.export.submission_figures import drawn_items
from kpi.export.word_content import Text
from kpi.plan.contradicted import contradicted
from kpi.store import Store
from kpi.views.plan import plan_view
from tests.tables import for_each

FULLY = "Alle fire spor gennemføres fuldt ud og følger overordnet planen"
SAID = "Modsiges af indsatsernes egen status: 5 af 24 i sporene er planlagt, og 8 mangler"


@for_each(
    ("summary", "planned", "silent", "said"),
    [
        (FULLY, 5, 8, f"{SAID} statusopdatering"),
        (FULLY, 1, 0, "Modsiges af indsatsernes egen status: 1 af 24 i sporene er planlagt"),
        (FULLY, 0, 1,
         "Modsiges af indsatsernes egen status: 1 af 24 i sporene mangler statusopdatering"),
        (FULLY, 0, 0, ""),
        ("Samtlige indsatser er i gang", 5, 0,
         "Modsiges af indsatsernes egen status: 5 af 24 i sporene er planlagt"),
        # A track has begun with its first initiative.
        ("Alle fire spor er begyndt på gennemførelsen", 5, 8, ""),
        ("Alle fire spor er sat i gang", 5, 8, ""),
        ("Ikke alle indsatser er i gang", 5, 8, ""),
        ("Fire spor gennemføres", 5, 8, ""),
        ("Alle fire spor omtales; to kurser er gennemført", 5, 8, ""),
        ("", 5, 8, ""),
    ],
)  # fmt: skip
def test_what_is_said_of_all(summary: str, planned: int, silent: int, said: str) -> None:
    assert contradicted(summary, 24, planned, silent) == said


def test_page_and_papers_mark_it_alike(handed_in: Paper, store: Store, catalog: Catalog) -> None:
    day = date(2025, 3, 19)
    view = plan_view(store, catalog, None, day, "aarhus")
    notes = [note for section in view.sections for row in section.rows for note in row.source_notes]
    assert [note.startswith(SAID) for note in notes] == [True]
    said = [action.summary for action in handed_in.actions if SAID in action.summary]
    assert [summary.startswith(FULLY) for summary in said] == [True]
    notat = submission(handed_in, "notat", [b""] * len(drawn_items(handed_in)))
    texts = [
        "".join(span if isinstance(span, str) else span.text for span in block.spans)
        for block in notat.blocks
        if isinstance(block, Text)
    ]
    assert sum(joined(SAID) in joined(text) for text in texts) == 1
