"""Breaks before all of a file's figures are no doubt of them; those among them are."""

from kpi.ingest.checks.old_breaks import is_old_break
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

ROWS = "Kommune;År;Andel\nAarhus;2022;71,5\nOdense;2022;70,5\n"


@for_each(
    ("sentence", "first", "is_old"),
    [
        ("Tal før 2008 er ikke sammenlignelige på grund af databrud.", 2022, True),
        ("Data til og med 2015 kan ikke sammenlignes med senere år", 2022, True),
        ("Der er databrud mellem 2007 og 2008", 2022, True),
        ("Ny definition fra 2008", 2022, True),
        ("Ny definition fra 2008", 2008, False),
        ("Brud i serien i 2021", 2022, True),
        ("Tal før 2022 er ikke sammenlignelige", 2022, False),
        ("Tal før 2008 er ikke sammenlignelige", 2005, False),
        ("Databrud i 2022", 2022, False),
        ("Databrud mellem 2021 og 2022", 2022, False),
        ("Databrud i forhold til 2021", 2022, False),
        ("Tallene kan ikke sammenlignes med 2021", 2022, False),
        ("Databrud siden 2019", 2022, False),
        ("Der er databrud", 2022, False),
        ("Tal før 2008 er ikke sammenlignelige", None, False),
    ],
)
def test_a_break_is_old_where_all_its_years_are_before_the_figures(
    sentence: str, first: int | None, is_old: bool
) -> None:
    assert is_old_break(sentence, first) is is_old


def test_only_old_breaks_are_passed_by(real: Desk) -> None:
    notes = {
        "Tal før 2008 er ikke sammenlignelige.": False,
        "Tal før 2022 er ikke sammenlignelige.": True,
        "Tal før 2008 er ikke sammenlignelige. Databrud i 2022.": True,
    }
    for note, is_asked in notes.items():
        checked = real.check(f"{ROWS}\n{note}\n", indicator_id="employment_rate")
        asked = [problem for problem in checked.problems if problem.code == "text_words"]
        assert bool(asked) is is_asked, note


def test_what_an_export_says_of_breaks_is_no_question(desk: Desk) -> None:
    """A CSV of ours is read back in silence; of another's recipe the column is asked about."""
    head = "indicator_id;area_id;period;value;series_break\n"
    rows = "".join(
        f"rate;{area};2023;{value};before 2025-07-01 Reform\n"
        for area, value in (("aarhus", "48,1"), ("odense", "50,3"))
    )
    assert "one_label" not in {each.code for each in desk.check(head + rows).problems}
    other = head.replace("series_break", "kategori") + rows
    assert "one_label" in {each.code for each in desk.check(other).problems}
