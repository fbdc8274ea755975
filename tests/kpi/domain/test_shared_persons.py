"""Whom a percentage is of by its own words, and what only looks like it."""

from kpi.domain.shared_persons import shared_by
from kpi.domain.vocabulary import Kind
from kpi.domain.whom import Named, counts_named
from tests.tables import for_each

COUNTS = tuple(
    Named(indicator_id, "count", "personer", name)
    for indicator_id, name in (
        ("all", "Folketal"), ("children", "Antal børn"), ("pupils", "Elever"),
        ("families", "Antal familier"), ("some", "Børn med underretning"),
        ("parts", "Antal deltagere"),
    )
)  # fmt: skip
# Kind, unit and name, and whom it is of.
OF: list[tuple[Kind, str, str, str]] = [
    ("proportion", "percent", "Andel af indbyggerne i job", "all"),
    ("proportion", "percent", "Andel af befolkningen i job", "all"),
    ("proportion", "percent", "Andel af befolkningen, der er i job", "all"),
    ("proportion", "percent", "Andel ledige af befolkningen", "all"),
    ("proportion", "percent", "Andel af alle borgere, der modtager hjælp", "all"),
    ("proportion", "percent", "Ledige i procent af befolkningen", "all"),
    ("proportion", "percent", "Ledige i pct. af indbyggertallet", "all"),
    ("mean", "pct. af indbyggerne", "Ledige", "all"),
    ("mean", "procent af befolkningen", "Ledige", "all"),
    ("mean", "% af befolkningen", "Ledige", "all"),
    ("mean", "promille af børn", "Underretninger", "children"),
    ("proportion", "percent", "Andel af børnene med underretning", "children"),
    ("proportion", "percent", "Andel af eleverne med fravær", "pupils"),
    ("proportion", "percent", "Andel af alle elever, der er fraværende", "pupils"),
    ("proportion", "percent", "Andel af familierne, der er flyttet", "families"),
    ("proportion", "percent", "Andelen af deltagerne, der er i job", "parts"),
]
# Of others, of some of them, or no share of them.
NOT_OF: list[tuple[Kind, str, str]] = [
    ("proportion", "percent", "Andel af befolkningen i alderen 16-64 år"),
    ("proportion", "percent", "Andel af indbyggerne over 65 år i job"),
    ("proportion", "percent", "Andel af børn 0-5 år med underretning"),
    ("proportion", "percent", "Andel af elever med dansk som andetsprog, der består"),
    ("proportion", "percent", "Andel af borgere på kontanthjælp, der er kommet i job"),
    ("proportion", "percent", "Andel af befolkningens indkomst"),
    ("proportion", "percent", "Andel af befolkningsgrupper i vækst"),
    ("proportion", "percent", "Andel af arbejdsstyrken i job"),
    ("proportion", "percent", "Andel af boligerne, der er almene"),
    ("proportion", "percent", "Andel modtagere af kontanthjælp"),
    ("proportion", "percent", "Andel i job"),
    ("proportion", "percent", "Ændring i andel af befolkningen i job"),
    ("proportion", "percent", "Vækst i procent af befolkningen"),
    ("mean", "kr. pr. måned", "Andel af befolkningen"),
    ("amount", "kr.", "Udgift til en andel af indbyggerne"),
    ("count", "personer", "Antal i den andel af befolkningen, der er i job"),
]


@for_each("kind, unit, name, expected", OF)
def test_a_share_is_of_those_whom_its_words_name(
    kind: Kind, unit: str, name: str, expected: str
) -> None:
    assert counts_named(Named("x", kind, unit, name), COUNTS) == [expected]


@for_each("kind, unit, name", NOT_OF)
def test_what_only_looks_like_it_is_of_none(kind: Kind, unit: str, name: str) -> None:
    assert counts_named(Named("x", kind, unit, name), COUNTS) == []


def test_some_of_them_are_not_all_of_them() -> None:
    assert shared_by("percent", "Andel af indbyggerne i job") == "indbyggerne"
    assert shared_by("percent", "Andel af indbyggerne i job, der er kvinder") == ""
