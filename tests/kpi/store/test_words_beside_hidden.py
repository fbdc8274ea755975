"""What a source hides it does not say beside: its words and its note lose the number."""

from pathlib import Path

from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import publish

ROWS = """nøgletal;område;gruppe;periode;værdi;status;note;som udgivet
persons;gellerup;;2021;;skjult;;3
persons;gellerup;;2022;;skjult;3 personer;ca. 3
persons;gellerup;;2023;;skjult;Se kilden;<5
persons;viby_syd;;2023;;skjult;;2-4
persons;odense;;2023;40;;40 personer;40
"""


def test_a_number_is_not_said_beside_what_a_source_hides(spor: Path) -> None:
    assert publish(Upload("t.csv", ROWS.encode()), None, "Ida", "x", spor).batch_id
    store = open_store(spor)
    said = {
        (row.area_id, row.period.text): (row.as_published, row.note)
        for row in store.series(["persons"])
    }
    store.close()
    assert said["gellerup", "2021"] == said["gellerup", "2022"] == (None, None)
    assert said["gellerup", "2023"] == ("<5", "Se kilden")
    assert said["viby_syd", "2023"] == ("2-4", None)
    assert said["odense", "2023"] == ("40", "40 personer")
