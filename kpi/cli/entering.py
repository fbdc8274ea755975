"""The commands of what people enter: enter, add, entries, undo and claims."""

import argparse
from pathlib import Path
from typing import Any

from kpi.cli import entry_answers as answers
from kpi.cli.adding import add_entities
from kpi.cli.naming import with_ids
from kpi.cli.reading import read_file
from kpi.domain.errors import KpiError
from kpi.plan.files import FILE_TABLES, read_plan_file
from kpi.store import open_store
from kpi.store.entering import check_rows, enter, whole_rows
from kpi.store.withdrawing_entries import remove_claim, withdraw_entry
from kpi.views.claims import claim_unit, claims_of
from kpi.views.entry import change_lines


def _by(options: argparse.Namespace) -> str:
    if not (options.by or "").strip():
        raise KpiError("Der mangler et navn", "Skriv, hvem der registrerer (--by).")
    return str(options.by)


def enter_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Enters a file of the plan's rows, or lists what it would change. The answer and its text."""
    path = Path(options.file)
    file = read_plan_file(read_file(path))
    rows = whole_rows(file.rows)
    if options.check:
        changes = check_rows(rows, lines=file.lines)
        store = open_store()
        lines = change_lines(changes, store.plan(), store.catalog())
        return answers.changes_answer(changes), answers.changes_text(lines)
    done = enter(rows, _by(options), origin=path.name, lines=file.lines)
    counts = {table: len(of_table) for table, of_table in rows.items() if of_table}
    counted_rows = ", ".join(f"{FILE_TABLES[table]}: {count}" for table, count in counts.items())
    counted_rows += f" ({done.unchanged} stod der allerede)" if done.unchanged else ""
    answer = {
        "version": done.version, "rows": counts, "unchanged": done.unchanged,
        "entry_id": done.entry_id,
    }  # fmt: skip
    if done.entry_id is None:
        return answer, "Der er intet at registrere: Alle rækker står der allerede."
    return (
        answer,
        f"{counted_rows}. Registrering nr. {done.entry_id}; udgave {done.version} gælder.",
    )


def add_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Adds a file of indicators, areas, groups, sources or themes. The answer and its text."""
    return add_entities(options, read_file(Path(options.file)))


def entries_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """All entries, newest first. The answer and its text."""
    store = open_store()
    entries = store.entries()
    changes = store.entry_changes([entry.entry_id for entry in entries if not entry.is_removed])
    text = answers.entries_text(entries, changes, store.catalog(), store.plan())
    return answers.entries_answer(entries, changes), text


def undo_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Withdraws an entry. The answer and its text."""
    version = withdraw_entry(options.entry, options.by, options.why)
    answer = {"entry_id": options.entry, "version": version}
    return answer, f"Registrering nr. {options.entry} er fortrudt. Udgave {version} gælder."


def claims_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Enters or removes a statement if asked to; all of them recomputed. Answer and text."""
    if options.remove:
        remove_claim(options.remove)
    elif options.statement:
        catalog = open_store().catalog()
        options = with_ids(options, catalog)
        indicator = catalog.indicator(options.indicator or "")
        enter(
            {
                "claim": [
                    {
                        "source_id": options.source or "",
                        "indicator_id": indicator.indicator_id,
                        "area_id": options.area or "",
                        "group_id": options.group or indicator.default_group,
                        "period": options.period or "",
                        "from_period": options.since or "",
                        "kind": options.kind or "",
                        "reported_value": (options.reported or "").replace(",", "."),
                        "unit": claim_unit(options.kind, indicator) if options.kind else "",
                        "inputs": options.inputs or "",
                        "explanation": options.statement,
                    }
                ]
            },
            _by(options),
        )
    store = open_store()
    claims = claims_of(store, store.catalog())
    return answers.claims_answer(claims), answers.claims_text(claims)
