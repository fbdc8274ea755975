"""The command line's `add`: a file of indicators, areas, groups, sources or themes."""

import argparse
from typing import Any

from kpi.additions.files import read_addition_file
from kpi.additions.model import ADDED_NAMES, ADDED_NOUNS
from kpi.cli import entry_answers as answers
from kpi.domain.errors import KpiError
from kpi.ingest.table.raw import Upload
from kpi.plan.changes import CHANGED, NEW, SAME
from kpi.store import open_store
from kpi.store.adding import add, check_additions, check_hidden
from kpi.views.addition_lines import addition_lines, hidden_words


def add_entities(options: argparse.Namespace, upload: Upload) -> tuple[dict[str, Any], str]:
    """Adds a file's rows, or lists what it would add (`--check`): the answer and its text."""
    table = ADDED_NOUNS[options.noun]
    file = read_addition_file(table, upload)
    catalog = open_store().catalog()
    if options.check:
        changes = check_additions(table, file.rows, lines=file.lines)
        hidden = check_hidden(table, file.rows, lines=file.lines)
        answer = answers.changes_answer(changes) | {"hidden": dict(hidden)}
        text = answers.changes_text(addition_lines(changes, catalog))
        return answer, "\n".join(filter(None, (text, hidden_words(hidden, catalog, "bliver"))))
    if not (options.by or "").strip():
        raise KpiError("Der mangler et navn", "Skriv, hvem der registrerer (--by).")
    done = add(table, file.rows, options.by, origin=upload.name, lines=file.lines)
    text = answers.changes_text(addition_lines(done.changes, catalog))
    counts: dict[str, int] = {
        kind: sum(change.kind == kind for change in done.changes) for kind in (NEW, CHANGED, SAME)
    }
    answer = {
        "version": done.version, "table": table, **counts, "entry_id": done.entry_id,
        "ids": [next(iter(change.row.values())) for change in done.changes],
        "hidden": dict(done.hidden),
    }  # fmt: skip
    if done.entry_id is None:
        return answer, f"Der er intet at registrere: Alle {ADDED_NAMES[table]} står der allerede."
    lines = (
        text,
        f"Registrering nr. {done.entry_id}; udgave {done.version} gælder.",
        hidden_words(done.hidden, catalog, "er nu"),
    )
    return answer, "\n".join(filter(None, lines))
