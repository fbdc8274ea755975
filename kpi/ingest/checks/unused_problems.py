"""How columns that are not read are reported: with their labels, and what to do about them."""

from kpi.domain.errors import Problem
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.vocabulary import Severity
from kpi.domain.wording import listing
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.proposed_recipe import OWN_COLUMNS
from kpi.ingest.mapping.unread import Unused, plain
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.heads import head_name
from kpi.ingest.words.period_hints import period_problem
from kpi.ingest.words.written_periods import period_of


def unread_head(name: str) -> Problem:
    """A column of figures beside those of periods, whose name is a period nobody can read."""
    message, remedy = period_problem(head_name(name))
    return Problem(
        "unknown_period", "", None, name, None,
        f"Kolonnens navn er en periode, der ikke kan læses, og dens tal ville gå tabt. {message}",
        f"Ret kolonnens navn, eller slet kolonnen. {remedy}",
    )  # fmt: skip


def of_single(code: ProblemCode, name: str, label: str, does: str, hint: str) -> Problem:
    """A column with one label, which `does` what follows: a warning with a remedy."""
    message = f"Kolonnen har kun »{shortened(label)}«, og {does}"
    return Problem(code, "", None, name, label, message, hint, reported_as="warning")


def other_meaning(name: str, label: str, stored: str, hint: str = "") -> Problem:
    """A column whose only label means another group or indicator than is `stored`."""
    return Problem(
        "unused_column", "", None, name, label,
        f"Kolonnen siger »{shortened(label)}«, men tallene gemmes som {stored}.",
        hint or "Oversæt kolonnen under [group] eller [indicator], eller skriv den under [ignore] "
        "columns, hvis den er ligegyldig.",
    )  # fmt: skip


def other_period(name: str, label: str, plan: Plan) -> Problem | None:
    """An error where a column of periods says another one than the recipe gives the whole file."""
    given, said = period_of(plan.constants.get("period", "")), period_of(label)
    if given is None or said is None or not is_usual("period", name) or plan.is_accepted:
        return None
    if said.start <= given.start and given.end <= said.end:
        return None
    if plan.recipe is not None and plan.recipe.name == OWN_COLUMNS:
        return Problem(
            "recipe_mismatch", "", None, name, label,
            f"Alle tal læses som {given.name()}, men kolonnen siger »{label}«.",
            "Undlad --period, hvis kolonnen har ret. Ellers ret eller slet kolonnen.",
        )  # fmt: skip
    return Problem(
        "recipe_mismatch", "", None, name, label,
        f"Opskriften læser alle tal i filen som {given.name()}, men kolonnen siger »{label}«.",
        "Lav en ny opskrift, eller brug den alligevel: --accept-recipe.",
    )  # fmt: skip


def code_of_indicator(name: str, label: str, stored: str) -> Problem:
    """A column whose only label may be the code of an indicator that is not known."""
    return Problem(
        "unused_column", "", None, name, label,
        f"Kolonnen siger »{shortened(label)}«, som Spor ikke kender. Tallene gemmes som {stored}.",
        "Kontrollér i kilden, at det er koden for nøgletallet.", reported_as="warning",
    )  # fmt: skip


def of_column(severity: Severity, column: Unused, message: str, hint: str) -> Problem:
    """A column with several labels, which the message names."""
    return Problem(
        "unused_column", "", None, column.name, None, message, hint, reported_as=severity
    )


def shown_labels(column: Unused) -> str:
    """The first labels of a column, and how many more it has."""
    shown = [f"»{shortened(plain(label))}«" if plain(label) else "tom" for label in column.first]
    more = column.count - len(shown)
    return listing(shown + ([f"{more} til"] if more else []))


def shortened(text: str) -> str:
    """A label, cut after sixty characters."""
    return text if len(text) <= 60 else text[:60].rstrip() + "…"
