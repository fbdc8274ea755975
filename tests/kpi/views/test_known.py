"""Since when figures are known, in words: no day that a source does not state."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.domain.model import Batch
from kpi.domain.vocabulary import FETCHED_BY
from kpi.ingest.table.raw import Upload
from kpi.store import init, open_store
from kpi.store.uploads import publish
from kpi.views.known import first_known, known_words, publisher_words
from tests.kpi.data_folder import add_source, write_tiny

ROWS = "rate,aarhus,all,2021,69.0,,,final\nrate,aarhus,all,2022,70.0,,,final"


def days_known(home: Path, as_of: date | None = None) -> list[str]:
    """Of each publication, oldest first."""
    store = open_store(home, as_of=as_of)
    try:
        return [known_words(batch, store.catalog()) for batch in reversed(store.batches())]
    finally:
        store.close()


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2024-06-19", "19. juni 2024"),
        ("2024-06", "juni 2024 (dag ikke oplyst)"),
        ("2022", "2022 (dag ikke oplyst)"),
    ],
)
def test_a_day_that_no_source_states_is_not_made_up(
    tmp_path: Path, published: str, words: str
) -> None:
    data = write_tiny(tmp_path / "data", ROWS)
    source = data / "source.csv"
    source.write_text(source.read_text().replace("2024-06-19", published))
    init(tmp_path / "spor", data)
    assert days_known(tmp_path / "spor") == [words]


def test_periods_that_were_released_on_days_of_their_own_are_distinguished(tmp_path: Path) -> None:
    data = write_tiny(tmp_path / "data", ROWS + "\nrate,aarhus,all,2020,68.0,,,final")
    (data / "source_release.csv").write_text(
        # 2019 is in no file: nothing is said of it.
        "source_id,period,published\npaper,2019,2020-11-02\npaper,2020,2021-11-02\n"
        "paper,2021,2022-10-28\n"
    )
    init(tmp_path / "spor", data)
    home = tmp_path / "spor"
    assert days_known(home) == [
        "2. november 2021 (2020); 28. oktober 2022 (2021); andre perioder: 19. juni 2024"
    ]
    of_their_own = "2. november 2021 (2020); 28. oktober 2022 (2021)"
    for day, words in ((18, ""), (19, "; andre perioder: 19. juni 2024")):
        assert days_known(home, date(2024, 6, day)) == [of_their_own + words]
    # On an earlier day nobody knew when the next would come.
    assert days_known(home, date(2022, 1, 1)) == ["2. november 2021 (2020)"]
    store = open_store(home, as_of=date(2022, 1, 1))
    assert store.catalog().sources["paper"].published == "2021-11-02"
    store.close()
    store = open_store(home)
    assert store.catalog().sources["paper"].published == "2024-06-19"
    assert first_known(store.batches(), store.catalog()) == (date(2021, 11, 2), "2. november 2021")
    store.close()


def test_an_upload_is_known_from_the_day_it_came(tmp_path: Path) -> None:
    home = tmp_path / "spor"
    init(home, write_tiny(tmp_path / "data", ROWS))
    file = "område;periode;nøgletal;værdi\naarhus;2023;rate;71,5\n"
    publish(Upload("tal.csv", file.encode()), None, "Ida", "Nyt", home)
    store = open_store(home)
    upload = store.batches()[0]
    same_day = replace(upload, known_from="2026-11-26")
    assert known_words(same_day, store.catalog()) == "26. november 2026"
    assert publisher_words(upload) == "Ida"
    assert publisher_words(replace(upload, published_by=FETCHED_BY)) == "Udgivet automatisk"
    store.close()


def test_the_first_day_is_the_earliest_of_what_still_counts(tmp_path: Path) -> None:
    home = tmp_path / "spor"
    data = write_tiny(tmp_path / "data", ROWS)
    add_source(data, "older", "2022", "hours,aarhus,all,2020,37,,,final")
    init(home, data)
    store = open_store(home)
    batches, catalog = store.batches(), store.catalog()
    store.close()
    assert first_known(batches, catalog) == (date(2022, 12, 31), "i 2022 (dag ikke oplyst)")

    def withdrawn(batch: Batch) -> Batch:
        return replace(batch, state="withdrawn") if batch.source_id == "older" else batch

    kept = [withdrawn(batch) for batch in batches]
    assert first_known(kept, catalog) == (date(2024, 6, 19), "19. juni 2024")
    assert first_known([], catalog) is None
