"""Rows that an earlier program stored lose what would not be kept of them today."""

from pathlib import Path

import duckdb
import pytest

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, version_path
from kpi.store.uploads import publish
from tests.kpi.data_folder import replace
from tests.kpi.store.tiny_store import PAPER

pytestmark = pytest.mark.second_look

HEAD = "nøgletal;område;gruppe;periode;værdi;tæller;nævner;status;note;som udgivet\n"
ROWS = """rate;gellerup;;2022;1,4;;;;;
rate;gellerup;;2023;20,5;;;;;
rate;viby_syd;;2022;33,3;41;123;;;
persons;gellerup;;2021;;;;skjult;;
persons;gellerup;;2023;;;;skjult;Se kilden;
persons;viby_syd;;2023;40;;;;40 personer;40
"""
CORRECTED = "rate;gellerup;;2022;30,0;;;;;\n"
# What an earlier program would have stored of them: all digits, and words beside what is hidden.
EARLIER = """
UPDATE {0} SET value = 1.4018691588785, decimals = 13 WHERE value = 1.4;
UPDATE {0} SET value = 20.512820512820513, decimals = NULL WHERE value = 20.5;
UPDATE {0} SET value = 33.333333333, decimals = 9 WHERE value = 33.3;
UPDATE {0} SET note = 'Se' || chr(11) || 'ki' || chr(7) || 'lden' WHERE note = 'Se kilden';
UPDATE {0} SET note = '3 personer', as_published = 'ca. 3'
WHERE period = '2021' AND status = 'suppressed' AND source_id = 'own_upload'
"""
ALL_ROWS = """
SELECT indicator_id, area_id, period, value, decimals, note, as_published
FROM observation WHERE source_id = 'own_upload' ORDER BY ALL
"""


def _put_out(home: Path, rows: str) -> None:
    file = Upload("t.csv", (HEAD + rows).encode())
    assert publish(file, Choices(scale=1.0), "Ida", "x", home).batch_id


def test_what_an_earlier_program_stored_is_kept_as_today(spor: Path, tiny: Path) -> None:
    """Current rows, hidden ones, and those of earlier days; once, and not again."""
    _put_out(spor, ROWS)
    _put_out(spor, CORRECTED)
    with duckdb.connect(str(version_path(spor, current_version(spor)))) as connection:
        for table in ("current_observation", "hidden_observation", "past_observation"):
            connection.execute(EARLIER.format(table))
        connection.execute("UPDATE derived_by SET sha256 = 'earlier'")
    init(spor, tiny)
    with duckdb.connect(str(version_path(spor, current_version(spor)))) as connection:
        kept = connection.execute(ALL_ROWS).fetchall()
    assert kept == [
        ("persons", "gellerup", "2021", None, None, None, None),
        ("persons", "gellerup", "2023", None, None, "Se kilden", None),
        ("persons", "viby_syd", "2023", 40.0, 0, "40 personer", "40"),
        ("rate", "gellerup", "2022", 1.4, 2, None, None),
        ("rate", "gellerup", "2022", 30.0, 1, None, None),
        ("rate", "gellerup", "2023", 20.51, 2, None, None),
        ("rate", "viby_syd", "2022", 33.333333333, 9, None, None),
    ]
    assert not init(spor, tiny).changed


def test_what_data_holds_stays_as_it_is(spor: Path, tiny: Path) -> None:
    """Its rows are public, and are compared with data/ digit by digit."""
    replace(tiny, PAPER, "69.0", "69.123456")
    replace(tiny, "source.csv", ",2024-06-19,,0", ",2024-06-19,,5")
    init(spor, tiny)
    with duckdb.connect(str(version_path(spor, current_version(spor)))) as connection:
        connection.execute("UPDATE derived_by SET sha256 = 'earlier'")
    init(spor, tiny)
    with duckdb.connect(str(version_path(spor, current_version(spor)))) as connection:
        kept = connection.execute("SELECT count(*) FROM observation WHERE value = 69.123456")
        assert kept.fetchone() == (1,)
