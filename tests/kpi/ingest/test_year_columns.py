"""Columns that nothing reads, and that say another year than the rows do, or name a file."""

import pytest

from tests.kpi.ingest.checked import Desk


@pytest.mark.parametrize(
    ("head", "labels", "is_asked"),
    [
        ("Data for", ("2021", "2021"), True), ("Sheet", ("2019", "2019"), True),
        ("Source.Name", ("ras200_2021.xlsx", "ras200_2021.xlsx"), True),
        ("Måletidspunkt", ("november 2021", "november 2021"), True),
        ("Data for", ("2022", "2022"), False), ("Data for", ("", ""), False),
        ("Source.Name", ("ras200_2022.xlsx", "ras200_2022.xlsx"), False),
        ("Source.Name", ("ras200_2020-2022.csv", "ras200_2020-2022.csv"), False),
        ("Source.Name", ("udtræk.xlsx", "udtræk.xlsx"), False),
        # years of other things
        ("Opdateret", ("2023", "2023"), False), ("Basisår", ("2015", "2015"), False),
        ("Kommunegrænser", ("2007", "2007"), False), ("Version", ("2021", "2021"), False),
        ("Løbe nr", ("2021", "2021"), False), ("Målår", ("2030", "2030"), False),
    ],
)  # fmt: skip
def test_one_year_in_all_rows(
    real: Desk, head: str, labels: tuple[str, str], is_asked: bool
) -> None:
    rows = f"Aarhus;2022;71,2;{labels[0]}\nOdense;2022;70,1;{labels[1]}\n"
    checked = real.check(f"Kommune;År;Værdi;{head}\n{rows}", indicator_id="employment_rate")
    asked = [problem.code for problem in checked.problems if problem.column == head]
    assert ("text_words" in asked) is is_asked
    assert "one_label" not in asked
    assert checked.publishable
