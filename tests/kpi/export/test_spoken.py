"""Speaker notes: signs are words, and what a committee asks of a figure has its answer."""

from kpi.export.paper import Paper
from kpi.export.spoken import likely_questions, spoken


def test_signs_are_said() -> None:
    assert spoken("ca. 31\N{NO-BREAK SPACE}% (28-49 %), −3,3 procentpoint") == (
        "cirka 31 procent (28 til 49 procent), minus 3,3 procentpoint"
    )
    # A name is none, nor is the sign itself where it is explained.
    assert spoken("6-byerne; »ca.«: omtrentligt") == "6-byerne; »ca.«: omtrentligt"


def test_the_likely_questions_have_their_answers(handed_in: Paper) -> None:
    asked = {
        item.exhibit.key: dict(likely_questions(item))
        for item in handed_in.items
    }  # fmt: skip
    absence = asked["udvikling-school_absence-programme_children"]
    assert list(absence) == [
        "Hvorfor står der −34\N{NO-BREAK SPACE}% i papiret?", "Viser tallet, at indsatsen virker?",
    ]  # fmt: skip
    link = asked["niveau-labour_market_link_share-programme_parents_with_data-gellerup"]
    assert link["Er de så ens?"].startswith("Det kan ikke siges.")
    assert all(answer.endswith(".") for each in asked.values() for answer in each.values())
