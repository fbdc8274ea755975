"""Limits (`mindst 0,45`, a range) beside what is known: scales and great changes, as of figures."""

from tests.kpi.ingest.checked import BESIDE_OTHERS, Desk, apart, codes
from tests.kpi.ingest.plausible_rows import AREAS

LIMITS = "nøgletal;område;periode;værdi;lav;høj;note\n"


LIMITS_BESIDE = (
    ("rate;aarhus;2023;;0,45;0,52;", "scale"),
    ("rate;aarhus;2023;mindst 0,45;;;", "scale"),
    ("rate;aarhus;2023;højst 0,52;;;", "scale"),
    ("rate;ribe;2023;;0,45;0,52;", "scale"),  # beside the other areas
    ("share;aarhus;2023;;0,45;0,52;", "scale"),  # nothing is known
    ("small;aarhus;2023;;0,3;0,5;", None),
    ("rate;aarhus;2023;;45;52;", None),
    ("rate;aarhus;2023;mindst 10;;;", None),
    ("rate;aarhus;2023;;4,5;5,2;", "big_change"),
    ("persons;aarhus;2023;mindst 18000;;;", "big_change"),
    ("persons;aarhus;2023;mindst 18000;;;Bekræftet", None),
    ("persons;aarhus;2023;højst 180;;;", "big_change"),
    ("persons;aarhus;2023;højst 18000;;;", None),
    ("persons;ribe;2023;mindst 18000;;;", None),  # counts grow with the area
    ("few;aarhus;2023;mindst 17;;;", None),
    ("persons;aarhus;2023M05;højst 180;;;", None),  # another kind of period
)


def test_a_limit_is_compared_with_what_is_published(desk: Desk) -> None:
    for rows in apart(LIMITS_BESIDE, lambda row: row[0].partition(";")[0]):
        checked = desk.check(LIMITS + "\n".join(row for row, _ in rows))
        reported_of_rows = {
            problem.row: (problem.code, problem.severity == "error")
            for problem in checked.problems
            if problem.code in BESIDE_OTHERS - {"other_period_kind", "other_source", "begun_period"}
        }
        assert reported_of_rows == {
            line: (code, code == "scale") for line, (_, code) in enumerate(rows, start=2) if code
        }, rows


def test_fractions_among_limits_are_asked_about_once(desk: Desk) -> None:
    limits = "".join(f"rate;{area};2023;;0,4{n};0,5{n};\n" for n, area in enumerate(AREAS))
    (scale,) = [
        problem for problem in desk.check(LIMITS + limits).problems if problem.code == "scale"
    ]
    assert "--scale 100" in scale.hint
    both = limits + "rate;ribe;2023;0,52;;;\n"
    assert codes(desk.check(LIMITS + both)).count("scale") == 1
    beside_percentages = limits + "rate;ribe;2023;52;;;\n"
    (scale,) = [
        problem
        for problem in desk.check(LIMITS + beside_percentages).problems
        if problem.code == "scale"
    ]
    assert scale.hint.startswith("Ret tallene i filen")
