"""The command refresh: an earlier deck or Word paper is given back with the newest figures."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from kpi.cli.reading import file_to_write, read_file, shown_path
from kpi.store import Store, open_store
from kpi.system.writing import write_whole


def refresh_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Brings a file up to date and writes it. The answer and its text; KpiError as it is made."""
    from kpi.domain.format import long_date
    from kpi.export.choice import Choice
    from kpi.export.news import looked_back_to, with_news
    from kpi.export.paper import Paper, paper
    from kpi.export.refresh import account_lines, refreshed, updated_text
    from kpi.views.since import since_view

    out = file_to_write(options.out)
    content = read_file(Path(options.file)).content
    store: Store = open_store(as_of=options.as_of)
    if options.meeting and options.as_of is None:
        meeting = store.catalog().meeting(options.meeting)
        store = open_store(as_of=meeting.day)
    catalog = store.catalog()

    def paper_of(choice: Choice) -> Paper:
        """The paper of a choice with the figures of the day that was asked for."""
        wanted = replace(choice, meeting_id=options.meeting or choice.meeting_id)
        made = paper(store, catalog, wanted)
        before = looked_back_to(made, store.plan(), catalog)
        if before is None:
            return made
        then = open_store(as_of=before.day)
        since = since_view(then, store, catalog, before.day, wanted.area_id)
        return with_news(made, before, since, catalog)

    made = refreshed(content, paper_of, catalog)
    write_whole(out, made.content)
    answer = {
        "file": shown_path(out),
        "as_of": made.as_of.isoformat(),
        "updated": made.updated,
        "kept": list(made.kept),
        "new": list(made.new),
        "removed": list(made.gone),
        "not_updated": list(made.missing),
        "opposed": list(made.opposed),
    }
    lines = [f"{shown_path(out)} er skrevet med data som kendt {long_date(made.as_of)}."]
    lines.append(updated_text(made))
    for heading, each in account_lines(made):
        lines.append(f"{heading}:")
        lines += [f"  {line}" for line in each]
    return answer, "\n".join(lines)
