"""Stores of next to nothing: pages draw what there is, and say in Danish what there is not."""

from pathlib import Path

import pytest

from kpi.store import init
from tests.kpi.data_folder import write_tiny
from tests.pages.visit import PAGES, open_page, read, title_of

NO_PAPER = (
    "Der er ingen tal for de valgte nøgletal i Aarhus pr. 24. juni 2024. Vælg et andet område, "
    "andre nøgletal eller en anden dag."
)
# A store's figures, and what its page Udvalg says where no paper can be made of them.
STORES = {
    "one figure": ("rate,aarhus,all,2022,70,,,final", []),
    "none of the first area": (
        "rate,odense,all,2022,70,,,final rate,denmark,all,2022,75,,,final", [NO_PAPER],
    ),
}  # fmt: skip


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("name", list(STORES))
def test_every_page_draws_a_store_of_next_to_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures, without_paper = STORES[name]
    monkeypatch.setenv("KPI_HOME", str(tmp_path / "spor"))
    init(tmp_path / "spor", write_tiny(tmp_path / "tiny", figures))
    for page in (*PAGES, "indlaes", "vejledning"):
        app = open_page(page)
        assert [error.message for error in app.exception] == [], page
        expected = without_paper if page == "udvalg" else []
        assert [read(error.value) for error in app.error] == expected, page
        assert title_of(app), page
