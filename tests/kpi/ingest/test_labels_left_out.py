"""What a recipe passes by is reported with its rows; what its own file did not have is asked."""

from kpi.domain.errors import Problem
from kpi.views.recipe_draft import RecipeDraft, left_out
from tests.kpi.ingest.checked import Desk
from tests.tables import for_each

HEAD = "OMRÅDE;HERKOMST;TID;INDHOLD\n"
RECIPE = 'source_id = "paper"\nindicator_id = "persons"\narea = "OMRÅDE"\nperiod = "TID"\n'
KEPT = RECIPE + '[keep]\nHERKOMST = "Alle"\n'
GROUPS = RECIPE + '[group]\ncolumn = "HERKOMST"\nAlle = "all"\n[keep]\nHERKOMST = "Alle"\n'
SUM = RECIPE + '[sum]\nHERKOMST = ["Dansk", "Andre"]\n'
KNOWN = "[made_from]\n[made_from.left_out]\nHERKOMST = {}\n"


def rows(*labels: str) -> str:
    """A row of each label for two areas."""
    return HEAD + "".join(
        f"{area};{label};2023;{100 + place}\n"
        for place, label in enumerate(labels)
        for area in ("Aarhus", "Odense")
    )


def left_outs(desk: Desk, content: str, recipe: str) -> list[Problem]:
    """What is reported of rows that the recipe passes by."""
    reported = desk.check(content, recipe).problems
    return [each for each in reported if each.code in ("left_out_label", "ignored_row")]


@for_each(
    ("recipe", "labels", "codes"),
    [
        (KEPT, ("Alle",), []),
        (KEPT, ("Alle", "Ukrainere"), ["ignored_row"]),
        (GROUPS, ("Alle", "Ukrainere"), ["ignored_row"]),
        # what its own file had is meant; what is new is not
        (KEPT + KNOWN.format('["Ukrainere"]'), ("Alle", "Ukrainere"), []),
        (KEPT + KNOWN.format('["ukrainere "]'), ("Alle", "Ukrainere"), []),
        (KEPT + KNOWN.format('["Dansk"]'), ("Alle", "Dansk", "Ukrainere"), ["left_out_label"]),
        (KEPT + KNOWN.format("[]"), ("Alle", "Ukrainere"), ["left_out_label"]),
        (KEPT + KNOWN.format("[]"), ("Alle", "I alt"), []),  # a total is no part
        # outside a sum it may lack
        (SUM, ("Dansk", "Andre"), []),
        (SUM, ("Dansk", "Andre", "Uoplyst"), ["left_out_label"]),
        (SUM, ("Dansk", "Andre", "I alt"), ["ignored_row"]),
        (SUM + KNOWN.format('["Uoplyst"]'), ("Dansk", "Andre", "Uoplyst"), []),
        (SUM + KNOWN.format('["Uoplyst"]'), ("Dansk", "Andre", "Nye"), ["left_out_label"]),
    ],
)
def test_what_is_passed_by_is_reported(
    tiny: Desk, recipe: str, labels: tuple[str, ...], codes: list[str]
) -> None:
    reported = left_outs(tiny, rows(*labels), recipe)
    assert [each.code for each in reported] == codes
    for each in reported:
        assert (each.column, each.value) == ("HERKOMST", labels[-1])
        assert f"2 rækker med »{labels[-1]}«" in each.message


def test_blank_cells_beside_a_figure_are_counted(tiny: Desk) -> None:
    both = left_outs(tiny, rows("Alle", "") + "Randers;;;\n", KEPT)
    (reported,) = [each for each in both if each.column == "HERKOMST"]
    assert "2 rækker med tomme celler" in reported.message


def test_many_labels_are_named_by_how_many_rows_they_have(tiny: Desk) -> None:
    labels = [f"Land {number}" for number in range(9)]
    (reported,) = left_outs(tiny, rows("Alle", *labels, "Land 7"), KEPT)
    assert reported.message.startswith("20 rækker med »Land 7«, »Land 0«, »Land 1«")
    assert "4 til springes over" in reported.message


def test_a_recipe_of_the_page_knows_what_it_left_out(tiny: Desk) -> None:
    proposal = tiny.check(rows("Alle", "Dansk", "Andre")).proposal
    draft = RecipeDraft(
        "Prøve", "paper", "persons", "OMRÅDE", "TID", "INDHOLD", keep={"HERKOMST": ["Alle"]}
    )
    assert left_out(draft, proposal) == {"HERKOMST": ("Dansk", "Andre")}
