"""Figures of a fetched file that were withdrawn: asked about until they are published anew."""

from pathlib import Path

import pytest

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store.uploads import check_file, publish, withdraw
from tests.tiers import some

pytestmark = [pytest.mark.whole_check, pytest.mark.second_look]

HEAD = "område;periode;nøgletal;værdi;tæller;nævner;kilde\n"


def _file(*rows: str) -> Upload:
    return Upload("tal.csv", (HEAD + "".join(f"{row}\n" for row in rows)).encode())


def _published(home: Path, *rows: str) -> int:
    batch_id = publish(_file(*rows), None, "Ida", "Hentet fra X", home).batch_id
    assert batch_id is not None
    return batch_id


def _again(home: Path, *rows: str, is_fetched: bool = True) -> list[str]:
    checked = check_file(_file(*rows), Choices(is_fetched=is_fetched), home)
    assert [each.message for each in checked.problems if each.severity == "error"] == []
    return [each.message for each in checked.problems if each.code == "withdrawn_figure"]


def test_what_was_withdrawn_of_the_same_source_is_counted_for_each_publication(spor: Path) -> None:
    before = "aarhus;2018;rate;60,0;600;1000;"
    _published(spor, before)
    first = _published(
        spor, "aarhus;2018;rate;60,0;602;1003;", "aarhus;2019;rate;50,0;500;1000;",
        "aarhus;2017;rate;51,0;510;1000;",
    )  # fmt: skip
    other = _published(spor, "denmark;2019;rate;52,0;520;1000;")
    withdraw(first, "Anna", "Forkert", spor)
    withdraw(other, "Anna", "Forkert", spor)
    _published(spor, "aarhus;2017;rate;53,0;530;1000;")
    again = "aarhus;2019;rate;50,0;500;1000;"
    cases = {
        (again,): [f"1 tal kommer igen, som er fortrudt i indlæsning nr. {first}, først"],
        ("aarhus;2019;rate;54,0;540;1000;",): [f"nr. {first}, "],  # whatever its number is now
        ("aarhus;2018;rate;60,0;602;1003;",): [f"nr. {first}, "],  # the same share of others
        (before,): [],  # what is published
        ("aarhus;2017;rate;55,0;550;1000;",): [],  # published anew since
        ("aarhus;2020;rate;50,0;500;1000;",): [],  # another period
        ("aarhus;2019;rate;50,0;500;1000;paper",): [],  # another source
        (again, "aarhus;2018;rate;61,0;610;1000;", "denmark;2019;rate;52,0;520;1000;"): [
            f"2 tal kommer igen, som er fortrudt i indlæsning nr. {first}, ", f"nr. {other}, ",
        ],
    }  # fmt: skip
    for rows, words in some([*cases.items()], 2):
        messages = _again(spor, *rows)
        assert len(messages) == len(words), (rows, messages)
        assert all(word in message for word, message in zip(words, messages, strict=True))
    # Whoever hands a file in knows what was withdrawn, and says why in the note.
    assert _again(spor, again, is_fetched=False) == []
