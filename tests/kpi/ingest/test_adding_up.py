"""Columns that a recipe adds up, to one figure or to a share: every kind of part."""

import pytest

from tests.kpi.ingest.checked import Desk, codes, read

_HEAD = "OMRÅDE;SOCIO;FKMED;TID;INDHOLD\n"
_START = 'source_id = "paper"\narea = "OMRÅDE"\nperiod = "TID"\nvalue = "INDHOLD"\n'
_SUM = (
    _START + 'indicator_id = "new"\n[keep]\nSOCIO = "1"\n'
    '[sum]\nFKMED = ["F", "U", "Medlem", "Ikke medlem"]\n'
)
_SHARE = (
    _START + 'indicator_id = "share"\n[sum]\nFKMED = ["F", "U"]\n'
    '[share]\ncolumn = "SOCIO"\npart = "1"\nrest = ["2", "3"]\n'
)
_OF_SHARE = "".join(
    f"Aarhus;{status};{member};2020;{count}\n"
    for status, counts in (("1", (40, 20)), ("2", (10, 10)), ("3", (15, 5)))
    for member, count in zip("FU", counts, strict=True)
)


@pytest.mark.parametrize(
    ("rows", "expected", "problems"),
    [
        ("Aarhus;1;F;2020;30\nAarhus;1;U;2020;12\n", [("all", 42.0, "final")], set()),
        # texts in place of codes, and rows of other labels
        ("Aarhus;1;medlem;2020;30\nAarhus;1;Ikke medlem;2020;12\nAarhus;1;Uoplyst;2020;5\n",
         [("all", 42.0, "final")], {"left_out_label"}),
        ("Aarhus;1;F;2020;30\nAarhus;1;U;2020;12\nAarhus;1;I alt;2020;42\n",
         [("all", 42.0, "final")], {"ignored_row"}),
        ("Aarhus;1;F;2020;0\nAarhus;1;U;2020;0\n", [("all", 0.0, "final")], set()),
        # hidden, missing, or in no row: unknown
        ("Aarhus;1;F;2020;..\nAarhus;1;U;2020;12\n", [("all", None, "missing")], {"suppressed"}),
        ("Aarhus;1;F;2020;<5\nAarhus;1;U;2020;12\n", [("all", None, "suppressed")],
         {"suppressed"}),
        ("Aarhus;1;F;2020;30\nAarhus;1;U;2020;12\nOdense;1;F;2020;9\n",
         [("all", 42.0, "final"), ("all", None, "missing")],
         {"suppressed"}),
        # twice, no whole count, and a label that the file lacks
        ("Aarhus;1;F;2020;30\nAarhus;1;F;2020;31\nAarhus;1;U;2020;12\n", [], {"duplicate_key"}),
        ("Aarhus;1;F;2020;30,5\nAarhus;1;U;2020;12\n", [], {"out_of_range"}),
        ("Aarhus;1;F;2020;30\n", [("all", None, "missing")], {"unknown_group", "suppressed"}),
    ],
)  # fmt: skip
def test_sums(
    desk: Desk, rows: str, expected: list[tuple[str, float | None, str]], problems: set[str]
) -> None:
    checked = desk.check((_HEAD + rows).encode(), _SUM)
    assert [(group, value, status) for _, group, _, value, status in read(checked)] == expected
    assert {*codes(checked)} - {"fewer_areas", "unlike_others"} == problems


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"a": "F", "b": "U"}, 42.0),
        ({"a": "Medlem", "b": "Ikke medlem", "c": "Uoplyst"}, 42.0),
        ({"a": "Ikke medlem", "b": "medlem"}, 42.0),
        # of two codes nobody knows which is meant, and a code is no other's text
        ({"a": "Medlem", "b": "medlem"}, None),
        ({"a": "b", "b": "a"}, None),
    ],
)
def test_codes_mean_what_their_source_says(
    desk: Desk, texts: dict[str, str], expected: float | None
) -> None:
    rows = _HEAD + "Aarhus;1;a;2020;30\nAarhus;1;b;2020;12\n"
    values = [row[3] for row in read(desk.check(rows, _SUM, texts={"fkmed": texts}))]
    assert values == ([] if expected is None else [expected])


def test_a_total_among_the_parts_is_refused(desk: Desk) -> None:
    rows = _HEAD + "Aarhus;1;F;2020;30\nAarhus;1;I alt;2020;42\n"
    checked = desk.check(rows.encode(), _SUM.replace('["F", "U", "Medlem", "Ikke medlem"]',
                                                     '["F", "I alt"]'))  # fmt: skip
    assert "duplicate_key" in codes(checked)


@pytest.mark.parametrize(
    ("change", "to", "value"),
    [("", "", 60.0), ("3;U;2020;5", "3;U;2020;..", None), ("1;U;2020;20", "1;U;2020;<5", None),
     ("Aarhus;3;U;2020;5\n", "", None)],
)  # fmt: skip
def test_shares(desk: Desk, change: str, to: str, value: float | None) -> None:
    rows = _OF_SHARE.replace(change, to) if change else _OF_SHARE
    [row] = read(desk.check((_HEAD + rows).encode(), _SHARE))
    assert row[3] == value
