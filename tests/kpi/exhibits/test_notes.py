"""Notes of several figures: what they share is said once, what differs carries its area."""

import pytest

from kpi.domain.catalog import Catalog
from kpi.exhibits.notes import notes_of
from tests.kpi.made import observation


@pytest.mark.parametrize(
    ("notes", "said", "expected"),
    [
        ([], "", []),
        ([("gellerup", "En note.")], "", ["En note."]),
        # The same for all is said once, without names.
        ([("gellerup", "Ens"), ("viby_syd", "Ens")], "", ["Ens."]),
        # Each of several areas' own notes says whose it is.
        ([("gellerup", "Læst af figur"), ("viby_syd", "Foreløbig")], "",
         ["Gellerup: Læst af figur.", "Viby Syd: Foreløbig."]),
        ([("aarhus", ""), ("koebenhavn", "Højest af 6-byerne")], "",
         ["København: Højest af 6-byerne."]),
        # A note that names the area itself needs no other name.
        ([("aarhus", ""), ("koebenhavn", "København er højest af 6-byerne")], "",
         ["København er højest af 6-byerne."]),
        ([("aarhus", "Aflæst af figur"),
          ("koebenhavn", "Aflæst af figur; København er højest af 6-byerne")], "",
         ["Aflæst af figur. København er højest af 6-byerne."]),
        # Of some of the areas, and but for what is said already.
        ([("aarhus", ""), ("gellerup", "Ens"), ("viby_syd", "Ens")], "",
         ["Gellerup og Viby Syd: Ens."]),
        ([("aarhus", ""), ("gellerup", "Dato ikke oplyst. Aflæst")], "Dato ikke oplyst",
         ["Gellerup: Aflæst."]),
        # A shared beginning and end.
        (
            [
                ("gellerup", "Opdateret 6. oktober 2024; data på 68 af 81. Sum af grupper"),
                ("viby_syd", "Opdateret 6. oktober 2024; data på 13 af 52. Sum af grupper"),
            ],
            "",
            ["Opdateret 6. oktober 2024. Sum af grupper. "
             "Gellerup: data på 68 af 81; Viby Syd: data på 13 af 52."],
        ),
        # Alike but for a number.
        (
            [("gellerup", "Rapporten skriver 31"), ("viby_syd", "Rapporten skriver 4")],
            "",
            ["Gellerup: Rapporten skriver 31; Viby Syd: Rapporten skriver 4."],
        ),
        # Of one area alone no name is needed.
        (
            [("gellerup", "Opgjort i maj; 3 mangler"), ("gellerup", "Opgjort i maj; 4 mangler")],
            "",
            ["Opgjort i maj. 3 mangler. 4 mangler."],
        ),
        # What the indicator's own note has said is not said again.
        ([("gellerup", "Dato ikke oplyst. Aflæst")], "Dato ikke oplyst", ["Aflæst."]),
        ([("gellerup", "Dato ikke oplyst")], "Dato ikke oplyst. Andet", []),
    ],
)  # fmt: skip
def test_notes(
    catalog: Catalog, notes: list[tuple[str, str]], said: str, expected: list[str]
) -> None:
    rows = [observation(1, area=area)._replace(note=note) for area, note in notes]
    assert [note[:1].upper() + note[1:] for note in notes_of(rows, said, catalog)] == expected


def test_no_note_is_lost_however_many_there_are(catalog: Catalog) -> None:
    words = [f"ord{chr(97 + place)}" for place in range(14)]
    rows = [observation(1)._replace(note=f"Om {word}") for word in words]
    assert notes_of(rows, "", catalog) == [f"Om {word}." for word in words]


def test_of_one_area_s_groups_a_note_says_of_which_it_is(catalog: Catalog) -> None:
    rows = [
        observation(1, group="non_western")._replace(note="Aflæst"),
        observation(2, group="danish"),
    ]
    assert notes_of(rows, "", catalog) == ["Borgere med ikke-vestlig baggrund: Aflæst."]
    total = [observation(3)._replace(note="To af hver"), *rows[1:]]
    assert notes_of(total, "", catalog) == ["To af hver."]


def test_of_many_areas_with_the_same_note_their_number_is_said(catalog: Catalog) -> None:
    areas = list(catalog.areas)[:10]
    rows = [observation(1, area=area)._replace(note="Ens") for area in areas[:8]]
    rows += [observation(1, area=area) for area in areas[8:]]
    assert notes_of(rows, "", catalog) == ["8 af 10: Ens."]
