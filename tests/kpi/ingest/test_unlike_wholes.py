"""The first figure of a small area is compared with that of the municipality it lies in."""

import pytest

from tests.kpi.ingest.checked import Desk

RATE = "employment_rate"
HEAD = "nøgletal;område;gruppe;periode;værdi;note\n"


def _reported(desk: Desk, *rows: str) -> list[str]:
    checked = desk.check(HEAD + "".join(f"{row}\n" for row in rows))
    return [p.message for p in checked.problems if "som det er en del af" in p.message]


# Aarhus has 73,7 % in 2021, the newest published year.
@pytest.mark.parametrize(
    ("value", "period", "is_reported"),
    [
        ("48,1", "2021", False), ("34", "2021", False), ("33,6", "2021", True),
        ("7,1", "2022", True), ("4,8", "2024", True), ("48,1", "2024", False),
        ("5", "2007", False),  # Aarhus has none before
        ("48,1", "2021K1", False),
    ],
)  # fmt: skip
def test_a_share_beside_the_published_one(
    real: Desk, value: str, period: str, is_reported: bool
) -> None:
    rows = [f"{RATE};{area};all;{period};{value};" for area in ("Gellerup", "Viby Syd")]
    assert len(_reported(real, *rows)) == 2 * is_reported


def test_the_figure_of_the_file_is_nearer(real: Desk) -> None:
    rows = [f"{RATE};Aarhus;danish;2021;9,5;", f"{RATE};Gellerup;danish;2021;48,1;"]
    (message,) = _reported(real, *rows)
    assert "48,1 % mod 9,5 % i 2021" in message.replace("\N{NO-BREAK SPACE}", " ")
    assert not _reported(real, rows[0], rows[1].replace("48,1", "8,1"))


@pytest.mark.parametrize(
    ("value", "note", "is_reported"),
    [("812", "", False), ("9000", "", True), ("9000", "Bekræftet: nyt byggeri", False)],
)
def test_a_part_has_no_more_than_the_whole(
    real: Desk, value: str, note: str, is_reported: bool
) -> None:
    rows = ["nsk_cases;Aarhus;all;2024;812;", f"nsk_cases;Gellerup;all;2024;{value};{note}"]
    assert bool(_reported(real, *rows)) is is_reported


def test_a_later_figure_is_compared_with_its_own(real: Desk) -> None:
    rows = [f"{RATE};Gellerup;all;{year};{value};" for year, value in ((2021, 48), (2022, 12))]
    assert not _reported(real, *rows)


def test_what_is_published_is_not_doubted(real: Desk) -> None:
    assert not _reported(real, "school_absence;Gellerup;programme_children;2024H2;9,7;")
