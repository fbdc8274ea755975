"""On an earlier day nothing later shows through: no view, paper or file holds a later text.

The days are the day before, the day of, and the day after each source of data/ was published.
"""

import csv
import dataclasses
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.period import last_day
from kpi.export.choice import Choice
from kpi.export.csv import observations_csv
from kpi.export.deck import deck
from kpi.export.news import looked_back_to, with_news
from kpi.export.paper import Paper, paper
from kpi.export.workbook import workbook
from kpi.store import Store, open_store
from kpi.views.about import about_view
from kpi.views.area import area_view, opened_row
from kpi.views.claims import claims_of, disputed_keys
from kpi.views.headlines import headlines
from kpi.views.heat_map import heat_map
from kpi.views.indicator import indicator_view
from kpi.views.indicator_history import history
from kpi.views.meetings import follow_up, usual_meeting
from kpi.views.new_at_home import new_at_home
from kpi.views.next_steps import next_steps
from kpi.views.overview import overview
from kpi.views.plan import plan_view
from kpi.views.plan_moves import plan_moves
from kpi.views.since import since_view
from kpi.views.theme import theme_view
from kpi.views.waiting import waiting
from tests.conftest import DATA
from tests.tiers import some

AREAS = ("aarhus", "gellerup", "odense")
# Shorter texts are words that anyone may use.
_SHORTEST = 12


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((DATA / name).read_text(encoding="utf-8-sig"))))


PUBLISHED = {
    row["source_id"]: last_day(row["published"]) for row in _rows("source.csv") if row["published"]
}
# What an evaluation of the plan says is known from here on.
EVALUATION = PUBLISHED["status_2025"]


def _around(day: date) -> set[date]:
    return {day + timedelta(days=step) for step in (-1, 0, 1)}


DAYS = sorted({near for day in PUBLISHED.values() for near in _around(day)})
_TEXTS = {
    "source.csv": ("title", "section"),
    "target.csv": ("note",),
    "event.csv": ("title",),
    "initiative_status.csv": ("summary",),
    "claim.csv": ("explanation",),
    **{
        f"observations/{path.name}": ("as_published", "note")
        for path in sorted((DATA / "observations").glob("*.csv"))
    },
}


# Stands in no text, so that none is found across two: to look through one long text is far quicker.
_BETWEEN = "\0"


@cache
def _texts() -> dict[str, set[str]]:
    """source_id to every text that came with it, those of its indicators too."""
    texts: dict[str, set[str]] = {source_id: set() for source_id in PUBLISHED}
    brought: dict[str, set[str]] = {}
    for name, columns in _TEXTS.items():
        for row in _rows(name):
            if row["source_id"] in texts:
                texts[row["source_id"]] |= {row[column] for column in columns}
            if name.startswith("observations/"):
                brought.setdefault(row["indicator_id"], set()).add(row["source_id"])
    for row in _rows("indicator.csv"):
        sources = sorted(brought.get(row["indicator_id"], ()), key=PUBLISHED.__getitem__)
        if sources:
            texts[sources[0]].add(row["definition"])
            texts[sources[-1]].add(row["source_note"])
    return texts


def later_texts(day: date) -> set[str]:
    """What no page of the day may hold: texts of later sources that no earlier one has."""
    known = {
        text
        for source_id, texts in _texts().items()
        if PUBLISHED[source_id] <= day
        for text in texts
    }
    known |= {text for name in ("theme.csv", "initiative.csv") for row in _rows(name)
              for text in row.values()}  # fmt: skip
    known |= {text for row in _rows("indicator.csv") for text in (row["name"], row["short_name"])}
    later = {
        text
        for source_id, texts in _texts().items()
        if PUBLISHED[source_id] > day
        for text in texts
    }
    later |= {row["title"] for row in _rows("meeting.csv") if row["date"] > day.isoformat()}
    of_known = _BETWEEN.join(known)
    return {text for text in later if len(text) >= _SHORTEST and text not in of_known}


def strings(value: object) -> Iterator[str]:
    """Every text within a view or paper."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from strings(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))


def _views(store: Store, known: Catalog, home: Path) -> Iterator[object]:
    """All that the pages show of the day, each view by itself."""
    day = store.day
    claims = claims_of(store, known)
    yield about_view(store, known)
    yield store.entries()
    for area_id in some(AREAS, 2):
        front = overview(store, known, claims, area_id)
        yield front
        yield heat_map(store, known, area_id)
        yield waiting(front.overdue, store.plan(), known, day)
        page = area_view(store, known, area_id)
        yield page
        for row in page.profile.rows:
            yield opened_row(store, known, area_id, *row.key)
        for theme_id in known.themes:
            yield theme_view(store, known, theme_id, area_id)
    for indicator in known.indicators.values():
        yield indicator_view(store, known, indicator, "aarhus")
        yield history(store, known, indicator)
    plan = store.plan()
    yield plan
    meeting = usual_meeting(known, plan, day)
    seen = plan_view(store, known, meeting.day if meeting else None, day, "aarhus")
    yield from (seen, next_steps(seen, known))
    if meeting:
        yield headlines(store, known, meeting, "aarhus")
        yield new_at_home(store, known, meeting, "aarhus")
        yield follow_up(plan, known, meeting, day)
        yield plan_moves(plan, known, meeting.day, day)
        then = open_store(home, as_of=meeting.day)
        yield since_view(then, store, known, meeting.day, "aarhus")
        then.close()


def _paper(store: Store, known: Catalog, home: Path) -> Paper | None:
    """The paper of the last meeting by the day, with its news; None without a figure."""
    meetings = [meeting for meeting in known.meetings.values() if meeting.day <= store.day]
    try:
        made = paper(store, known, Choice("aarhus", meetings[-1].meeting_id if meetings else ""))
    except KpiError:
        return None
    before = looked_back_to(made, store.plan(), known)
    if before is None:
        return made
    then = open_store(home, as_of=before.day)
    news = since_view(then, store, known, before.day, "aarhus")
    then.close()
    return with_news(made, before, news, known)


def _opened(home: Path, day: date) -> tuple[Store, Catalog]:
    store = open_store(home, as_of=day)
    known = store.catalog()
    return store, replace(known, disputed=disputed_keys(claims_of(store, known)))


def _shown_later(texts: Iterable[str], day: date) -> set[str]:
    shown = _BETWEEN.join(texts)
    return {later for later in later_texts(day) if later in shown}


def test_there_is_something_to_hide() -> None:
    """Else the tests below could not fail."""
    assert len(later_texts(date(2024, 6, 18))) > 100
    assert "Året er aflæst som figurens sidste punkt" in later_texts(date(2025, 3, 10))
    assert "Tallene afløses, når tabellen hentes direkte hos kilden" in " ".join(
        later_texts(date(2026, 11, 24))
    )
    assert later_texts(max(PUBLISHED.values())) == set()


# An earlier day of all figures is dear to open, so what shows on it is looked at together; and
# `make test` looks at the days around one source.
@pytest.mark.parametrize(
    "day",
    [
        pytest.param(day, marks=[] if day in _around(EVALUATION) else pytest.mark.soak)
        for day in DAYS
    ],
)
def test_no_view_and_no_paper_holds_a_later_text_or_meeting(shipped_home: Path, day: date) -> None:
    store, known = _opened(shipped_home, day)
    shown = [text for view in _views(store, known, shipped_home) for text in strings(view)]
    assert shown
    assert _shown_later(shown, day) == set()
    made = _paper(store, known, shipped_home)
    assert made is None or _shown_later(strings(made), day) == set()
    seen = plan_view(store, known, None, day, "aarhus")
    ahead = next_steps(seen, known).ahead
    later = [
        moment for moment in (*seen.moments, *ahead) if moment.is_meeting and moment.last > day
    ]
    assert later == []
    store.close()


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2024, 6, 24), marks=pytest.mark.soak),
        date(2025, 3, 10),
        pytest.param(date(2025, 3, 19), marks=pytest.mark.soak),
    ],
)
def test_no_file_holds_a_later_text(shipped_home: Path, day: date) -> None:
    store, known = _opened(shipped_home, day)
    made = _paper(store, known, shipped_home)
    assert made is not None
    rows = [row for item in made.items for row in item.exhibit.observations]
    texts = [*_xml(deck(made)), *_xml(workbook(made, known)), observations_csv(rows, known)]
    assert _shown_later(texts, day) == set()
    if day < date(2025, 3, 11):
        assert not [text for text in texts if "genoptryk" in text]
    store.close()


def _xml(file: bytes) -> list[str]:
    """What a person reads of an Office file, a text a part; paragraphs are not cut within."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        pages = [
            parts.read(member).decode("utf-8")
            for member in parts.namelist()
            if member.endswith("xml")
        ]
    return [re.sub(r"<[^>]*>", "", page).replace("&amp;", "&") for page in pages]
