"""Columns of times that are none of the figures': when people came, or a row was made."""

import pytest

from tests.kpi.ingest.checked import Desk, codes_of_cells, read


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ankomstår", "2020"), ("Indrejseår", "2020"), ("Kohorte", "2020"), ("Årgang", "2020"),
        ("Fødselsår", "1990"), ("Fødselsdato", "1990-05-03"), ("Oprettet", "2024-05-03"),
        ("Dataudtræk", "2024-05-03"), ("Opdateret", "2024-05-03"), ("Birth year", "1990"),
        ("[Borger].[Ankomstår]", "2020"),
    ],
)  # fmt: skip
def test_another_time_is_no_period(tiny: Desk, name: str, text: str) -> None:
    other = f"{int(text[:4]) + 1}{text[4:]}"
    for texts in ((text, text), (text, other)):
        rows = "".join(
            f"{area};{at};5\n" for area, at in zip(("Aarhus", "Odense"), texts, strict=True)
        )
        checked = tiny.check(f"Kommune;{name};Andel\n{rows}", indicator_id="rate")
        assert not checked.publishable
        assert "missing_column" in codes_of_cells(checked)


def test_a_later_day_within_the_year_is_not_the_period(tiny: Desk) -> None:
    checked = tiny.check(
        "Kommune;År;Opdateret;Andel\nAarhus;2024;2024-05-03;5\nOdense;2024;2024-05-03;6\n"
        "Aarhus;2023;2023-05-03;5\nOdense;2023;2023-05-03;6\n",
        indicator_id="rate",
    )
    assert {period for _, _, period, _, _ in read(checked)} <= {"2023", "2024"}
