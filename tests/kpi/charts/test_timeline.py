"""The time line: a day is a dot, a month or a season as long as it is, and every name is there."""

from dataclasses import replace
from datetime import date
from typing import Any

from kpi.charts.timeline import Moment, season, timeline
from tests.kpi.charts.drawn import labels, texts, validated
from tests.tables import for_each

MEETING = Moment(date(2024, 6, 24), date(2024, 6, 24), "Rådmandsmøde", "24. juni 2024", True)
DAY = Moment(date(2025, 5, 22), date(2025, 5, 22), "Temadag", "22. maj 2025", False)
MONTH = Moment(date(2024, 1, 1), date(2024, 1, 31), "Aftale", "januar 2024", False)
SEASON = Moment(date(2024, 3, 1), date(2024, 5, 31), "Planen sættes i gang", "forår 2024", False)
ALL = [DAY, SEASON, MEETING, MONTH]


def traces(*moments: Moment) -> list[dict[str, Any]]:
    drawn: list[dict[str, Any]] = validated(timeline(moments)).to_dict()["data"]
    return drawn


def days(trace: dict[str, Any]) -> list[date]:
    return [date.fromordinal(int(ordinal)) for ordinal in trace["x"]]


@for_each(
    ("moment", "mode", "drawn"),
    [
        (DAY, "markers", [date(2025, 5, 22)]),
        (MEETING, "markers", [date(2024, 6, 24)]),
        (MONTH, "lines", [date(2024, 1, 1), date(2024, 1, 31)]),  # never one day of it
        (SEASON, "lines", [date(2024, 3, 1), date(2024, 5, 31)]),
    ],
)
def test_a_date_is_drawn_as_exact_as_it_is(moment: Moment, mode: str, drawn: list[date]) -> None:
    (trace,) = traces(moment)
    assert (trace["mode"], days(trace)) == (mode, drawn)


def test_the_oldest_stands_on_top_each_on_a_row_of_its_own() -> None:
    drawn = traces(*ALL)
    rows = [trace["y"][0] for trace in drawn]
    assert rows == sorted(rows, reverse=True)
    assert len(set(rows)) == 4
    assert [days(trace)[0] for trace in drawn] == [
        moment.first for moment in (MONTH, SEASON, MEETING, DAY)
    ]


def test_meetings_are_diamonds_with_a_line_through_all_rows() -> None:
    figure = validated(timeline(ALL)).to_dict()
    symbols = [trace["marker"]["symbol"] for trace in figure["data"]]
    assert symbols.count("diamond") == 1
    (rule,) = figure["layout"]["shapes"]
    assert rule["x0"] == rule["x1"] == MEETING.last.toordinal()


def test_every_name_stands_beside_its_mark_and_its_date_in_the_hover_text() -> None:
    figure = timeline(ALL)
    assert sorted(labels(figure)) == sorted(moment.name for moment in ALL)
    assert {f"{moment.when}: {moment.name}" for moment in ALL} < set(texts(figure))


def test_a_name_leans_away_from_the_nearer_edge() -> None:
    figure = timeline(ALL)
    anchors = [annotation["xanchor"] for annotation in figure.to_dict()["layout"]["annotations"]]
    assert dict(zip(labels(figure), anchors, strict=True)) == {
        "Aftale": "left", "Planen sættes i gang": "left", "Rådmandsmøde": "center",
        "Temadag": "right",
    }  # fmt: skip


@for_each(
    ("name", "drawn"),
    [
        ("Temadag", "Temadag"),
        (
            "Lovhjemmel til at forvalte beskæftigelseslovgivningen på plads",
            "Lovhjemmel til at forvalte<br>beskæftigelseslovgivningen på plads",
        ),
        ("Opgang til Opgang starter i Viby Syd", "Opgang til Opgang starter i Viby Syd"),
        ("x" * 50, "x" * 46 + "<br>" + "x" * 4),
        (
            "meget " * 30,
            "meget meget meget meget meget meget meget<br>" * 2
            + "meget meget meget meget meget meget meget …",
        ),
        ("", ""),
    ],
)
def test_a_long_name_is_broken_over_lines(name: str, drawn: str) -> None:
    figure = timeline([replace(DAY, name=name), MONTH])
    assert drawn in labels(figure)
    assert f"22. maj 2025: {name}" in texts(figure)  # whole in the hover text


def test_longer_names_make_the_chart_higher() -> None:
    short, long = (timeline([replace(DAY, name=name)]) for name in ("Kort", "Et langt navn " * 9))
    assert long.layout.height - short.layout.height == 2 * 17


def test_all_lies_within_the_axis_and_its_ticks_are_named_in_danish() -> None:
    axis = timeline(ALL).to_dict()["layout"]["xaxis"]
    low, high = axis["range"]
    assert low < MONTH.first.toordinal()
    assert high > DAY.last.toordinal()
    assert all(low <= tick <= high for tick in axis["tickvals"])
    assert list(axis["ticktext"]) == ["januar 2024", "juli 2024", "januar 2025"]


def test_one_moment_alone_has_room() -> None:
    low, high = timeline([DAY]).to_dict()["layout"]["xaxis"]["range"]
    assert high - low > 2


@for_each(
    ("day", "first", "last"),
    [
        (date(2024, 3, 1), date(2024, 3, 1), date(2024, 5, 31)),
        (date(2024, 5, 31), date(2024, 3, 1), date(2024, 5, 31)),
        (date(2024, 6, 1), date(2024, 6, 1), date(2024, 8, 31)),
        (date(2024, 9, 30), date(2024, 9, 1), date(2024, 11, 30)),
        # Winter goes over new year, and February over a leap day.
        (date(2023, 12, 1), date(2023, 12, 1), date(2024, 2, 29)),
        (date(2024, 1, 15), date(2023, 12, 1), date(2024, 2, 29)),
        (date(2025, 2, 28), date(2024, 12, 1), date(2025, 2, 28)),
    ],
)
def test_the_season_of_a_day(day: date, first: date, last: date) -> None:
    assert season(day) == (first, last)
