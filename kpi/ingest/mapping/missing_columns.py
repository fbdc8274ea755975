"""The columns that a table lacks to be read, and what to do about each."""

from collections.abc import Sequence

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.mapping.column_mapping import MEASURES_SHOWN, missing_column, several_measures
from kpi.ingest.mapping.measures import counts_contradict
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.read_by_content import understood_words
from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.table.formats import OWN_FORMATS
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.column_texts import holds_periods, is_numeric
from kpi.ingest.turning.period_heads import heads_without_periods
from kpi.ingest.turning.split_periods import ends_of_periods
from kpi.ingest.words.labels import names_sum
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.template import REQUIRED, template_columns

# The required columns as a file without them would name them.
_DANISH = {
    "indicator_id": "nøgletal", "area_id": "område", "period": "periode", "value": "værdi",
}  # fmt: skip
_ENGLISH = {
    "indicator_id": "indicator", "area_id": "area", "period": "period", "value": "value",
}  # fmt: skip
_NOT_FOUND = {
    "area_id": "Ingen kolonne har navne eller koder på områder, som Spor kender.",
    "period": "Ingen kolonne kan læses som periode.",
    "value": "Ingen kolonne har tal.",
}
_ENDS = "Kolonnerne »{}« og »{}« er periodens begyndelse og slutning, og de læses ikke sammen."
_ENDS_HINT = "Skriv perioden i én kolonne: 2024, 2024K1 eller 2024M01:2024M06."
_NEW_INDICATOR = "Er nøgletallet nyt, så opret det først: python -m kpi add indicator FIL."
# What can be said of the whole file where it has no such column.
_WHOLE_FILE = {
    "area_id": " Er hele filen om ét område, så angiv det med --area OMRÅDE. Er "
    "det et nyt område, så opret det: python -m kpi add area FIL.",
    "period": " Er hele filen om én periode, så angiv den med --period PERIODE.",
}


def missing_columns(
    table: RawTable, proposal: Proposal, fitting: Sequence[Recipe], indicator_id: str | None
) -> list[Problem]:
    """The columns a table lacks to be read, each once, under the name the file would use."""
    known = template_columns(table.columns)
    is_meant = len(known) >= 2 and table.format in OWN_FORMATS and not table.is_wide
    words = {folded(table.columns[place]) for place in known.values()}
    names = _ENGLISH if is_meant and words <= {*_ENGLISH, *_ENGLISH.values()} else _DANISH
    has_role = _roles(proposal, indicator_id)
    ways = _ways(is_meant, fitting)
    figures = proposal.measures or [c.name for c in proposal.columns if is_numeric(c)]
    problems = [] if proposal.measure_column else heads_without_periods(figures)
    if problems:
        has_role["period"] = has_role["value"] = True
    elif proposal.measures:
        shown = proposal.measures[:MEASURES_SHOWN]
        column = proposal.measure_column or None
        problems = [several_measures(column, shown, len(proposal.measures))]
        problems += [] if column else counts_contradict(table, proposal.measures)
    if not has_role["indicator_id"]:
        problems.append(
            missing_column(
                names["indicator_id"], f"Angiv det med --indicator ID. {ways} {_NEW_INDICATOR}",
                _which_indicator(proposal),
            )
        )  # fmt: skip
    ends = ends_of_periods(table.columns)
    problems += [
        missing_column(names[role], _ENDS_HINT, _ENDS.format(*ends))
        if role == "period" and ends
        else missing_column(
            names[role],
            ways + ("" if is_meant else _WHOLE_FILE.get(role, "")),
            _several_periods(proposal) if role == "period" else _NOT_FOUND[role],
        )
        for role in REQUIRED[1:]
        if not has_role[role]
    ]
    if not problems:  # a recipe fits, and the file is understood without it, too
        hint = f"{ways} {_NEW_INDICATOR}"
        problems.append(missing_column(names["indicator_id"], hint, _which_indicator(proposal)))
    return problems


def _roles(proposal: Proposal, indicator_id: str | None) -> dict[str, bool]:
    """Whether each required column is there, or what it would say is known."""
    return {
        "indicator_id": bool(proposal.indicator or indicator_id),
        "area_id": bool(proposal.area or "area" in proposal.constant),
        "period": bool(proposal.period or "period" in proposal.constant),
        "value": bool(proposal.value or proposal.measures) or proposal.counts_shares,
    }  # fmt: skip


def _several_periods(proposal: Proposal) -> str:
    """Which columns can all be read as the period; the usual words where there are none."""
    several = [f"»{column.name}«" for column in proposal.columns if holds_periods(column)]
    if len(several) < 2:
        return _NOT_FOUND["period"]
    return f"Flere kolonner kan læses som periode: {listing(several)}."


def _which_indicator(proposal: Proposal) -> str:
    message = "Filen siger ikke, hvilket nøgletal tallene er."
    if not proposal.is_understood:
        return message
    open_ones = [f"»{name}«" for name in proposal.unclear if not names_sum(name)]
    rows = f" Vælg også rækker efter {listing(open_ones)}." if open_ones else ""
    return f"{message} Resten er forstået: {understood_words(proposal)}.{rows}"


def _ways(is_meant: bool, fitting: Sequence[Recipe]) -> str:
    if fitting:
        names = " eller ".join(f"--recipe {recipe.name}" for recipe in fitting)
        return f"Vælg en opskrift: {names}."
    if is_meant:
        return "Hent skabelonen, og brug dens kolonnenavne."
    return "Vælg eller lav en opskrift, der angiver, hvad hver kolonne indeholder."
