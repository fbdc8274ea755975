"""What was said of a hidden number is hidden with it: on all days, and once it is mended."""

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from kpi.domain.figures import Figures
from kpi.domain.period import today
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, open_store, version_path
from kpi.store.entering import enter
from kpi.store.uploads import publish, withdraw
from kpi.views.claims import check_claims, claims_of
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.store.quick_check import put_together

# In Gellerup 4 lack it of 20 in 2024: hidden, and what a paper says of them.
ROWS = "rate;gellerup;all;2023;50,0;10;20\nrate;gellerup;all;2024;80,0;16;20\n"
CLAIMS = ("2024,,complement,20.3,percent,", "2024,2023,relative_change,60.3,percent,")
DAYS = {"today": 0, "before": 1}


def publish_rows(home: Path, rows: str) -> int:
    file = "nøgletal;område;gruppe;periode;værdi;tæller;nævner\n" + rows
    with put_together():
        done = publish(Upload("t.csv", file.encode()), Choices(scale=1.0), "Ida", "Tal", home)
    assert done.batch_id is not None, done.checked.problems
    return done.batch_id


@pytest.fixture
def home(tmp_path: Path) -> Path:
    data = write_tiny(tmp_path / "data", "rate,aarhus,all,2022,70,700,1000,final")
    for number, claim in enumerate(CLAIMS):
        append(data, "claim.csv", f"c{number},paper,rate,gellerup,all,{claim},,agrees,Heraf 4.")
    init(tmp_path / "home", data)
    return tmp_path / "home"


def said(home: Path) -> list[tuple[str, str, float | None, str]]:
    """What is put out of the claims about Gellerup, today and on the day before."""
    sayings = []
    for name, ago in DAYS.items():
        store = open_store(home, as_of=today() - timedelta(days=ago) if ago else None)
        sayings += [
            (name, each.claim.claim_id, each.claim.reported_value, each.claim.explanation)
            for each in claims_of(store, store.catalog())
            if each.claim.area_id == "gellerup"
        ]
        store.close()
    return sayings


NOTHING = [(day, claim, None, "") for day in DAYS for claim in ("c0", "c1")]


def test_claim_of_a_hidden_number_is_said_on_no_day(home: Path) -> None:
    assert [value for _, _, value, _ in said(home)] == [20.3, 60.3, 20.3, 60.3]
    batch_id = publish_rows(home, ROWS)
    assert said(home) == NOTHING
    withdraw(batch_id, "Ida", "Fejl", home)
    assert said(home) == NOTHING


def test_claim_of_a_number_that_was_hidden_until_it_was_corrected(home: Path) -> None:
    publish_rows(home, ROWS)
    publish_rows(home, ROWS.replace("80,0;16;20", "50,0;10;20"))
    store = open_store(home)
    assert {row.value for row in store.series(["rate"]) if row.area_id == "gellerup"} == {50}
    store.close()
    assert said(home) == NOTHING


def test_claim_across_a_break_of_a_hidden_number(home: Path) -> None:
    publish_rows(home, ROWS)
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute(
            "UPDATE indicator SET breaks = '2024-01-01 Ny opgørelse' WHERE indicator_id = 'rate'"
        )
    store = open_store(home)
    claims = [each for each in store.claims() if each.claim_id == "c1"]
    figures = Figures(store.at_periods(["rate"], ["gellerup"], ["2023", "2024"]))
    (checked,) = check_claims(claims, figures, store.catalog())
    assert checked.claim.reported_value is None
    store.close()


def test_remark_on_a_number_that_was_hidden_until_it_was_corrected(home: Path) -> None:
    """One that came after that is of the number that is shown."""
    publish_rows(home, ROWS)
    row = {"indicator_id": "rate", "area_id": "gellerup", "group_id": "all", "period": "2024",
           "source_id": "paper"}  # fmt: skip
    enter({"remark": [row | {"remark_id": "first", "text": "Kun 4 mangler."}]}, "Ida", home)
    publish_rows(home, ROWS.replace("80,0;16;20", "50,0;10;20"))
    enter({"remark": [row | {"remark_id": "second", "text": "Rettet."}]}, "Ida", home)
    store = open_store(home)
    assert [each.text for each in store.catalog().remarks] == ["Rettet."]
    changes = store.entry_changes([entry.entry_id for entry in store.entries()])
    assert [change.row["text"] for of_entry in changes.values() for change in of_entry] == [
        "Rettet.", "",
    ]  # fmt: skip
    store.close()
