"""Known names that a recipe reads as another thing."""

import pytest

from tests.kpi.ingest.checked import Desk

HEAD = 'source_id = "paper"\nperiod = "TID"\nvalue = "INDHOLD"\n'
AREAS = 'indicator_id = "persons"\n[area]\ncolumn = "BYDEL"\n'
GROUPS = 'indicator_id = "persons"\narea = "BYDEL"\n[group]\ncolumn = "HERKOMST"\n'
ROWS = (
    "BYDEL;HERKOMST;TID;INDHOLD\nAarhus;Dansk baggrund;2023;110\nAarhus;Alle;2023;150\n"
    "Odense;Dansk baggrund;2023;220\nOdense;Alle;2023;250\n"
)


@pytest.mark.parametrize(
    ("recipe", "named"),
    [
        (GROUPS + '"Dansk baggrund" = "non_western"\nAlle = "all"\n',
         "»Dansk baggrund« som »Ikke-vestlig baggrund«"),
        # of a part of all people a person may know that the file has no others
        (GROUPS + '"Dansk baggrund" = "danish"\nAlle = "non_western"\n', ""),
        (AREAS + 'Odense = "randers"\n[constant]\ngroup = "all"\n[keep]\nHERKOMST = "Alle"\n',
         "»Odense« som »Randers«"),
        # names that the file has not, and a name that is shared by two levels of areas
        (AREAS + 'Randers = "odense"\nOdense = "viby_syd"\n[keep]\nHERKOMST = "Alle"\n', ""),
    ],
)  # fmt: skip
def test_a_known_name_read_as_another_is_asked_about(tiny: Desk, recipe: str, named: str) -> None:
    checked = tiny.check(ROWS, HEAD + recipe)
    said = [problem for problem in checked.problems if problem.code == "recipe_mismatch"]
    assert [problem.severity for problem in said] == ["warning"] * bool(named)
    assert all(f"læser {named}, men" in problem.message for problem in said)
