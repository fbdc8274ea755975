"""The stores that files are compared with: tiny, with plain series, or with the default figures."""

from pathlib import Path

import pytest

from tests.conftest import built_in_small_blocks
from tests.kpi.data_folder import add_source, append, write_tiny
from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.plausible_rows import AREAS, LEVELS, YEARS, level

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
    return Desk.of(built_in_small_blocks("tiny", data, tmp_path_factory))


@pytest.fixture(scope="session")
def real(built_home: Path) -> Desk:
    """The store with the default figures."""
    return Desk.of(built_home)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Eight areas with two years of six indicators, and one indicator and area without figures."""
    folder = tmp_path_factory.mktemp("plausible")
    data = write_tiny(folder / "data", "")
    for name in (*AREAS[3:], "ribe"):
        append(data, "area.csv", f"{name},{name.title()},municipality,denmark,,")
    for line in (
        "small,work,Lille andel,Lille,proportion,percent,lower_is_better,1,0,all,Andel,",
        "few,work,Få personer,Få,count,persons,neutral,0,0,all,Antal,",
        "mean,work,Gennemsnit,Snit,mean,notifications,neutral,1,0,all,Snit,",
        "share,work,Ny andel,Ny,proportion,percent,neutral,1,0,all,Andel,",
        "new,work,Nyt antal,Nyt,count,persons,neutral,0,0,all,Antal,",
        "fresh,work,Nyt gennemsnit,Nyt snit,mean,notifications,neutral,1,0,all,Snit,",
        "pay,work,Nyt beløb,Beløb,amount,dkk_per_year,neutral,0,0,all,Beløb,",
    ):
        append(data, "indicator.csv", line)
    rows = [
        f"{indicator},{area},all,{year},{level(indicator, number):g},,,final"
        for indicator in LEVELS
        for number, area in enumerate(AREAS)
        for year in YEARS
    ]
    add_source(data, "other", "2024-06-19", "\n".join(rows))
    (data / "observations" / "paper.csv").unlink()
    return Desk.of(built_in_small_blocks("plausible", data, tmp_path_factory))
