"""Lines under a table that say of whom all its figures are, are read as its title is."""

import pytest

from tests.kpi.ingest.checked import Desk

ROWS = "Kommune;År;Andel\nAarhus;2022;71,5\nOdense;2022;70,5\n"


@pytest.mark.parametrize(
    ("line", "is_asked"),
    [
        ("Tallene er for enlige forsørgere", True), ("Tallene gælder unge", True),
        ("Opgørelsen omfatter fleksjobbere", True), ("Note: Tallene er vægtede", True),
        ("Data dækker personer i almene boliger", True), ("Segment: unge", True),
        ("Tallene vedrører sygeplejersker", True), ("Afgrænsning: offentligt ansatte", True),
        ("Tallene er hentet fra Statistikbanken", False), ("Tallene er endelige", False),
        ("Tallene omfatter alle kommuner", False), ("Population: alle", False),
        ("Tallene dækker hele befolkningen", False), ("Filter: År = 2022", False),
        ("Tabellen viser udviklingen i kommunerne", False), ("Udvalgte kommuner: 2", False),
        ("Opgørelsen omfatter både mænd og kvinder", False),
        ("Opgørelsen omfatter personer med bopæl i Danmark", False),
        ("Tallene gælder pr. 30. november", False), ("Data dækker perioden 2020-2022", False),
    ],
)  # fmt: skip
def test_lines_of_all_figures(real: Desk, line: str, is_asked: bool) -> None:
    checked = real.check(f"{ROWS}\n{line}\n", indicator_id="employment_rate")
    assert ("text_words" in [problem.code for problem in checked.problems]) is is_asked
