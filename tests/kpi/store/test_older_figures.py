"""A file older than what is published: it goes back behind a correction, or a final figure."""

from pathlib import Path

import pytest

from kpi.ingest.table.raw import Upload
from kpi.store.uploads import check_file, publish, withdraw
from tests.tiers import some

pytestmark = [pytest.mark.whole_check, pytest.mark.second_look]

HEAD = "område;periode;nøgletal;værdi;status\n"


def _file(*rows: str) -> Upload:
    return Upload("tal.csv", (HEAD + "".join(f"{row}\n" for row in rows)).encode())


def _older(home: Path, *rows: str) -> list[str]:
    checked = check_file(_file(*rows), None, home)
    return [
        problem.message.replace("\xa0", " ")
        for problem in checked.problems
        if problem.code == "older_figure"
    ]


def _published(home: Path, *rows: str) -> None:
    assert publish(_file(*rows), None, "Ida", "Rettet", home).batch_id


def test_what_is_older_than_the_published(spor: Path) -> None:
    _published(spor, "aarhus;2022;rate;71,5;", "aarhus;2023;rate;72,0;foreløbig")
    cases = {
        "aarhus;2022;rate;70,0;": "70,0 % er tallet fra før",  # of the data set
        "aarhus;2022;rate;70,0;foreløbig": "70,0 % er tallet fra før",
        "aarhus;2022;rate;71,5;": "",
        "aarhus;2022;rate;71,6;": "",
        "aarhus;2021;rate;70,0;": "",  # of another period
        "denmark;2022;rate;70,0;": "",  # of another area
        "aarhus;2022;rate;71,4;foreløbig": "»foreløbig«: 71,4 %",
        "aarhus;2022;rate;ca. 71;": "»cirka«: 71,0 %",
        "aarhus;2022;rate;..;": "erstattes af »ikke oplyst«.",
        "aarhus;2022;rate;71,5;foreløbig": "",  # the same number
        "aarhus;2023;rate;72,1;foreløbig": "",
        "aarhus;2023;rate;72,1;": "",
        "aarhus;2024;rate;70,0;foreløbig": "",
    }
    for row, words in some([*cases.items()], 3):
        messages = _older(spor, row)
        assert bool(messages) is bool(words), (row, messages)
        assert not words or words in messages[0]


def test_all_of_an_indicator_are_counted_in_one_warning(spor: Path) -> None:
    _published(spor, "aarhus;2022;rate;71,5;", "aarhus;2021;rate;69,5;")
    old = "aarhus;2022;rate;70,0;", "denmark;2022;rate;77,2;", "aarhus;2021;rate;69,0;"
    (message,) = _older(spor, *old)
    assert "Aarhus, Alle, 2022: 70,0 % er tallet fra før" in message
    assert "da det blev rettet til 71,5 %. Det gælder 2 tal." in message


def test_what_was_withdrawn_was_no_figure_to_correct(spor: Path) -> None:
    _published(spor, "aarhus;2022;rate;71,5;")
    withdraw(2, "Bo", "Forkert fil", spor)
    assert not _older(spor, "aarhus;2022;rate;71,5;")
    _published(spor, "aarhus;2022;rate;71,6;")
    assert not _older(spor, "aarhus;2022;rate;71,5;")
    assert _older(spor, "aarhus;2022;rate;70,0;")


@pytest.mark.parametrize("count", ["3", "4"])
def test_a_hidden_number_is_not_disclosed(spor: Path, count: str) -> None:
    """Else each guess would be answered."""
    _published(spor, "aarhus;2022;persons;3;")
    assert not _older(spor, f"aarhus;2022;persons;{count};", f"gellerup;2022;persons;{count};")
    _published(spor, "aarhus;2022;persons;80;")
    assert not _older(spor, f"aarhus;2022;persons;{count};")
