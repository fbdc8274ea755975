"""The stores that files are compared with: a tiny one, and the default figures."""

from pathlib import Path

import pytest

from kpi.store import init
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.ingest.checked import Desk

# What the tiny store has published, all of it from the source `paper`.
PUBLISHED = """
rate,aarhus,all,2022,50.0,,,final
rate,odense,all,2022,40.0,,,final
rate,randers,all,2022,30.0,,,final
rate,aarhus,all,2021,48.0,,,final
persons,aarhus,all,2022,100,,,final
persons,odense,all,2022,,,,suppressed
"""


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store with six published figures; uploads without a source are `own_upload`."""
    folder = tmp_path_factory.mktemp("tiny")
    data = write_tiny(folder / "data", PUBLISHED)
    append(data, "area.csv", "region,Region Hovedstaden,region,denmark,084,")
    init(folder / "home", data)
    return Desk.of(folder / "home")


@pytest.fixture(scope="session")
def real(built_home: Path) -> Desk:
    """The store with the default figures."""
    return Desk.of(built_home)
