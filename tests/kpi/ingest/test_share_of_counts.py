"""A share beside its numerator and denominator: the column that is meant, with its counts."""

import pytest

from tests.kpi.ingest.checked import Desk, codes, read

HEAD = "Kommune;År;Beskæftigede;Befolkning;Frekvens\n"
ROWS = "Aarhus;2024;171;332;51,5\nOdense;2024;83;200;41,5\n"
TWO = [51.5, 41.5]


@pytest.mark.parametrize(
    ("content", "values"),
    [
        (HEAD + ROWS, TWO),
        ("Kommune;År;Frekvens;A;B\nAarhus;2024;51,5 %;171;332\nOdense;2024;41,5 %;83;200\n", TWO),
        ("Kommune,År,B,A,Rate\nAarhus,2024,332,171,51.5\nOdense,2024,200,83,41.5\n", TWO),
        (HEAD + ROWS.replace("171;332", "170.981;332.001"), TWO),
        (HEAD + ROWS + "Randers;2024;..;..;..\n", [*TWO, None]),
        # a share that fits no counts, or those of one row alone, is one of three measures
        (HEAD + ROWS.replace("51,5", "52,5"), None),
        (HEAD + ROWS.partition("\n")[0] + "\n", None),
        # parts and their sum are no share, and neither are shares of two that fit the same counts
        ("Kommune;År;Mænd;Kvinder;I alt\nAarhus;2024;71;72;143\nOdense;2024;61;63;124\n", None),
        ("Kommune;År;A;B;C;D\nAarhus;2024;171;332;51,5;51,5\nOdense;2024;83;200;41,5;41,5\n", None),
    ],
)
def test_the_share_among_its_counts(
    tiny: Desk, content: str, values: list[float | None] | None
) -> None:
    checked = tiny.check(content, indicator_id="rate")
    if values is None:
        assert codes(checked) == ["several_measures"]
        return
    assert [value for *_, value, _ in read(checked)] == values
    said = " ".join(problem.message for problem in checked.problems)
    assert "tæller i »" in said
    assert "nævner i »" in said
    assert checked.publishable


def test_no_share_is_meant_with_an_indicator_of_another_kind(tiny: Desk) -> None:
    assert codes(tiny.check(HEAD + ROWS, indicator_id="persons")) == ["several_measures"]


def test_a_row_whose_counts_do_not_fit_is_named(tiny: Desk) -> None:
    many = "".join(
        f"Aarhus;20{year};{year * 10};{year * 25};40,0\n" for year in range(10, 24)
    )  # fmt: skip
    checked = tiny.check(HEAD + many + "Odense;2024;83;200;71,5\n", indicator_id="rate")
    (wrong,) = [problem for problem in checked.problems if problem.severity == "error"]
    assert (wrong.row, wrong.column) == (16, "Frekvens")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("0;0;0", "from_zero"),
        ("0;;0", "from_zero"),
        ("0;0;12", None),
        ("..;0;0", None),
        ("50;0;0", "value_mismatch"),
        ("50;;0", "value_mismatch"),
        ("0,1;0;0", "value_mismatch"),
    ],
)
def test_a_share_of_nobody_is_reported(tiny: Desk, row: str, code: str | None) -> None:
    checked = tiny.check(f"nøgletal;område;periode;værdi;tæller;nævner\nrate;Aarhus;2031;{row}\n")
    of_counts = [problem.code for problem in checked.problems if problem.column == "nævner"]
    assert of_counts == ([code] if code else [])
