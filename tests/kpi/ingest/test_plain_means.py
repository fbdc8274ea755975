"""A country's figure that is the plain mean of its municipalities' is reported."""

from statistics import mean

import pytest

from tests.kpi.ingest.checked import Desk, municipal_figures

RATE, NEWEST = "employment_rate", "2021"  # of the plan's employment rates
HEAD = "nøgletal;område;periode;værdi;tæller;nævner\n"
NORTHERN = (
    "broenderslev", "frederikshavn", "hjoerring", "jammerbugt", "laesoe", "mariagerfjord",
    "morsoe", "rebild", "thisted", "vesthimmerlands", "aalborg",
)  # fmt: skip
CITIES = ("aarhus", "odense", "aalborg", "koebenhavn", "gentofte", "lolland")


def _reported(desk: Desk, rows: list[str]) -> list[str]:
    checked = desk.check(HEAD + "\n".join((*rows, "")).replace(".", ","))
    return [p.message for p in checked.problems if p.code == "unlike_others"]


@pytest.mark.parametrize(
    ("areas", "off", "is_reported"),
    [
        ((), 0.0, True), ((), 0.04, True), ((), 0.2, False), ((), -0.7, False),
        (CITIES, 0.0, True), (CITIES, 0.3, False), (CITIES[:4], 0.0, False),
    ],
)  # fmt: skip
def test_without_denominators(
    real: Desk, areas: tuple[str, ...], off: float, is_reported: bool
) -> None:
    """All municipalities (`areas` empty) and the six, of which the country's was not the mean."""
    before = municipal_figures(real, RATE, "all", NEWEST)
    own = {area: value + 0.3 for area, value in before.items() if area in areas or not areas}
    rows = [f"{RATE};{area};2022;{value:.1f};;" for area, value in own.items()]
    rows.append(f"{RATE};denmark;2022;{mean(own.values()) + off:.2f};;")
    messages = _reported(real, rows)
    assert bool(messages) is is_reported, messages
    assert all("hvor alle tæller lige meget. Før var Hele landet" in text for text in messages)


@pytest.mark.parametrize(
    ("value", "words"),
    [(50.0, "hvor alle tæller lige meget; deres nævnere giver"), (57.0, "tal og nævnere giver"),
     (80.0, "passer ikke med sine dele"), (None, "")],
)  # fmt: skip
def test_denominators(real: Desk, value: float | None, words: str) -> None:
    """Nine in ten small municipalities have 49 %, the large ones 59 %."""
    areas = [area.area_id for area in real.catalog.areas.values() if area.level == "municipality"]
    shares = {area: (59.0, 100_000) if at % 10 == 0 else (49.0, 1_000)
              for at, area in enumerate(areas)}  # fmt: skip
    total = sum(whole for _, whole in shares.values())
    weighted = sum(share * whole for share, whole in shares.values()) / total
    plain = mean(share for share, _ in shares.values())
    rows = [
        f"{RATE};{area};2022;{share};{round(share * whole / 100)};{whole}"
        for area, (share, whole) in shares.items()
    ]
    of_country = weighted if value is None else plain if value == 50 else value
    rows.append(f"{RATE};denmark;2022;{of_country:.2f};;")
    messages = [text for text in _reported(real, rows) if text.startswith("Hele landet")]
    assert [words in text for text in messages] == [True] * bool(words), messages


def test_an_older_period(real: Desk) -> None:
    """The year before the file's newest one is looked at as that is; so is a range it lies in."""
    before = municipal_figures(real, RATE, "all", NEWEST)
    own = {area: value + 0.3 for area, value in before.items()}
    for value, words in ((mean(own.values()), "alle tæller lige meget"), (95.0, "sine dele")):
        rows = [
            f"{RATE};{area};{year};{of_area:.2f};;"
            for year, of_country in (("2022", value), ("2023", mean(own.values()) - 0.8))
            for area, of_area in {**own, "denmark": of_country}.items()
        ]
        (message,) = [text for text in _reported(real, rows) if text.startswith("Hele landet")]
        assert words in message
        assert "2022" in message


def test_the_municipalities_of_a_region(real: Desk) -> None:
    """Eleven municipalities are a region's; the others' figures say nothing of it."""
    before = municipal_figures(real, RATE, "all", NEWEST)
    of_region = {area: value + 0.3 for area, value in before.items() if area in NORTHERN}
    for value, words in (
        (mean(of_region.values()), "de 11 kommuners gennemsnit"),
        (mean(of_region.values()) - 0.8, ""),
        (max(of_region.values()) + 0.4, "de 11 kommuner har"),
    ):  # fmt: skip
        rows = [f"{RATE};{area};2022;{of_area:.2f};;" for area, of_area in of_region.items()]
        rows.append(f"{RATE};region_nordjylland;2022;{value:.2f};;")
        messages = [text for text in _reported(real, rows) if text.startswith("Region Nord")]
        assert [words in text for text in messages] == [True] * bool(words), messages
