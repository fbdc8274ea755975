"""A store with values that are hidden, missing and approximate, among others that are not."""

from collections.abc import Iterator

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.store import Store, open_store
from tests.conftest import built_in_small_blocks
from tests.kpi.data_folder import write_tiny

ROWS = """
rate,aarhus,all,2020,70.0,,,final
rate,aarhus,all,2021,,,,suppressed
rate,aarhus,all,2022,71.0,,,approximate
rate,odense,all,2020,60.0,,,final
rate,odense,all,2021,61.0,,,final
rate,odense,all,2022,,,,missing
rate,randers,all,2020,65.0,,,final
rate,randers,all,2022,66.0,,,final
rate,denmark,all,2020,75.0,,,final
rate,denmark,all,2021,76.0,,,final
rate,denmark,all,2022,77.0,,,final
rate,aarhus,non_western,2022,,,,suppressed
rate,aarhus,danish,2022,80.0,,,final
persons,gellerup,all,2022,,,,suppressed
persons,viby_syd,all,2022,7,,10,final
hours,aarhus,all,2022,,,,missing
hours,aarhus,danish,2022,0,,,final
"""


@pytest.fixture(scope="session")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store of the rows above."""
    folder = tmp_path_factory.mktemp("hidden")
    data = write_tiny(folder / "data", ROWS)
    opened = open_store(built_in_small_blocks("hidden", data, tmp_path_factory))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def hidden_catalog(hidden: Store) -> Catalog:
    """The metadata of `hidden`."""
    return hidden.catalog()


@pytest.fixture(scope="session")
def hidden_figures(hidden: Store) -> Figures:
    """All figures of `hidden`."""
    return Figures(hidden.series(["rate", "persons", "hours"]))
