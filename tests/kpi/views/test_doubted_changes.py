"""A figure that cannot be believed is called so wherever its change is shown, and not judged."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.plan import Meeting
from kpi.store import Store, open_store
from kpi.views.headlines import headlines
from kpi.views.new_at_home import new_at_home
from kpi.views.profile_past import past_of
from kpi.views.rows import area_row
from kpi.views.since import since_view
from kpi.views.standings import standing

# 1,7 % of the school year; 5,4 % in the year before.
KEY = ("school_absence", "laesoe", "lower_secondary")
MEETING = Meeting("rmm", date(2024, 6, 24), "Rådmandsmøde", "Status")


def test_every_list_of_what_is_new_says_so(
    store: Store, catalog: Catalog, built_home: Path
) -> None:
    (row,) = (
        each
        for each in new_at_home(store, catalog, MEETING, KEY[1]).rows
        if "udskoling" in each.name
    )
    assert row.change.endswith(", usandsynligt tal")
    then = open_store(built_home, as_of=MEETING.day)
    (new,) = (
        each
        for each in since_view(then, store, catalog, MEETING.day, KEY[1]).new
        if "udskoling" in each.name
    )
    then.close()
    assert "usandsynligt tal" in new.value
    (headline,) = (
        each for each in headlines(store, catalog, MEETING, KEY[1]).rows if "udskoling" in each.name
    )
    assert [badge.text for badge in headline.badges] == [
        "Nyt tal", "Usandsynligt tal, ikke bekræftet",
    ]  # fmt: skip


def test_an_area_s_rows_say_so_and_it_is_not_the_largest_change(
    store: Store, catalog: Catalog
) -> None:
    indicator = catalog.indicators[KEY[0]]
    figures = Figures(store.series([KEY[0]]))
    own = figures.newest(*KEY)
    assert own is not None
    assert catalog.is_implausible(own)
    past = past_of(own, figures.series(*KEY), indicator, catalog)
    assert (past.since, past.points) == ("siden 2019/2020", None)  # its row has a badge
    (first, *_) = figures.series(*KEY)
    of_first = replace(catalog, implausible=frozenset([(*KEY, first.period.text)]))
    past = past_of(own, figures.series(*KEY), indicator, of_first)
    assert (past.since, past.points) == ("siden 2019/2020, usandsynligt tal", None)
    assert area_row(standing(own, figures, catalog), catalog).change.endswith(", usandsynligt tal")
