"""Labels whose codes in the same file are of another area, period or group are refused."""

import json
from collections.abc import Mapping

import pytest

from tests.kpi.ingest.checked import Desk

RATE = "employment_rate"
AREAS = {"751": "Aarhus", "461": "Odense"}
TIMES = {"2022": "2022"}


def jsonstat(areas: Mapping[str, str], times: Mapping[str, str], **more: Mapping[str, str]) -> str:
    """A data set of 70 in each cell; further dimensions have one value each."""
    dimensions = {"OMRÅDE": areas, "Tid": times, **more}
    return json.dumps({
        "class": "dataset", "version": "2.0", "label": "Beskæftigelsesfrekvens",
        "id": list(dimensions), "size": [len(labels) for labels in dimensions.values()],
        "dimension": {
            code: {"label": code, "category": {"index": list(labels), "label": dict(labels)}}
            for code, labels in dimensions.items()
        },
        "value": [70 + cell for cell in range(len(areas) * len(times))],
    })  # fmt: skip


def px(areas: Mapping[str, str], times: Mapping[str, str]) -> str:
    def quoted(texts: object) -> str:
        return ",".join(f'"{text}"' for text in list(texts))  # type: ignore[call-overload]

    return (
        'CHARSET="ANSI";\nLANGUAGE="da";\nTITLE="Beskæftigelsesfrekvens";\nDECIMALS=1;\n'
        'STUB="område";\nHEADING="tid";\n'
        f'VALUES("område")={quoted(areas.values())};\nCODES("område")={quoted(areas)};\n'
        f'VALUES("tid")={quoted(times.values())};\nCODES("tid")={quoted(times)};\n'
        f"DATA={' '.join(['70.5'] * len(areas) * len(times))};\n"
    )


@pytest.mark.parametrize("form", [jsonstat, px])
@pytest.mark.parametrize(
    ("areas", "times", "code", "named"),
    [
        (AREAS, TIMES, None, ()),
        ({"461": "Aarhus", "751": "Odense"}, TIMES, "unknown_area", ("Aarhus", "461", "Odense")),
        ({"751": "Aarhus", "730": "Odense"}, TIMES, "unknown_area", ("Odense", "730", "Randers")),
        ({"0461": "Aarhus"}, TIMES, "unknown_area", ("Aarhus", "0461", "Odense")),
        ({"081": "Aarhus"}, TIMES, "unknown_area", ("Aarhus", "081", "Nordjylland")),
        (AREAS, {"2021": "2022"}, "unknown_period", ("2022", "2021")),
        (AREAS, {"2022K1": "2022K2"}, "unknown_period", ("2022K2", "1. kvartal 2022")),
        # Codes of a sequence, of another kind of period, and of what nobody knows.
        ({"1": "Aarhus", "2": "Odense"}, TIMES, None, ()),
        ({"81": "Aarhus", "84": "Odense"}, TIMES, None, ()),
        ({"A": "Aarhus", "B": "Odense"}, TIMES, None, ()),
        ({"751": "Aarhus Kommune", "461": "Odense"}, {"1": "2022"}, None, ()),
        (AREAS, {"2022Q1": "1. kvartal 2022"}, None, ()),
    ],
)  # fmt: skip
def test_areas_and_periods(
    real: Desk, form: object, areas: dict[str, str], times: dict[str, str], code: str | None,
    named: tuple[str, ...],
) -> None:  # fmt: skip
    content = form(areas, times)  # type: ignore[operator]
    raw = content if form is jsonstat else content.encode("cp1252")
    checked = real.check(raw, indicator_id=RATE)
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    assert [problem.code for problem in errors] == ([code] if code else [])
    for name in named:
        assert name in errors[0].message


@pytest.mark.parametrize(
    ("code", "label", "is_error"),
    [
        ("K", "Mænd", True), ("M", "Kvinder", True), ("TOT", "Kvinder", True), ("F", "Men", True),
        ("M", "Mænd", False), ("K", "Kvinder", False), ("1", "Mænd", False),
        ("TOT", "I alt", False), ("_T", "Mænd og kvinder", False),
    ],
)  # fmt: skip
def test_sexes(real: Desk, code: str, label: str, is_error: bool) -> None:
    checked = real.check(jsonstat(AREAS, TIMES, KØN={code: label}), indicator_id=RATE)
    reported = [problem for problem in checked.problems if f"koden »{code}«" in problem.message]
    assert bool(reported) == is_error


@pytest.mark.parametrize(
    ("code", "label", "is_error"),
    [("24", "Dansk", True), ("1", "Dansk", False), ("24", "Ikke-vestlig", False)],
)
def test_groups_by_a_recipe(real: Desk, code: str, label: str, is_error: bool) -> None:
    recipe = f"""
    title = "Prøve"
    source_id = "own_upload"
    indicator_id = "{RATE}"
    area = "OMRÅDE"
    period = "Tid"
    value = "INDHOLD"
    decimal = "point"
    [group]
    column = "HERK"
    "Dansk" = "danish"
    "1" = "danish"
    "24" = "non_western"
    "Ikke-vestlig" = "non_western"
    """
    checked = real.check(jsonstat(AREAS, TIMES, HERK={code: label}), recipe)
    assert ("unknown_group" in [problem.code for problem in checked.problems]) == is_error


def test_a_code_before_the_name_of_another_area(real: Desk) -> None:
    for text in ("751: Odense", "751 Odense", "Odense (751)", "Odense 751"):
        checked = real.check(f"REF_AREA;TIME_PERIOD;OBS_VALUE\n{text};2022;70\n461;2022;71\n",
                             indicator_id=RATE)  # fmt: skip
        (problem,) = [problem for problem in checked.problems if problem.code == "unknown_area"]
        assert "Koden 751 er Aarhus, men navnet er Odense" in problem.message
    same = real.check("REF_AREA;TIME_PERIOD;OBS_VALUE\n751: Aarhus;2022;70\n", indicator_id=RATE)
    assert "unknown_area" not in [problem.code for problem in same.problems]


def test_a_column_of_codes_is_known_by_its_name_too(real: Desk) -> None:
    rows = "OMRÅDE;OMRÅDE navn;TID;INDHOLD\n751;{};2022;70\n461;{};2022;71\n"
    assert not real.check(rows.format("Odense", "Aarhus"), indicator_id=RATE).publishable
    assert real.check(rows.format("Aarhus", "Odense"), indicator_id=RATE).publishable
