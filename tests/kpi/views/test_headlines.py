"""The headline figures that are new since a meeting."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.domain.format import count_word
from kpi.domain.plan import Meeting
from kpi.store import init, open_store
from kpi.views.claims import claims_of, disputed_keys
from kpi.views.headlines import Headlines, headlines
from kpi.views.since import since_view
from tests.kpi.data_folder import write_tiny

JUNE = Meeting("rmm", date(2024, 6, 24), "Rådmandsmøde", "Status på Integrationshandleplanen")
MARCH = Meeting("sbu", date(2025, 3, 19), "Udvalg", "")


def since(home: Path, meeting: Meeting) -> Headlines:
    now = open_store(home)
    try:
        disputed = disputed_keys(claims_of(now, now.catalog()))
        return headlines(now, replace(now.catalog(), disputed=disputed), meeting, "aarhus")
    finally:
        now.close()


@pytest.fixture(scope="module")
def june(built_home: Path) -> Headlines:
    return since(built_home, JUNE)


def test_the_papers_of_march(june: Headlines) -> None:
    assert june.title == "43 opgørelser har fået nye tal siden mødet 24. juni 2024"
    assert june.subtitle == (
        "Rådmandsmøde: Status på Integrationshandleplanen · vist: de 13, der hører til de "
        "vigtigste nøgletal"
    )
    assert [row.name for row in june.rows] == [
        "Sprogboost-forløb", "Workshops", "Workshops, arabisktalende borgere",
        "Workshops, borgere med somalisk baggrund", "NSK-sager", "Familier, Gellerup",
        "Familier, Viby Syd", "Forældre med tilknytning til job, Gellerup",
        "Forældre med tilknytning til job, Viby Syd", "Fravær, udskoling", "Fravær, mellemtrin",
        "Fravær, Gellerup", "Fravær, Viby Syd",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "before", "now", "badges"),
    [
        ("NSK-sager", "–", "60", ["Nyt tal"]),
        ("Forældre med tilknytning til job, Gellerup", "–", "21 af 68 (31 %)",
         ["Nyt tal", "Papirets tal er afrundet"]),
        # Spring and autumn are no better or worse than each other.
        ("Fravær, Gellerup", "13,0 % (forår 2024)", "9,7 %",
         ["Lavere (forår mod efterår)", "Papirets tal afviger"]),
    ],
)  # fmt: skip
def test_a_row_stands_beside_the_figure_before(
    june: Headlines, name: str, before: str, now: str, badges: list[str]
) -> None:
    (row,) = (row for row in june.rows if row.name == name)
    shown = [text.replace("\u00a0", " ") for text in (row.before, row.now)]
    assert shown == [before, now]
    assert [badge.text for badge in row.badges] == badges


def test_the_citys_own_figures_count_also_where_the_programmes_are_the_usual(
    built_home: Path,
) -> None:
    news = since(built_home, MARCH)
    assert news.title == "To opgørelser har fået nye tal siden mødet 19. marts 2025"
    assert news.subtitle == "Udvalg"
    rows = [(row.name, row.period, row.others) for row in news.rows]
    others = "og 5 tidligere perioder (2019/2020 til 2023/2024)"
    assert rows == [
        ("Fravær, udskoling", "2024/2025", others), ("Fravær, mellemtrin", "2024/2025", others),
    ]  # fmt: skip


def test_nothing_is_new_since_the_newest_figure(built_home: Path) -> None:
    news = since(built_home, Meeting("now", date(2025, 12, 31), "Udvalg", ""))
    assert (news.title, news.rows) == ("Ingen nye tal siden mødet 31. december 2025", ())
    assert news.subtitle == "Udvalg"


@pytest.mark.parametrize(
    ("new", "title", "subtitle"),
    [
        (["hours"], "Én opgørelse har fået nye tal siden mødet 1. januar 2024",
         "Udvalg · ingen af dem hører til de vigtigste nøgletal"),
        (["rate"], "Én opgørelse har fået nye tal siden mødet 1. januar 2024", "Udvalg"),
        (["rate", "hours"], "To opgørelser har fået nye tal siden mødet 1. januar 2024",
         "Udvalg · vist: den ene, der hører til de vigtigste nøgletal"),
    ],
)  # fmt: skip
def test_the_title_counts_all_that_is_new_not_the_rows_alone(
    tmp_path: Path, new: list[str], title: str, subtitle: str
) -> None:
    rows = "\n".join(f"{indicator_id},aarhus,all,2022,70,,,final" for indicator_id in new)
    init(tmp_path / "spor", write_tiny(tmp_path / "tiny", rows))
    news = since(tmp_path / "spor", Meeting("m", date(2024, 1, 1), "Udvalg", ""))
    assert (news.title, news.subtitle) == (title, subtitle)


@pytest.mark.some_cases
@pytest.mark.parametrize(
    "day", [date(2022, 12, 30), JUNE.day, date(2025, 3, 10), MARCH.day, date(2025, 12, 31)]
)
@pytest.mark.parametrize("area_id", ["aarhus", "gellerup", "odense"])
def test_the_front_page_and_the_list_of_all_news_agree(
    built_home: Path, day: date, area_id: str
) -> None:
    then, now = open_store(built_home, as_of=day), open_store(built_home)
    catalog = now.catalog()
    news = since_view(then, now, catalog, day, area_id).new
    front = headlines(now, catalog, Meeting("m", day, "Udvalg", ""), area_id)
    then.close()
    now.close()
    spelled = {0: "ingen", 1: "én"}.get(len(news), count_word(len(news)))
    what = " nye tal" if not news else " opgørelse"
    assert front.title.casefold().startswith(f"{spelled}{what}")
    listed = [
        (row.value, row.period, row.others)
        for row in news
        if catalog.indicators[row.selection.noegletal].headline
    ]
    assert [(row.now, row.period, row.others) for row in front.rows] == listed


@pytest.mark.parametrize(
    ("rows", "badges"),
    [
        (["2022,70.0,,,final", "2024,75.0,,,final"], ["Bedre", "Usikkerhed ikke beregnet"]),
        (["2022,70.0,,,final", "2024,65.0,,,final"], ["Dårligere", "Usikkerhed ikke beregnet"]),
        (["2022,70.0,,,final", "2024,70.04,,,final"], ["Uændret", "Usikkerhed ikke beregnet"]),
        (["2022,70,7,10,final", "2024,80,8,10,final"], ["Ingen sikker ændring"]),
        (["2022,70,700,1000,final", "2024,80,800,1000,final"], ["Bedre"]),
        (["2022,70.0,,,final", "2024,80.0,,,approximate"],
         ["Bedre", "Usikkerhed ikke beregnet", "Omtrentligt"]),
        (["2024,70.0,,,final"], ["Nyt tal"]),
    ],
)  # fmt: skip
def test_a_new_figure_is_judged_beside_the_one_before(
    tmp_path: Path, rows: list[str], badges: list[str]
) -> None:
    data = write_tiny(tmp_path / "tiny", "\n".join(f"rate,aarhus,all,{row}" for row in rows))
    init(tmp_path / "spor", data)
    (row,) = since(tmp_path / "spor", Meeting("m", date(2020, 1, 1), "Udvalg", "")).rows
    assert [badge.text for badge in row.badges] == badges
