"""What the administration says stands under its figures, newest of a subject alone."""

from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.domain.plan import Comment, Initiative, Plan
from kpi.exhibits.caveats import caveats
from kpi.exhibits.comments import (
    CommentLine,
    comment_lines,
    comments_on_area,
    comments_on_figures,
    comments_on_initiative,
    is_comment,
)
from tests.kpi.made import catalog, indicator, observation, rows_of
from tests.tables import for_each

ROWS = (observation(40.0, "2012"),)
PLAN = Plan((Initiative("boost", "work", "Sprogboost", "", "", (), ()),), (), ())


def _comment(
    text: str, indicator_id: str = "", area: str = "", initiative: str = "", day: int = 11
) -> Comment:
    id_, date = f"{text}-{day}", f"2025-03-{day}"
    return Comment(id_, date, "Sekretariatet", text, indicator_id, area, initiative, "")


def _with(*comments: Comment) -> Catalog:
    return replace(catalog(), comments=comments)


@for_each(
    ("indicator_id", "area", "is_shown"),
    [
        ("rate", "", True),
        ("rate", "aarhus", True),
        ("rate", "odense", False),
        ("", "aarhus", False),
    ],
)
def test_a_comment_stands_under_the_figures_it_is_about(
    indicator_id: str, area: str, is_shown: bool
) -> None:
    known = _with(_comment("Ingen evaluering.", indicator_id, area))
    words = "Forvaltningens bemærkning: Ingen evaluering (Sekretariatet, 11. marts 2025)."
    assert comments_on_figures(indicator(), ROWS, known) == [words] * is_shown
    assert [text for text in caveats(ROWS, indicator(), known) if is_comment(text)] == [
        words
    ] * is_shown
    assert bool(comments_on_area("aarhus", known)) == (not indicator_id)


def test_the_newest_on_a_subject_replaces_the_earlier_and_no_other() -> None:
    known = _with(
        _comment("Først", "rate"),
        _comment("Om Aarhus", "rate", "aarhus"),
        _comment("Siden", "rate", day=12),
    )
    texts = [text.split(": ")[1] for text in comments_on_figures(indicator(), ROWS, known)]
    assert [text.split(" (")[0] for text in texts] == ["Om Aarhus", "Siden"]


def test_the_meeting_and_an_area_among_several_are_named() -> None:
    rows = [*rows_of("aarhus", {"2012": 40.0}), *rows_of("odense", {"2012": 50.0})]
    known = _with(replace(_comment("Ny metode", "rate", "odense"), meeting_id="june"))
    assert comments_on_figures(indicator(), rows, known) == [
        "Forvaltningens bemærkning om Odense: Ny metode (Sekretariatet, 11. marts 2025, til mødet "
        "24. juni 2024)."
    ]


def test_a_paper_lists_what_is_chosen_of_figures_areas_and_initiatives() -> None:
    known = _with(
        _comment("Plan", initiative="boost"),
        _comment("Område", area="aarhus"),
        _comment("Tal", "rate", "aarhus"),
        _comment("Andet sted", "rate", "odense"),
        _comment("Anden indsats", initiative="other"),
    )
    lines = comment_lines(known, PLAN, {"rate"}, {"aarhus"}, {"boost"})
    given = "Sekretariatet, 11. marts 2025"
    assert lines == (
        CommentLine(f"{indicator().short_name}, Aarhus", "Tal", given, True),
        CommentLine("Sprogboost", "Plan", given, False),
        CommentLine("Aarhus", "Område", given, False),
    )
    assert comment_lines(known, PLAN, (), (), ()) == ()
    assert len(comments_on_initiative("boost", known)) == 1
