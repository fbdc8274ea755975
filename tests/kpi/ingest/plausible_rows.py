"""A store of plain series, and rows that continue them."""

import random
from collections.abc import Iterable

from kpi.ingest.checked import Checked
from kpi.ingest.checking import check
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store.connection import compared_with
from tests.kpi.ingest.checked import BESIDE_OTHERS, Desk, codes

HEAD = "nøgletal;område;periode;værdi;note\n"
AREAS = ("aarhus", "odense", "randers", "esbjerg", "lolland", "faxe", "vejle", "kolding")
# What each area has in 2021 and 2022, by indicator; the others are twice, thrice ... as large.
LEVELS = {"rate": 48.0, "small": 0.4, "persons": 1803.0, "few": 3.0, "hours": 37.5, "mean": 2.1}
YEARS = ("2021", "2022")


def level(indicator: str, number: int) -> float:
    """The published level of the area with this number."""
    if indicator in ("rate", "small", "mean"):
        return LEVELS[indicator] * (1 + number / 20)
    return LEVELS[indicator] * (1 + number)


def text(value: float) -> str:
    """A number as a Danish file has it."""
    return f"{value:.10g}".replace(".", ",")


def rows_of(
    indicator: str, values: Iterable[float], period: str = "2023", areas: tuple[str, ...] = AREAS
) -> str:
    """A row an area."""
    return "".join(
        f"{indicator};{area};{period};{text(value)};\n"
        for area, value in zip(areas, values, strict=False)
    )


def beside(checked: Checked) -> list[str]:
    """The codes of figures beside others; kinds of periods, and sources, have their own tests."""
    others = BESIDE_OTHERS - {"other_period_kind", "other_source"}
    return [code for code in codes(checked) if code in others]


def answered(desk: Desk, content: str, scale: float) -> Checked:
    """The file, checked with the answer of a person."""
    with compared_with(desk.version, 0) as connection:
        upload = Upload("tal.csv", (HEAD + content).encode())
        return check(connection, upload, desk.catalog, Choices(scale=scale))


def continued(indicator: str, seed: int) -> list[float]:
    """What an area's figure may do in a year, in both directions, and is plausible."""
    chance = random.Random(seed)
    reach = 0.08 if indicator == "rate" else 0.4
    values = [
        level(indicator, number) * (1 + reach * (2 * chance.random() - 1))
        for number in range(len(AREAS))
    ]
    if indicator in ("persons", "few"):
        values = [round(value) for value in values]
    if indicator == "few":
        values = [max(value, 2) for value in values]
    return [round(value, 3) for value in values]
