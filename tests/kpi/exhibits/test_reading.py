"""The sentence under a chart that says what its figures are worth beside chance."""

import pytest

from kpi.exhibits.reading import UNTOLD, reading_of
from kpi.model import Observation
from tests.kpi.made import catalog, indicator, observation

RATE = indicator()
GELLERUP = observation(31, area="gellerup", of=(21, 68))
TILST = observation(23, area="tilst", of=(3, 13))
COUNTRY = observation(77.2, area="denmark")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [TILST, GELLERUP],
            "Tilst: 3 af 13 (23 %, usikkerhed 8-50 %). Kan ikke skelnes fra Gellerups 31 %.",
        ),
        (
            [GELLERUP, COUNTRY],
            "Gellerup: 21 af 68 (31 %, usikkerhed 21-43 %). Dårligere end hele landets 77 %, mere "
            "end tilfældet kan forklare. Forskellen svarer til 31 af de 68.",
        ),
        ([GELLERUP], "Gellerup: 21 af 68 (31 %, usikkerhed 21-43 %)."),
        # Another period is not held against this one.
        (
            [GELLERUP, observation(23, "2021", area="tilst", of=(3, 13))],
            "Gellerup: 21 af 68 (31 %, usikkerhed 21-43 %).",
        ),
        (
            [
                observation(50, group="non_western", of=(10, 20)),
                observation(80, group="danish", of=(800, 1000)),
            ],
            "Ikke-vestlig baggrund: 10 af 20 (50 %, usikkerhed 30-70 %). Dårligere end Dansk "
            "baggrunds 80 %, mere end tilfældet kan forklare. Forskellen svarer til 6 af de 20.",
        ),
        ([observation(70.0), COUNTRY], UNTOLD),
        ([observation(None, status="suppressed")], ""),
        ([], ""),
    ],
)
def test_reading(rows: list[Observation], sentence: str) -> None:
    assert reading_of(rows, RATE, catalog()).replace("\u00a0", " ") == sentence


def test_a_bare_count_has_no_share_to_judge() -> None:
    persons = indicator("count", "persons", decimals=0)
    assert reading_of([observation(12), observation(9, area="odense")], persons, catalog()) == ""
