"""Rows longer than their head: decimals cut at the separator, and numbers of rows before them."""

import io

import pytest
import xlsxwriter

from tests.kpi.ingest.checked import BESIDE_OTHERS, Desk, codes, read

OURS = "nøgletal,område,periode,værdi"


@pytest.mark.every_case
@pytest.mark.parametrize(
    "content",
    [
        f"{OURS}\nrate,Aarhus,2023,71,2\nrate,Odense,2023,68,9\n",
        f"{OURS}\nrate,Aarhus,2023,71,2\nrate,Odense,2023,68\nrate,Viborg,2023,65\n",
        f"{OURS},note\nrate,Aarhus,2023,71,2,\nrate,Odense,2023,68,9,set efter\n",
        f"{OURS},tæller,nævner\nrate,Aarhus,2023,71,2,712,1000\nrate,Odense,2023,68,9,689,1000\n",
        "værdi,område,periode,nøgletal\n71,2,Aarhus,2023,rate\n68,Odense,2023,rate\n",
        "nøgletal,område,2022,2023\nrate,Aarhus,71,2,70,1\nrate,Odense,68,67,5\n",
        "Kommune,2022,2023\nAarhus,71,2,70,1\nOdense,68,67,5\n",
        "Kommune,År,Andel\nAarhus,2023,71,2\nOdense,2023,68,9\n",
        "Kommune,År,Andel\nAarhus,2023,71,2 %\nOdense,2023,68,9 %\n",
        f"Andel, der er i job\n{OURS}\nrate,Aarhus,2023,71,2\nrate,Odense,2023,68,9\n",
        # No longer than their head: what stands after the figure is left empty.
        f"{OURS},note\nrate,Aarhus,2023,71,2,\nrate,Odense,2023,68,9,\n",
        f"{OURS},note,kilde\nrate,Aarhus,2023,71,2\nrate,Odense,2023,68\nrate,Viborg,2023,65,25\n",
        f"{OURS},tæller,nævner,status,note\nrate,Aarhus,2023,71,2,,,,\nrate,Odense,2023,68,9,,,,\n",
        "Kommune,År,Andel,Bem.\nAarhus,2023,71,2\nOdense,2023,68,9\n",
        # The denominators stand among the remarks.
        f"{OURS},nævner,note\n"
        + "".join(
            f"rate,{area},2023,{value},{of},\n"
            for area, value, of in (
                ("Aarhus", "71,2", 985),
                ("Odense", "68,9", 2022),
                ("Randers", "70,1", 640),
            )
        ),
        "Kommune,År,Andel,Nævner,Bem.\nAarhus,2023,71,2,985\nOdense,2023,68,9,2022\n"
        "Randers,2023,70,1,640\n",
    ],
)
def test_decimals_cut_at_the_separator_are_never_read(tiny: Desk, content: str) -> None:
    checked = tiny.check(content, indicator_id="rate")
    assert codes(checked) == ["not_a_table"]
    assert "står i to felter" in checked.problems[0].message
    assert not read(checked)


@pytest.mark.parametrize(
    "content",
    [
        f'{OURS}\nrate,Aarhus,2023,"71,2"\nrate,Odense,2023,"68,9"\n',
        f"{OURS}\nrate,Aarhus,2023,71.2\nrate,Odense,2023,68.9\n",
        f"{OURS},\nrate,Aarhus,2023,71.2,\nrate,Odense,2023,68.9,\n",
        f"Andel, der er i job, 2023\n{OURS}\nrate,Aarhus,2023,71.2\nrate,Odense,2023,68.9\n",
        OURS.replace(",", ";") + "\nrate;Aarhus;2023;71,2\nrate;Odense;2023;68,9\n",
        f"{OURS},note\nrate,Aarhus,2023,71.2,1\nrate,Odense,2023,68.9,2\n",
    ],
)
def test_figures_that_are_whole_are_read(tiny: Desk, content: str) -> None:
    checked = tiny.check(content)
    assert [observation[3] for observation in read(checked)] == [71.2, 68.9]


def test_a_percentage_that_no_number_of_so_few_makes_was_cut_at_its_comma(tiny: Desk) -> None:
    """The digits behind the comma stand as the denominator, where the real one is left out."""
    head = f"{OURS},nævner\n"
    cut = "rate,Aarhus,2023,74,3\nrate,Odense,2023,73,2\nrate,Randers,2023,75,8\n"
    checked = tiny.check(head + cut)
    assert "value_mismatch" in codes(checked)
    (problem,) = (each for each in checked.problems if each.code == "value_mismatch")
    assert "% af 3 er intet helt antal" in problem.message
    assert "Er tallet 74,3" in problem.message
    # Rounded percentages of few persons.
    whole = "rate,Aarhus,2023,75,8\nrate,Odense,2023,67,3\nrate,Randers,2023,33,24\n"
    assert "value_mismatch" not in codes(tiny.check(head + whole))


def test_numbers_of_footnotes_are_no_decimals(tiny: Desk) -> None:
    for notes in (("", "1", ""), ("1", "1", "1"), ("se 1", "2", "3")):
        rows = zip(("Aarhus,2023", "Odense,2023", "Odense,2022"), (71, 68, 65), notes, strict=True)
        content = "".join(f"rate,{key},{value},{note}\n" for key, value, note in rows)
        checked = tiny.check(f"{OURS},note\n{content}")
        assert {observation[3] for observation in read(checked)} == {71, 68, 65}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", [0, 1])
@pytest.mark.parametrize("has_name", [True, False])
def test_numbers_of_rows_are_no_column(
    tiny: Desk, separator: str, start: int, has_name: bool
) -> None:
    """R leaves out the name of the row numbers, and pandas writes it as blank."""
    rows = [["nøgletal", "område", "periode", "værdi"]]
    rows = [["", *rows[0]] if has_name else rows[0]]
    rows += [[str(start), "rate", "Aarhus", "2023", "71"]]
    rows += [[str(start + 1), "rate", "Odense", "2023", "68"]]
    checked = tiny.check("".join(separator.join(row) + "\n" for row in rows))
    assert set(codes(checked)) <= BESIDE_OTHERS
    assert [observation[3] for observation in read(checked)] == [71, 68]


def test_numbers_of_rows_in_a_workbook(tiny: Desk) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 1, ["Kommune", "År", "Andel"])
        sheet.write_row(1, 0, [0, "Aarhus", 2023, 71])
        sheet.write_row(2, 0, [1, "Odense", 2023, 68])
    checked = tiny.check(out.getvalue(), indicator_id="rate")
    assert [observation[3] for observation in read(checked)] == [71, 68]
