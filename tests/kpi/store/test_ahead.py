"""Figures of periods that have not begun: named beside what is shown, and deciding nothing."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from kpi.cli.show_answers import show_answer, show_text
from kpi.domain import period
from kpi.domain.model import Observation
from kpi.export.csv import write_observations
from kpi.store import Store, init, open_store
from kpi.store.uploads import publish
from kpi.views.standings import standings
from kpi.views.theme import theme_view
from tests.kpi.data_folder import add_source, append, write_tiny
from tests.kpi.store.test_uploads import upload

_PUBLISHED = """
rate,aarhus,all,2030,50.0,,,final
rate,odense,all,2030,40.0,,,final
rate,randers,all,2030,30.0,,,final
rate,viborg,all,2030,35.0,,,final
rate,denmark,all,2030,45.0,,,final
"""
_AREAS = ("aarhus", "odense", "randers", "viborg", "denmark")
_AHEAD = "".join(f"rate;{area_id};2032;{61 + place},0\n" for place, area_id in enumerate(_AREAS))
_PUBLISHED_ON, _FIRST = date(2031, 6, 1), date(2032, 1, 1)


class _Clock:
    """The day in Denmark, for a test to set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.day = _PUBLISHED_ON
        clock = self

        class Now(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> "Now":
                return cls(clock.day.year, clock.day.month, clock.day.day, 12, tzinfo=tz)

        monkeypatch.setattr(period, "datetime", Now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    """A clock at the day of publication."""
    return _Clock(monkeypatch)


@pytest.fixture(scope="module")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Figures of 2030, and those of 2032 that were published in 2031. Never change it: copy it."""
    folder = tmp_path_factory.mktemp("ahead")
    data = write_tiny(folder / "data", "rate,aarhus,all,2029,49.0,,,final")
    append(data, "area.csv", "viborg,Viborg,municipality,denmark,791,")
    add_source(data, "series", "2031-03-01", _PUBLISHED)
    with pytest.MonkeyPatch.context() as patch:
        _Clock(patch)
        init(folder / "home", data)
        file = upload("nøgletal;område;periode;værdi\n" + _AHEAD)
        publish(file, None, "Ida", "x", folder / "home")
    return folder / "home"


@pytest.fixture
def store(clock: _Clock, published_home: Path) -> Iterator[Store]:
    """The store, opened on the day of publication."""
    with closing(open_store(published_home)) as opened:
        yield opened


def _answers(store: Store) -> dict[str, set[str]]:
    """The periods that each question of the store answers with."""
    key, ids = ("rate", "all"), ["rate"]

    def of(rows: list[Observation]) -> set[str]:
        return {row.period.text for row in rows}

    return {
        "newest": of(store.newest(ids, ["aarhus"], ["odense", "denmark"])),
        "series": of(store.series(ids)),
        "at_periods": of(store.at_periods(ids, ["aarhus"], ["2030", "2032"])),
        "everywhere": of(store.everywhere(*key, "2032")),
        "histories": of(store.histories([key], ["aarhus"])),
        "past": of(store.past("aarhus", date(2000, 1, 1))),
        "coverage": {text for _, text, *_ in store.coverage("rate")},
        "medians": {each.text for each in store.medians([key], "aarhus")[key]},
        "newest_periods": {text for _, _, text, *_ in store.newest_periods()},
        "new_since": {
            text
            for texts in store.new_since(_PUBLISHED_ON, ids, ["aarhus"]).values()
            for text in texts
        },
        "ahead": of(store.ahead(ids)),
    }


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_figure_is_shown_from_the_first_day_of_its_period(
    clock: _Clock, store: Store, days: int
) -> None:
    clock.day = _FIRST + timedelta(days)
    has_begun = days >= 0
    answers = _answers(store)
    assert {name for name, texts in answers.items() if "2032" in texts} == (
        {*answers} - {"ahead"} if has_begun else {"ahead"}
    )
    # What the newest figure is compared with is there on each of the days.
    assert answers["newest"] >= ({"2030", "2032"} if has_begun else {"2029", "2030"})


def test_on_an_earlier_day_it_had_not_begun(clock: _Clock, published_home: Path) -> None:
    clock.day = _FIRST + timedelta(30)
    for day, newest in ((_FIRST - timedelta(1), {"2029", "2030"}), (_FIRST, {"2030", "2032"})):
        with closing(open_store(published_home, as_of=day)) as earlier:
            answers = _answers(earlier)
            assert answers["newest"] >= newest, day
            assert ("2032" in answers["ahead"]) is (day < _FIRST)


def test_pages_name_it_and_judge_by_the_newest_that_has_begun(clock: _Clock, store: Store) -> None:
    (card,) = (
        each
        for each in theme_view(store, store.catalog(), "work", "aarhus").cards
        if each.indicator.indicator_id == "rate"
    )
    assert card.period == "2030"
    assert card.value == "50,0\xa0%"
    assert card.newer == "Tal for 2032: 61,0\xa0% (perioden er ikke begyndt)."


def test_show_names_it(store: Store) -> None:
    catalog = store.catalog()
    figures = standings(store, "rate", ["aarhus"])
    assert "Tal for 2032: 61,0 % (perioden er ikke begyndt)." in show_text(catalog, "rate", figures)
    (row,) = show_answer(store, "rate", figures)["rows"]
    assert (row["period"], row["not_begun"]) == ("2030", [{"period": "2032", "value": 61.0}])


def test_the_whole_of_what_is_published_is_exported(store: Store) -> None:
    content, rows = write_observations(store, None, None)
    assert rows == 1 + 2 * len(_AREAS)
    assert content.count(",2032,") == len(_AREAS)


def test_an_indicator_of_which_all_figures_lie_ahead_has_no_figure_yet(
    clock: _Clock, published_home: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(published_home, tmp_path / "home")
    text = "nøgletal;område;periode;værdi\npersons;aarhus;2032;30\n"
    publish(upload(text), None, "Ida", "x", home)
    with closing(open_store(home)) as opened:
        view = theme_view(opened, opened.catalog(), "work", "aarhus")
        (card,) = (
            each for each in (*view.cards, *view.later) if each.indicator.indicator_id == "persons"
        )
    assert card.value == "–"
    assert card.sentence.startswith("Tal for 2032: 30")
