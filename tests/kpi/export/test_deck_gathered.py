"""Figures of one or two numbers as rows of one slide: each once, with all that was beside it."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

from pptx import Presentation
from pptx.enum.text import PP_ALIGN

from kpi.domain.format import MISSING, joined
from kpi.domain.plan import Meeting
from kpi.export.choice import OwnSlide
from kpi.export.deck import deck
from kpi.export.deck_gathered import groups_of, is_small
from kpi.export.news import NEW_STATUS, NEW_VERDICT
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
    (outcomes,) = [slide for slide in made if "statistisk sikre" in slide.shapes.title.text]
    head, *rows = [[cell.text for cell in row.cells] for row in tables(outcomes)[0].rows]
    assert head == ["Gruppe", "Resultat", "Gellerup", "Viby Syd", "Vurdering"]
    assert paper.programme is not None
    assert paper.programme.outcomes is not None
    counted = [row for row in rows if "af" in row[2]]
    assert len(counted) == len(paper.programme.outcomes.exhibit.table.rows)
    for remark in paper.programme.outcomes.caveats:
        assert joined(remark).rstrip(".") in text_of(outcomes)
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
    sizes = {run.font.size.pt for row in table.rows for cell in row.cells
             for run in cell.text_frame.paragraphs[0].runs}  # fmt: skip
    assert min(sizes) >= 10
    beside = [
        shape.text_frame
        for slide in made.slides
        for shape in slide.shapes
        if shape.name == "Forbehold" and "sammenligninger" in shape.text_frame.text
    ]
    assert beside
    letters = [run.font.size.pt for frame in beside for run in frame.paragraphs[0].runs]
    assert min(letters) >= 10
