"""Labels whose codes, in the same file, are of something else: `Odense` with the code 751.

JSON-stat and PX give each label its code. Where the two name different areas, periods or groups one
of them is wrong, and nothing in the file says which.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import Period
from kpi.domain.problem_codes import ProblemCode
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.unread import plain
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.labels import is_total
from kpi.ingest.words.lookup import folded, group_lookup, indicator_lookup, period_of
from kpi.ingest.words.telling_words import meanings

# Codes of sequence (1, 2, 3 ...) are of no area, though some would be known without their zeros.
_AREA_CODE = re.compile(r"0?[0-9]{3}")
_TOTALS = frozenset(("tot", "_t", "total", "ialt"))
_SEXES = {"m": "mænd", "k": "kvinder", "f": "kvinder"}

# What the code of a label is of, where that is not what the label says; else empty.
OtherMeaning = Callable[[str, str], str]


def coded_labels(table: RawTable, plan: Plan, catalog: Catalog) -> list[Problem]:
    """An error for each column with a label whose code is of something else, at the first one."""
    problems = []
    roles = {place: role for role, place in plan.columns.items()}
    for place, codes in table.codes.items():
        contradictions = list(_contradictions(codes, _judge(roles.get(place, ""), plan, catalog)))
        if contradictions:
            label, code, other = contradictions[0]
            more = len(contradictions) - 1
            others = f" Det gælder også {more} andre." if more > 1 else " Det gælder også én til."
            problems.append(
                Problem(
                    _CODES.get(roles.get(place, ""), "unused_column"), "", None,
                    table.columns[place], label,
                    f"Filen siger »{label}«, men koden »{code}« ved siden af er {other}."
                    + (others if more else ""),
                    "Hent filen igen hos kilden, eller ret den, så navn og kode er det samme.",
                )
            )  # fmt: skip
    return problems


_CODES: Mapping[str, ProblemCode] = {
    "area_id": "unknown_area", "period": "unknown_period", "group_id": "unknown_group",
    "indicator_id": "unknown_indicator",
}  # fmt: skip


def _contradictions(
    codes: Mapping[str, str], judge: OtherMeaning
) -> Iterator[tuple[str, str, str]]:
    for label, code in codes.items():
        if folded(plain(label)) != folded(code) and (other := judge(plain(label), code.strip())):
            yield plain(label), code, other


def _judge(role: str, plan: Plan, catalog: Catalog) -> OtherMeaning:
    recipe = plan.recipe
    if role == "area_id":
        return _of_areas(catalog, {folded(text) for text in recipe.area_ids} if recipe else set())
    if role == "period":
        return _of_periods
    if role == "group_id":
        names = {group.group_id: group.name for group in catalog.groups.values()}
        chosen = recipe.group.ids if recipe and recipe.group else {}
        return _of_names(names, group_lookup(catalog), chosen)
    if role == "indicator_id":
        names = {item.indicator_id: item.name for item in catalog.indicators.values()}
        chosen = recipe.indicator.ids if recipe and recipe.indicator else {}
        return _of_names(names, indicator_lookup(catalog), chosen)
    return _of_people


def _of_areas(catalog: Catalog, chosen: set[str]) -> OtherMeaning:
    find = area_lookup(catalog)

    def judge(label: str, code: str) -> str:
        """The name of the code's area where the label is another's."""
        if not _AREA_CODE.fullmatch(code) or {folded(label), folded(code)} & chosen:
            return ""
        own, other = find(label), find(code)
        return catalog.areas[other].name if own and other and own != other else ""

    return judge


def _of_periods(label: str, code: str) -> str:
    own, other = period_of(label), period_of(code)
    if own is None or other is None or own == other or _may_be_same(own, other):
        return ""
    return other.name()


def _may_be_same(own: Period, other: Period) -> bool:
    """Whether a period may be the code of another: a school year that is called by its first."""
    return own.kind != other.kind and own.start <= other.end and other.start <= own.end


def _of_names(
    names: Mapping[str, str], find: Callable[[str], str | None], chosen: Mapping[str, str]
) -> OtherMeaning:
    by_recipe = {folded(text): named for text, named in chosen.items()}

    def judge(label: str, code: str) -> str:
        """What the code means where the label means something else."""
        own = by_recipe.get(folded(label)) or find(label)
        other = by_recipe.get(folded(code)) or find(code)
        if own is None or other is None or own == other:
            return _of_people(label, code)
        return f"»{names.get(other, other)}«"

    return judge


def _of_people(label: str, code: str) -> str:
    """Men with the code of women, and people of one sex with the code of all."""
    said = meanings([label]) & set(_SEXES.values())
    if len(said) != 1 or is_total(label):
        return ""
    of_code = "alle" if folded(code) in _TOTALS else _SEXES.get(folded(code), "")
    return of_code if {of_code} != said else ""
