"""Targets beside a development: all are described, and only what is decided is drawn."""

from dataclasses import replace
from datetime import date

from kpi.charts.marks import LIMIT, DotMarks, LineMarks
from kpi.domain.figures import Figures
from kpi.domain.model import Break
from kpi.domain.period import parse_period
from kpi.domain.plan import Target
from kpi.domain.vocabulary import TARGET_STATES, TargetState
from kpi.exhibits import trend_exhibit
from kpi.exhibits.points import points_exhibit
from kpi.exhibits.targets import lines_to_targets, progress_remarks, targets_ahead
from tests.kpi.made import catalog, indicator, observation
from tests.tables import for_each

RATE = indicator()
OWN = [observation(70.0, "2020"), observation(71.0, "2022")]


def target(state: TargetState) -> Target:
    return Target(state, "rate", "aarhus", "all", "2026", 76, state, "", "paper")


@for_each(
    ("state", "drawn", "opening"),
    [
        ("decided", ["Måltal 2026"], "Måltal: 76,0 % i 2026"),
        ("proposed", [], "Foreslået: 76,0 % i 2026"),
        ("ceiling", [], "Loft: højst 76,0 % i 2026"),
    ],
)
def test_only_a_decided_target_is_a_line_and_a_mark(
    state: TargetState, drawn: list[str], opening: str
) -> None:
    known = replace(catalog(), targets=(target(state),))
    ahead = targets_ahead(OWN, known)
    assert [way.name for way in lines_to_targets(ahead, OWN, OWN, RATE, known)] == drawn
    remarks = [
        target_remark.replace("\u00a0", " ")
        for target_remark in progress_remarks(ahead, OWN, RATE, known)
    ]
    assert remarks[0].startswith(opening)
    assert any(remark.startswith("Bagud") for remark in remarks) is bool(drawn)
    exhibit = points_exhibit(RATE, "all", ["aarhus"], parse_period("2022"), Figures(OWN), known)
    assert exhibit is not None
    # Beside nothing that is decided the figure is a number and no lone dot.
    dots = exhibit.marks.dots if isinstance(exhibit.marks, DotMarks) else ()
    assert [dot.name for dot in dots][1:] == drawn
    assert len(exhibit.table.rows) == 2  # what is not drawn is described all the same


@for_each(
    ("break_day", "along"),
    [
        (None, ["2020", "2023"]),
        (date(2022, 1, 1), ["2022", "2023"]),  # none beside figures of before the law
        (date(2023, 1, 1), ["2023"]),
        (date(2025, 1, 1), []),  # the limit counts in a later way than all figures
    ],
)
def test_a_limit_of_the_law_is_a_level_line_of_its_own(
    break_day: date | None, along: list[str]
) -> None:
    breaks = (Break(break_day, "Ny lov"),) if break_day else ()
    rate = replace(RATE, breaks=breaks)
    known = replace(catalog(rate), targets=(target("legal_threshold"),))
    rows = [*OWN, observation(71.5, "2023")]
    exhibit = trend_exhibit(rate, "all", ("aarhus",), Figures(rows), known)
    assert exhibit is not None
    assert isinstance(exhibit.marks, LineMarks)
    limits = [line for line in exhibit.marks.lines if line.role == LIMIT]
    drawn = [(point.period.text, point.value) for line in limits for point in line.points]
    assert drawn == [(period, 76) for period in along]
    assert ("Lovens grænse: 76" in exhibit.alt) is bool(along)
    # It is never said to be anybody's target, nor the way to one.
    assert "ltal" not in " ".join(exhibit.remarks)
    assert any(remark.startswith("Lovens grænse: ") for remark in exhibit.remarks)
    figure = exhibit.figure
    dotted = [trace for trace in figure.data if trace.line.dash == "dot"]
    assert [trace.name for trace in dotted] == ["Lovens grænse"] * (len(along) > 1)


def test_the_next_target_of_each_state() -> None:
    known = replace(
        catalog(), targets=tuple(target(target_state) for target_state in TARGET_STATES)
    )
    assert [target_row.state for target_row in targets_ahead(OWN, known)] == list(TARGET_STATES)


@for_each(
    ("limits", "counting"),
    [
        ([(76, "2026")], [76]),
        ([(74, "2026"), (76, "2026")], [74, 76]),
        ([(74, "2026"), (76, "2027")], [74]),  # the next date's alone
        ([(60, "2018"), (74, "2026"), (76, "2026")], [74, 76]),  # none of a former law
        ([(60, "2018"), (74, "2020"), (76, "2020")], [74, 76]),  # all passed: the newest law's
    ],
)
def test_all_limits_of_one_law_and_date_are_drawn_and_named(
    limits: list[tuple[float, str]], counting: list[float]
) -> None:
    # Which limit is next is a question of the day: of one on which 2026 and 2027 are both ahead.
    known = replace(
        catalog(RATE),
        as_of=date(2025, 3, 19),
        targets=tuple(
            replace(target("legal_threshold"), target_id=f"law_{value}", value=value, period=period)
            for value, period in limits
        ),
    )
    assert [limit.value for limit in targets_ahead(OWN, known)] == counting
    exhibit = trend_exhibit(RATE, "all", ("aarhus",), Figures(OWN), known)
    assert exhibit is not None
    assert isinstance(exhibit.marks, LineMarks)
    drawn = [line.points[0].value for line in exhibit.marks.lines if line.role == LIMIT]
    assert drawn == counting
    labels = [label.text or "" for label in exhibit.figure.layout.annotations]
    assert sum(label.startswith("Lovens grænse") for label in labels) == len(counting)
    for value in counting:
        assert f"Lovens grænse: {value}" in exhibit.alt
        assert any(f"Lovens grænse: {value}" in remark for remark in exhibit.remarks)
    assert exhibit.alt.count("Lovens grænse") == len(counting)


@for_each(
    ("notes", "names"),
    [
        ({76: "Over 76 % (§ 61 a, stk. 1, nr. 1); 2 af 4", 74: "Over 74 % (§ 61 b)"},
         ["Lovens grænse (§ 61 b)", "Lovens grænse (§ 61 a)"]),
        ({76: "(§ 61 a, stk. 1)", 76.0001: "", 75: ""},
         ["Lovens grænse", "Lovens grænse (§ 61 a)", "Lovens grænse"]),
        ({76: "Efter § 7 i loven"}, ["Lovens grænse (§ 7)"]),
        ({76: "Se § 12 og lov om det"}, ["Lovens grænse (§ 12)"]),
    ],
)  # fmt: skip
def test_a_limits_line_says_of_which_section_it_is(
    notes: dict[float, str], names: list[str]
) -> None:
    limits = [
        replace(target("legal_threshold"), target_id=f"law_{value}", value=value, note=note)
        for value, note in sorted(notes.items())
    ]
    lines = lines_to_targets(limits, OWN, OWN, RATE, catalog())
    assert [line.name for line in lines] == names


def test_limits_of_one_value_are_one_line_that_names_both() -> None:
    limits = [
        replace(
            target("legal_threshold"), target_id=section, note=f"Over 76 % (§ {section}, nr. 1)"
        )
        for section in ("61 a", "61 b")
    ]
    (line,) = lines_to_targets(limits, OWN, OWN, RATE, catalog())
    assert line.name == "Lovens grænse (§ 61 a og § 61 b)"


@for_each(
    ("values", "said"),
    [
        # The target's own year counts, though newer figures are there.
        ({"2019": 70, "2020": 74, "2021": 78},
         ["Måltal: 76,0 % i 2020; tallet er 2,0 procentpoint under måltallet.",
          "Måltallet blev ikke nået i 2020."]),
        ({"2020": 77, "2021": 70},
         ["Måltal: 76,0 % i 2020; tallet er 1,0 procentpoint over måltallet.",
          "Måltallet er nået i 2020."]),
        # Without it the newest.
        ({"2019": 70, "2021": 74},
         ["Måltal: 76,0 % i 2020; tallet i 2021 er 2,0 procentpoint under måltallet."]),
    ],
)  # fmt: skip
def test_a_target_of_a_past_year_is_compared_with_that_year(
    values: dict[str, float], said: list[str]
) -> None:
    own = [observation(value, year) for year, value in values.items()]
    past = replace(target("decided"), period="2020", set_on=date(2024, 1, 1))
    remarks = [
        target_remark.replace("\u00a0", " ")
        for target_remark in progress_remarks([past], own, RATE, catalog())
    ]
    assert remarks[: len(said)] == said
    assert not any(
        "siden måltallet blev fastsat" in remark for remark in remarks[:2] if len(said) == 2
    )
