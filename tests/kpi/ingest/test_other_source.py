"""Published figures that a file would give another publisher are asked about."""

import pytest

from kpi.store import init
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.ingest.checked import Desk
from tests.tiers import some

PUBLISHED = """
rate,aarhus,all,2022,70.0,,,final
rate,denmark,all,2022,77.0,,,final
rate,aarhus,all,2021,69.0,,,final
persons,aarhus,all,2022,,,,suppressed
"""
HEAD = "område;periode;nøgletal;værdi;kilde\n"


@pytest.fixture(scope="module")
def three_sources(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The published figures are of `paper`, which also has a copy; a third has two departments."""
    folder = tmp_path_factory.mktemp("sources")
    data = write_tiny(folder / "data", PUBLISHED)
    append(data, "source.csv", 'copy,Afskrift,"Udgiver, en anden afdeling",2024-06-19,,0')
    append(data, "source.csv", "agency,Et register,Styrelsen,2024-06-19,,0")
    init(folder / "home", data)
    return Desk.of(folder / "home")


def _messages(desk: Desk, rows: list[str]) -> list[str]:
    checked = desk.check(HEAD + "\n".join((*rows, "")))
    return [
        problem.message.replace("\xa0", " ")
        for problem in checked.problems
        if problem.code == "other_source"
    ]


def test_only_changed_figures_of_another_publisher(three_sources: Desk) -> None:
    """The same figure, a new one and one of the publisher itself change no source."""
    cases = {
        ("aarhus;2022;rate;71,0;agency",): ["1 udgivet tal"],
        ("aarhus;2022;rate;71,0;",): ["1 udgivet tal"],  # our own, unless a file says another
        ("aarhus;2022;rate;..;agency",): ["1 udgivet tal"],
        ("aarhus;2022;rate;70,0;agency",): [],
        ("aarhus;2022;rate;71,0;paper",): [],
        ("aarhus;2022;rate;71,0;copy",): [],
        ("aarhus;2023;rate;71,0;agency",): [],
        ("aarhus;2022;persons;40;agency",): [],  # of a hidden number nothing is said
        ("aarhus;2022;rate;71,0;agency", "aarhus;2021;rate;69,0;agency",
         "denmark;2022;rate;76,0;agency"): ["2 udgivne tal"],
        ("aarhus;2022;rate;71,0;agency", "denmark;2022;rate;76,0;"): ["1 udgivet tal"] * 2,
    }  # fmt: skip
    for rows, counts in some([*cases.items()], 2):
        messages = _messages(three_sources, list(rows))
        assert [message.partition(" fra ")[0] for message in messages] == counts, rows


def test_what_is_said(three_sources: Desk) -> None:
    (message,) = _messages(three_sources, ["denmark;2022;rate;76,0;agency"])
    assert message.endswith(
        "fra Udgiver (»Papir paper«) ændres af kilden »Et register«: "
        "Beskæftigelse, Hele landet, Alle, 2022 er 77,0 %, og i filen 76,0 %."
    )


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        (["aarhus;2023;rate;71,0;"], ["1 nyt tal"]),
        (["aarhus;2023;rate;71,0;", "denmark;2023;rate;76,0;"], ["2 nye tal"]),
        (["aarhus;2023;rate;71,0;paper"], []), (["aarhus;2023;rate;71,0;copy"], []),
        (["aarhus;2023;rate;71,0;agency"], []),  # somebody said so
        (["randers;2023;rate;71,0;"], []),  # a series that nobody has begun
        (["aarhus;2022;rate;70,0;"], []),  # stands so already
    ],
)  # fmt: skip
def test_a_new_period_of_another_publishers_series(
    three_sources: Desk, rows: list[str], counts: list[str]
) -> None:
    messages = _messages(three_sources, rows)
    assert [message.partition(" får ")[0] for message in messages] == counts
    assert all("er fra Udgiver" in message for message in messages)
