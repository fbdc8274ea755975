"""What a person fills in becomes the recipe that says it: every key, whatever the labels are."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import Labels, MadeFrom, Share, parse_recipe
from kpi.ingest.turning.column_texts import ColumnTexts
from kpi.views.recipe_draft import RecipeDraft, labels_of, title_for
from tests.tables import for_each

LEAST = RecipeDraft("Navn", "paper", "rate", "sted", "tid", "tal")
DRAFT = RecipeDraft(
    'RAS200: "Beskæftigelse" på Ærø', "ras200", "employment_rate", "region", "time", "INDHOLD",
    group="ancestry", groups={"Total": "all", 'a "b" \\ c': "danish"}, skipped_groups=("=x\n",),
    skipped_areas=("Province *",), keep={"sex": ("Total",), "age": ()}, decimal="point",
)  # fmt: skip
WHOLE = RecipeDraft(
    "Alt", "paper", "", "sted", "tid", "tal",
    group="herkomst", groups={"A": "non_western", "B": "non_western"}, is_sum=True,
    skipped_groups=("C",), skipped_areas=("Landsdel *",), keep={"køn": ("I alt",)},
    decimal="comma", indicator="emne", indicators={"Job": "rate"}, skipped_indicators=("Andet",),
    skipped_periods=("*QMAT*",), skipped_columns=("løbenr",), area_ids={"Copenhagen": "kobenhavn"},
    numerator="t", denominator="n", status="s", statuses={"x": "suppressed"}, note="b",
    dash="zero", absent="missing", scale=100.0,
    made_from=MadeFrom("Titel", "Mål", "pct.", "X1", {"branche": "I alt"}),
)  # fmt: skip


def test_a_draft_becomes_the_recipe_it_says() -> None:
    assert DRAFT.missing() == []
    assert DRAFT.name == "ras200_beskaeftigelse_paa_aeroe"
    recipe = parse_recipe(DRAFT.toml(), DRAFT.name)
    assert (recipe.title, recipe.area, recipe.period, recipe.value, recipe.decimal) == (
        DRAFT.title, "region", "time", "INDHOLD", "point",
    )  # fmt: skip
    assert recipe.group == Labels("ancestry", {"Total": "all", 'a "b" \\ c': "danish"})
    assert recipe.keep == {"sex": ("Total",)}
    assert recipe.ignore == {"areas": ("Province *",), "groups": ("=x\n",)}
    assert recipe.made_from == MadeFrom()


def test_everything_that_a_recipe_can_say() -> None:
    assert WHOLE.missing() == []
    recipe = parse_recipe(WHOLE.toml(), "alt")
    assert recipe.indicator == Labels("emne", {"Job": "rate"})
    assert recipe.indicator_id == ""
    assert recipe.group == Labels("herkomst", dict(WHOLE.groups), is_sum=True)
    assert (recipe.area, recipe.area_ids) == ("sted", {"Copenhagen": "kobenhavn"})
    assert (recipe.status, recipe.statuses) == ("s", {"x": "suppressed"})
    assert (recipe.numerator, recipe.denominator, recipe.note) == ("t", "n", "b")
    assert (recipe.dash, recipe.absent, recipe.scale) == ("zero", "missing", 100.0)
    assert recipe.ignore == {
        "areas": ("Landsdel *",), "groups": ("C",), "indicators": ("Andet",),
        "periods": ("*QMAT*",), "columns": ("løbenr",),
    }  # fmt: skip
    assert recipe.made_from == WHOLE.made_from


def test_rows_that_are_added_up() -> None:
    draft = replace(LEAST, sums={"fkmed": ("F", "U")}, share="socio", share_part=("Job",))
    assert draft.missing() == ["tællerens og resten af nævnerens værdier"]
    draft = replace(draft, share_rest=("Uden job", 'x "y"'), keep={"socio": ("Job",)})
    assert draft.missing() == []
    recipe = parse_recipe(draft.toml(), "x")
    assert (recipe.sums, recipe.keep) == ({"fkmed": ("F", "U")}, {})
    assert recipe.share == Share("socio", ("Job",), ("Uden job", 'x "y"'))
    assert replace(LEAST, sums={"fkmed": ()}).missing() == ["de værdier, der lægges sammen"]


def test_what_holds_for_the_whole_file() -> None:
    draft = RecipeDraft(
        "Navn", "paper", "rate", "", "", "tal", constant_area="aarhus", constant_period="2024K1",
        constant_group="danish",
    )  # fmt: skip
    assert draft.missing() == []
    assert parse_recipe(draft.toml(), "x").constant == {
        "area": "aarhus", "period": "2024K1", "group": "danish",
    }  # fmt: skip


texts = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() and "\r" not in text)


@given(st.dictionaries(texts.filter(lambda text: text not in {"column", "sum"}), texts), texts)
def test_any_label_comes_back(labels: dict[str, str], column: str) -> None:
    draft = replace(LEAST, group=column, groups=labels, keep={f"Rækker {column}": tuple(labels)},
                    skipped_columns=tuple(labels))  # fmt: skip
    if not labels:
        assert draft.missing() == ["mindst én gruppe"]
        return
    recipe = parse_recipe(draft.toml(), "x")
    assert recipe.group == Labels(column, labels)
    assert recipe.keep == {f"Rækker {column}": tuple(labels)}


@for_each("role", ["area", "period", "value", "group", "indicator", "status", "note"])
def test_columns_that_hold_a_part_of_an_observation_keep_no_rows(role: str) -> None:
    """A total that was proposed (»Familier i alt«) is no choice of rows once its column names
    indicators: the labels that are named are used, all of them."""
    said: dict[str, Any] = {role: "emne", "keep": {"emne": ("Familier i alt",), "køn": ("I alt",)}}
    if role in {"group", "indicator"}:
        said[f"{role}s"] = {"a": "all"}
    draft = replace(LEAST, **said)
    assert parse_recipe(draft.toml(), "x").keep == {"køn": ("I alt",)}


def test_an_empty_draft_says_what_it_lacks() -> None:
    empty = RecipeDraft("", "", "", "", "", "", group="g")
    assert len(empty.missing()) == 7


def test_the_labels_of_a_column() -> None:
    proposal = Proposal(columns=(ColumnTexts("KØN", ("\x02Mænd", " ", "Kvinder"), 3),))
    assert labels_of("KØN", proposal) == ["Mænd", "Kvinder"]
    assert labels_of("findes ikke", proposal) == []
    assert labels_of("KØN", None) == []


@for_each(
    ("title", "file", "taken", "expected"),
    [
        ("Ledige  i\nDanmark", "x.csv", (), "Ledige i Danmark"),
        ("", "cash_assistance.csv", (), "cash assistance"),
        ("", "udtræk", (), "udtræk"),
        ("Ledige", "x.csv", ("ledige",), "Ledige 2"),
        ("Ledige", "x.csv", ("ledige", "ledige_2"), "Ledige 3"),
        ("x" * 100, "x.csv", (), "x" * 56),
        (
            "Beboere uden tilknytning til arbejdsmarkedet i år, procent",
            "x.csv",
            (),
            "Beboere uden tilknytning til arbejdsmarkedet i år",
        ),
        ("x" * 56 + " y", "x.csv", (), "x" * 56),
    ],
)
def test_a_name_for_the_recipe(
    title: str, file: str, taken: tuple[str, ...], expected: str
) -> None:
    assert title_for(title, file, taken) == expected
