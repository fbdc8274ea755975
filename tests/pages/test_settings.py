"""The setting KPI_AREA: whose dashboard this is."""

import pytest

from tests.pages.visit import assert_healthy, open_page, read, texts_of, title_of

pytestmark = pytest.mark.usefixtures("shared_home", "no_pictures")


@pytest.mark.some_cases
@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("overblik", "Beskæftigelse, handleplan og Opgang til Opgang"),
        ("tema", "Odense ligger dårligere end hele landet"),
        (
            "omraade",
            "Odense ligger efter på beskæftigelse, men foran på fravær",
        ),
        ("sammenlign", "Odense ligger 4,9 procentpoint under hele landet"),  # 72,2 and 77,1
        ("udvalg", "Odense · Data som kendt 19. marts 2025"),
    ],
)
def test_another_municipality_starts_from_itself(
    monkeypatch: pytest.MonkeyPatch, page: str, text: str
) -> None:
    monkeypatch.setenv("KPI_AREA", "odense")
    app = open_page(page)
    assert_healthy(app)
    assert text in texts_of(app)


@pytest.mark.parametrize(
    "page", ["overblik", "tema", "omraade", "sammenlign", "handleplan", "udvalg"]
)
def test_an_unknown_municipality_is_reported_with_the_setting(
    monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv("KPI_AREA", "odnse")
    app = open_page(page)
    assert [error.message for error in app.exception] == []
    (error,) = app.error
    assert "»odnse«" in read(error.value)
    assert "»odense«" in read(error.value)
    assert "KPI_AREA" in title_of(app) + read(error.value)
