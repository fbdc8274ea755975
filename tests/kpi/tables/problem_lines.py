"""The problems of a folder like data/, as a person reads them."""

from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.ingest.data_figures import checked_data

PAPERS = "observations/oto_status_2025.csv"
# The remark on the first of the absences in PAPERS.
NOTE = "Rapporten oplyser ikke opgørelsesmåden"


def problems(folder: Path) -> list[str]:
    """The reported problems, one a line, without the leading dash."""
    with pytest.raises(KpiError) as refused:
        checked_data(folder)
    assert refused.value.title == "Tallene i data/ kan ikke bruges"
    first, *lines = refused.value.message.splitlines()
    assert first == f"{len(lines)} fejl. Den hidtidige udgave er uændret."
    return [line.removeprefix("- ") for line in lines]
