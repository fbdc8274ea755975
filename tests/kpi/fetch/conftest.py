"""The imitation of the sources, one for all tests of a process, and a store that asks it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.fetch.deciding import approve
from kpi.fetch.queue import waiting_files
from tests.kpi.fetch.ras200 import fetch_once, make_realistic, write_definition
from tests.kpi.fetch.sources import TOKEN, Sources, running_sources


@pytest.fixture(scope="session")
def served_sources() -> Iterator[Sources]:
    """One server for all tests of this process."""
    with running_sources() as sources:
        yield sources


@pytest.fixture
def sources(served_sources: Sources, monkeypatch: pytest.MonkeyPatch) -> Sources:
    """The services as they are at first, asked by every definition."""
    address = served_sources.address
    served_sources.__init__(address)  # type: ignore[misc]
    monkeypatch.setenv("KPI_STATBANK_URL", f"{address}/v1")
    monkeypatch.setenv("KPI_JOBINDSATS_URL", f"{address}/v3")
    monkeypatch.setenv("KPI_UDDANNELSESSTATISTIK_URL", f"{address}/Api/v1")
    monkeypatch.setenv("KPI_TOKEN_JOBINDSATS", TOKEN)
    monkeypatch.setenv("KPI_TOKEN_UDDANNELSESSTATISTIK", TOKEN)
    return served_sources


@pytest.fixture(scope="session")
def fetched_home(
    built_home: Path, served_sources: Sources, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A store whose figures are the source's, so that a new year is an ordinary one."""
    home = tmp_path_factory.mktemp("fetched") / "home"
    shutil.copytree(built_home, home)
    write_definition(home)
    # Whatever test came first in this process may have left the services otherwise.
    served_sources.__init__(served_sources.address)  # type: ignore[misc]
    make_realistic(served_sources)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_STATBANK_URL", f"{served_sources.address}/v1")
        assert fetch_once(home).entry.outcome == "waiting"  # other figures than those published
    [waiting] = waiting_files(home)
    assert approve(waiting.id, "Anna", "De nye tal er rigtige", home).batch_id is not None
    return home


@pytest.fixture
def prepared(
    fetched_home: Path, sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A copy of it, and the source that it was fetched from."""
    home = tmp_path / "home"
    shutil.copytree(fetched_home, home)
    monkeypatch.setenv("KPI_HOME", str(home))
    make_realistic(sources)
    return home
