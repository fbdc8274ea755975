"""A column that says one year in all rows, beside periods of others: `Data for` is 2024."""

import re

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.checks.title_periods import known_years
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.unread import plain
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.title_year import years_named
from kpi.ingest.words.title_words import ELSEWHERE
from kpi.ingest.words.written_periods import period_of

# Years of other things than the figures: of prices, borders, laws, people, and of the table itself.
_OF_OTHERS = re.compile(
    r"opdat|udtr|hent|dann|kørsel|import|oprett|registr|beregn|stempel|version|udgave|public|offentl"
    r"|udgiv|godkend|revi|bas[ie]|pris|grænse|inddeling|struktur|lov|reform|gyldig|valid|født|fødsel"
    r"|årgang|kohorte|cohort|opført|stift|etabl|start|slut|målår|måltal|budget|timestamp|updat|created"
    r"|load|\b(?:nr|no|id|n|antal|nummer|kode|code)\b",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:xls[xmb]?|ods|csv|txt|json|px|parquet)$", re.IGNORECASE)
_MOST_CHARACTERS = 60


def other_year_of_columns(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """Asks about the first column that is not read and says a year of which no row is.

    So say the names of sheets and files that programs write beside rows put together of several.
    A column that a recipe ignores says nothing. Expects word_period and the `spelled_` tables.
    """
    used = {*plan.columns.values(), *plan.keep}
    for place, name in enumerate(table.columns):
        if place in used or _OF_OTHERS.search(name) or ELSEWHERE.search(name):
            continue
        if plan.recipe is not None and plan.recipe.ignores("columns", name):
            continue
        texts = connection.table(f"spelled_c{place}").limit(2).project("text").fetchall()
        label = plain(texts[0][0]) if len(texts) == 1 else ""
        if not label or len(label) > _MOST_CHARACTERS:
            continue
        if not (period_of(label) or _FILE.search(label)):
            continue
        years, of_rows = years_named(label.replace("_", " ")), known_years(connection)
        if years and of_rows and not years & of_rows:
            between = sorted({min(of_rows), max(of_rows)})
            return [
                Problem(
                    "text_words", "", None, name, label,
                    f"Kolonnen »{name}« siger »{label}« i alle rækker, men tallenes perioder er "
                    f"fra {listing([str(year) for year in between])}.",
                    "Kontrollér, at tallene er fra de år, de gemmes for.",
                )
            ]  # fmt: skip
    return []
