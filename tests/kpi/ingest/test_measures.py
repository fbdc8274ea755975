"""Which of several measures is meant, by the unit of the indicator."""

import pytest

from kpi.ingest.mapping.measures import measure_of_unit
from tests.kpi.ingest.checked import Desk, codes

RATE, COUNT, MONEY = "employment_rate", "workshops_held", "nsk_budget"


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("names", "indicator_id", "measure"),
    [
        (("Antal", "Pct."), RATE, "Pct."), (("Pct.", "Antal"), COUNT, "Antal"),
        (("Antal", "Andel"), RATE, "Andel"), (("Personer", "%"), RATE, "%"),
        (("Antal personer", "I pct. af befolkningen"), RATE, "I pct. af befolkningen"),
        (("Beskæftigede (antal)", "Beskæftigede (pct.)"), RATE, "Beskæftigede (pct.)"),
        (("Andel beskæftigede", "Antal beskæftigede"), RATE, "Andel beskæftigede"),
        (("Antal", "Kr."), MONEY, "Kr."), (("Kr.", "1.000 kr."), MONEY, "Kr."),
        # Workshops are no persons.
        (("Antal", "Personer"), COUNT, "Antal"),
        # Two may be meant, or none; and who says no unit may be in any.
        (("Pct.", "Andel"), RATE, ""), (("Personer", "Pct."), COUNT, ""),
        (("Antal", "Indeks"), RATE, ""), (("Antal", "Kr."), RATE, ""),
        (("Beskæftigede", "Pct."), RATE, ""), (("Antal", "Pct.", "Ændring"), RATE, ""),
        (("Antal", "Pct. af unge", "Pct. af alle"), RATE, ""),
        (("Antal", "Promille"), RATE, ""), (("Antal", "Procentpoint"), RATE, ""),
    ],
)  # fmt: skip
def test_the_unit_decides(
    real: Desk, names: tuple[str, ...], indicator_id: str, measure: str
) -> None:
    assert measure_of_unit(names, real.catalog.indicators[indicator_id]) == measure


@pytest.mark.parametrize(
    "text",
    [
        "Område;Periode;Antal;Pct.\nAarhus;2022;240000;71,2\nOdense;2022;140000;70,1\n",
        "Område;Antal 2022;Pct. 2022\nAarhus;240000;71,2\nOdense;140000;70,1\n",
        "Område;Periode;Måling;Værdi\nAarhus;2022;Antal;240000\nAarhus;2022;Pct.;71,2\n"
        "Odense;2022;Antal;140000\nOdense;2022;Pct.;70,1\n",
    ],
)
def test_the_finding_says_which_was_chosen(real: Desk, text: str) -> None:
    checked = real.check(text, indicator_id=RATE)
    assert [change.new for change in checked.changes] == [71.2, 70.1]
    (chosen,) = [problem for problem in checked.problems if problem.value == "Pct."]
    assert (chosen.code, chosen.severity) == ("read_by_content", "warning")
    assert "er i procent, og »Antal« læses ikke" in chosen.message
    # A person who says which it is, is asked nothing, and nobody says a unit decided.
    said = real.check(text, indicator_id=RATE, measure="Pct.")
    assert [change.new for change in said.changes] == [71.2, 70.1]
    assert not [problem for problem in said.problems if "Filen har flere mål" in problem.message]
    assert "several_measures" in codes(real.check(text, indicator_id="childcare_wait_months"))


def test_a_measure_beside_the_indicators_own(real: Desk) -> None:
    """Of several a person may choose the wrong one, and the file says which is called so."""
    own = "Beskæftigelsesfrekvens 16-64 år"
    wide = f"Område;Periode;Erhvervsdeltagelse;{own}\nAarhus;2022;75,2;71,2\nOdense;2022;74;70,1\n"
    long = (
        f"Område;Periode;Måling;Værdi\nAarhus;2022;Erhvervsdeltagelse;75,2\nAarhus;2022;{own};71,2\n"
        f"Odense;2022;Erhvervsdeltagelse;74\nOdense;2022;{own};70,1\n"
    )
    for text in (wide, long):
        for measure, is_asked in {"Erhvervsdeltagelse": True, own: False}.items():
            checked = real.check(text, indicator_id=RATE, measure=measure)
            asked = [p.value for p in checked.problems if "hedder som nøgletallet" in p.message]
            assert asked == ([own] if is_asked else []), (text, measure)
            assert checked.publishable
    neither = wide.replace(own, "Andel i job")
    checked = real.check(neither, indicator_id=RATE, measure="Erhvervsdeltagelse")
    assert not [p for p in checked.problems if "hedder som nøgletallet" in p.message]


def test_a_measure_that_is_a_label_of_rows(real: Desk) -> None:
    text = "Kommune;År;Konto;Tal\nAarhus;2022;R;74,3\nAarhus;2022;B;73\n"
    (said,) = real.check(text, indicator_id="employment_rate", measure="B").problems
    assert (said.code, said.column, said.value) == ("several_measures", "Konto", "B")
    assert "[keep]" in said.hint
    (said,) = real.check(text, indicator_id="employment_rate", measure="X").problems
    assert said.message == "Filen har ikke det mål."
