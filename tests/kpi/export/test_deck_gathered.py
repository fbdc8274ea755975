"""Figures of one or two numbers as rows of one slide: each once, with all that was beside it."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.text import PP_ALIGN

from kpi.domain.format import MISSING, joined
from kpi.domain.plan import Meeting
from kpi.exhibits.caveats import NO_EFFECT
from kpi.export import deck_outcomes
from kpi.export.choice import OwnSlide
from kpi.export.deck import deck
from kpi.export.deck_gathered import groups_of, is_small
from kpi.export.deck_slides import PLAN
from kpi.export.news import NEW_STATUS, NEW_VERDICT
from kpi.export.outcome_table import OutcomeTable, shared_outcomes
from kpi.export.paper import Paper, arranged
from kpi.export.proposal import proposal
from tests.kpi.export.slides import opened, tables, text_of

AUGUST = Meeting("august", date(2024, 8, 21), "Udvalg", "")


def test_small_figures_are_gathered_with_their_caveats_and_notes(handed_in: Paper) -> None:
    items = handed_in.items
    tracks = [item for item in items if is_small(item) and item.theme.plan_track is not None][:3]
    drawn = next(item for item in items if not is_small(item))
    alone = next(item for item in items if is_small(item) and item.theme.plan_track is None)
    chosen = (tracks[0], drawn, *tracks[1:], alone)
    choice = replace(handed_in.choice, gathered=True, without=("front", "contents", "plan", "news"))
    paper = replace(handed_in, items=chosen, choice=choice)
    assert [[*those] for _, those in groups_of(paper)] == [tracks, [drawn], [alone]]
    slides: list[Any] = list(Presentation(io.BytesIO(deck(paper))).slides)
    table = next(shape.table for shape in slides[0].shapes if shape.has_table)
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
    assert [row[0] for row in rows] == [item.title for item in tracks]
    notes = slides[0].notes_slide.notes_text_frame.text
    for item, (_, said, source) in zip(tracks, rows, strict=True):
        for remark in (item.reading, *item.caveats, *item.roundings):
            assert joined(remark).rstrip(".") in said
        assert source in item.exhibit.source
        assert item.indicator.definition in notes
    assert slides[1].shapes.title.text == drawn.title

    by_itself = replace(paper, choice=replace(choice, gathered=False))
    assert all(len(those) == 1 for _, those in groups_of(by_itself))


def test_slides_of_own_text_follow_the_figure_they_are_put_after(short: Paper) -> None:
    key = short.items[0].exhibit.key
    own = (
        OwnSlide("Til drøftelse", "Første punkt\n\nAndet punkt", key),
        OwnSlide("Dagsorden", "", "gone"),
    )
    made = deck(replace(short, choice=replace(short.choice, slides=own)))
    titles = [slide.shapes.title.text for slide in opened(made)]
    place = titles.index(short.items[0].title)
    assert (titles[place - 1], titles[place + 1]) == ("Dagsorden", "Til drøftelse")
    assert "Andet punkt" in text_of(opened(made)[place + 1])


def test_the_plan_is_one_slide_of_counts_by_track(handed_in: Paper) -> None:
    choice = replace(handed_in.choice, gathered=True, without=("front", "contents", "news"))
    made = opened(deck(replace(handed_in, items=handed_in.items[:1], choice=choice)))
    plan = [slide for slide in made if "Handleplanens spor" in slide.shapes.title.text]
    assert len(plan) == 1
    rows = [[cell.text for cell in row.cells] for row in tables(plan[0])[0].rows]
    for row in rows[1:]:
        counts = [0 if cell == MISSING else int(cell) for cell in row[1:-2]]
        assert sum(counts[:-1]) == counts[-1]
    total = sum(int(row[rows[0].index("I alt")]) for row in rows[1:])
    assert total == len(handed_in.actions)


def test_what_a_meeting_is_offered_is_at_most_eight_slides(handed_in: Paper) -> None:
    """As the page makes it before anybody has chosen: with a programme's outcomes in one table."""
    choice = replace(handed_in.choice, gathered=True, without=("contents",))
    paper = arranged(handed_in, replace(choice, picked=proposal(handed_in)))
    news = (
        *((NEW_STATUS, f"Indsats {number}", "Planlagt", "I gang") for number in range(14)),
        (NEW_VERDICT, "Selvforsørgelse", "lavere", "højere"),
    )
    made = opened(deck(replace(paper, news=news, news_since=AUGUST)))
    assert 6 <= len(made) <= 8
    outcomes = next(slide for slide in made if "statistisk sikre" in slide.shapes.title.text)
    head, *rows = [[cell.text for cell in row.cells] for row in tables(outcomes)[0].rows]
    assert head == ["Gruppe", "Resultat", "Gellerup", "Viby Syd", "Vurdering"]
    assert paper.programme is not None
    assert paper.programme.outcomes is not None
    counted = [row for row in rows if "af" in row[2]]
    assert len(counted) == len(paper.programme.outcomes.exhibit.table.rows)
    said = "\n".join(
        map(text_of, [slide for slide in made if "statistisk sikre" in text_of(slide)])
    )
    for remark in paper.programme.outcomes.caveats:
        assert joined(remark).rstrip(".") in said
    assert joined(NO_EFFECT) in text_of(outcomes)
    # One row for all that went from the same status to the same other one.
    last = [[cell.text for cell in row.cells] for row in tables(made[-1])[0].rows][1:]
    assert [row[0] for row in last] == [NEW_STATUS, NEW_VERDICT]
    assert all(f"Indsats {number}" in last[0][1] for number in range(14))


def test_numbers_of_a_programme_stand_at_their_right_edge_in_letters_that_can_be_read(
    handed_in: Paper,
) -> None:
    assert handed_in.programme is not None
    assert handed_in.programme.outcomes is not None
    # The star of a page's chart, and where it is explained, are on no paper.
    assert not any("Regnetjek" in remark for remark in handed_in.programme.outcomes.remarks)
    choice = replace(handed_in.choice, gathered=True, picked=proposal(handed_in))
    made = Presentation(io.BytesIO(deck(arranged(handed_in, choice))))
    outcomes = [shape.table for slide in made.slides for shape in slide.shapes
              if shape.has_table and shape.name == "Resultater"]  # fmt: skip
    (table,) = outcomes
    head = [cell.text for cell in table.rows[0].cells]
    sides = [cell.text_frame.paragraphs[0].alignment for cell in table.rows[1].cells]
    numbers = {head.index("Gellerup"), head.index("Viby Syd")}
    assert {place for place, side in enumerate(sides) if side == PP_ALIGN.RIGHT} == numbers
    assert min(_sizes(table)) >= 13
    beside = [
        shape.text_frame
        for slide in made.slides
        for shape in slide.shapes
        if shape.name == "Forbehold" and NO_EFFECT in shape.text_frame.text
    ]
    assert beside
    letters = [run.font.size.pt for frame in beside for run in frame.paragraphs[0].runs]
    assert min(letters) >= 12


@pytest.mark.parametrize("count", [5, 9, 12])
def test_outcomes_with_long_names_and_hidden_numbers_have_their_room(
    handed_in: Paper, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    rows = tuple(
        (
            f"Hjemmeboende børn og unge under {18 + number // 3} år",
            f"Forældre med virksomhedsrettet indsats eller løntimer {number}",
            *(("skjult (diskretioneret)", "1.176 af 11.040  43 %")[:: 1 if number % 2 else -1]),
            "= ingen sikker forskel",
        )
        for number in range(count)
    )
    columns = ("Gruppe", "Resultat", "Gellerup", "Viby Syd", "Vurdering")
    table = OutcomeTable(columns, rows, ("Gellerup", "Viby Syd"))
    monkeypatch.setattr(deck_outcomes, "outcome_table", lambda *_: table)
    choice = replace(handed_in.choice, gathered=True, without=("front", "contents", "plan", "news"))
    items = tuple(item for item in handed_in.items if shared_outcomes(handed_in, [item]))
    paper = replace(handed_in, items=items, choice=choice)
    slides = list(Presentation(io.BytesIO(deck(paper))).slides)
    place, shape = next((place, shape) for place, slide in enumerate(slides)
                        for shape in slide.shapes if shape.name == "Resultater")  # fmt: skip
    assert len(shape.table.rows) == count + 1
    assert min(_sizes(shape.table)) >= 10
    (notes,) = [other for other in slides[place].shapes if other.name == "Forbehold"]
    (source,) = [other for other in slides[place].shapes if other.name == "Kilde"]
    assert shape.top + sum(row.height for row in shape.table.rows) <= notes.top
    assert notes.top + notes.height <= source.top
    # What has no room goes on: nothing is left out.
    said = "\n".join(map(text_of, slides[place : place + 2]))
    assert handed_in.programme is not None
    assert handed_in.programme.outcomes is not None
    for remark in handed_in.programme.outcomes.caveats:
        assert joined(remark).rstrip(".") in said


def test_tables_of_what_is_proposed_are_read_from_the_back_of_a_room(handed_in: Paper) -> None:
    choice = replace(handed_in.choice, gathered=True, picked=proposal(handed_in))
    slides = opened(deck(arranged(handed_in, choice)))
    (plan,) = [slide for slide in slides if any(shape.name == PLAN for shape in slide.shapes)]
    for slide in slides:
        for table in tables(slide):
            assert min(_sizes(table)) >= 12
    (table,) = tables(plan)
    # All tracks, and what lies beside them, have room on the one slide.
    assert len(table.rows) > 5


def test_rows_that_go_on_are_written_as_large_as_the_first(handed_in: Paper) -> None:
    news = tuple((NEW_STATUS, f"Indsats {number}", "I gang", "I drift") for number in range(16))
    choice = replace(handed_in.choice, without=("front", "contents", "plan"))
    paper = replace(handed_in, items=(), news=news, choice=choice)
    slides = opened(deck(paper))
    written = [table for slide in slides for table in tables(slide)]
    assert [len(table.rows) - 1 for table in written] == [10, 6]
    first, rest = ({size for size in _sizes(table) if size > 13} for table in written)
    assert first == rest != set()


def _sizes(table: Any) -> set[float]:
    """The sizes of a table's letters."""
    return {run.font.size.pt for row in table.rows for cell in row.cells
            for run in cell.text_frame.paragraphs[0].runs}  # fmt: skip
