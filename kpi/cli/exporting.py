"""The command export: figures as CSV, and papers."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kpi.cli.arguments import WrongUsageError
from kpi.cli.naming import with_ids
from kpi.cli.reading import file_to_write, means_folder, path_to_write, shown_path
from kpi.domain.area_presets import check_set_beside
from kpi.domain.errors import KpiError
from kpi.domain.format import counted
from kpi.export.csv import write_observations
from kpi.store import Store, open_store
from kpi.store.versions import starting_area
from kpi.system.writing import write_whole

if TYPE_CHECKING:
    from kpi.export.paper import Paper


def export_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Writes figures as CSV, or a paper. The answer and its text; KpiError without a path."""
    if options.kind != "csv":
        return _export_paper(options)
    out = None if options.out is None else file_to_write(options.out)
    store = _store_of(options)
    options = with_ids(options, store.catalog())
    content, rows = write_observations(store, _indicators(options, store), options.area)
    if out is None:
        if options.json:
            raise KpiError("Ingen fil angivet", "Skriv --out FIL, når svaret skal være JSON.")
        return {}, content.removeprefix("\ufeff").rstrip("\n")
    out = write_whole(out, content.encode("utf-8"))
    answer = {"file": shown_path(out), "rows": rows, "version": store.version}
    return (
        answer,
        f"{counted(rows, 'række er skrevet', 'rækker er skrevet')} til {shown_path(out)}.",
    )


def _store_of(options: argparse.Namespace) -> Store:
    """The figures that an export is made of: a meeting's are those known on its day."""
    if options.meeting is None:
        return open_store(as_of=options.as_of)
    meeting = open_store().catalog().meeting(options.meeting)
    return open_store(as_of=options.as_of or meeting.day)


def _indicators(options: argparse.Namespace, store: Store) -> list[str] | None:
    if options.indicator or not options.theme:
        return list(options.indicator) if options.indicator else None
    catalog = store.catalog()
    themes = [catalog.theme(theme).theme_id for theme in options.theme]
    return [indicator.indicator_id for each in themes for indicator in catalog.indicators_of(each)]


def _export_paper(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    # Slides, pictures and papers take a second to load, which the other commands are spared.
    from kpi.export.choice import CaseDetails, Choice
    from kpi.export.files import make_folder, names, template_file, write_paper
    from kpi.export.news import looked_back_to, with_news
    from kpi.export.paper import paper
    from kpi.export.proposal import missing
    from kpi.views.since import since_view

    if options.out is None:
        raise KpiError("Ingen fil angivet", "Skriv --out FIL (for flere billeder en mappe).")
    out = path_to_write(options.out)
    if len(options.area or ()) > 1:
        raise WrongUsageError(
            "Forkert brug", "Et papir handler om ét område. Skriv --area én gang."
        )
    store = _store_of(options)
    catalog = store.catalog()
    options = with_ids(options, catalog)
    areas = options.area or [starting_area()]
    if options.among:
        check_set_beside(options.among, catalog)
    made = paper(
        store,
        catalog,
        Choice(
            areas[0],
            options.meeting or "",
            tuple(options.theme or ()),
            tuple(options.indicator or ()),
            claims=not options.without_claims,
            among=options.among,
            case=CaseDetails(options.case_worker, options.case_number, options.case_date),
        ),
    )
    before = looked_back_to(made, store.plan(), catalog)
    if before:
        then = open_store(as_of=before.day)
        since = since_view(then, store, catalog, before.day, areas[0])
        made = with_news(made, before, since, catalog)
    offered = ""
    if options.kind == "pptx" and not (options.theme or options.indicator):
        made, offered = _as_offered(made)
    template = template_file(options.template)
    if means_folder(options.out):
        make_folder(out)
    files = write_paper(options.kind, made, catalog, out, template, options.size)
    lacking = missing(made, made.choice, catalog)
    answer = {
        "files": [shown_path(file) for file in files],
        "exhibits": [item.exhibit.key for item in made.items],
        "as_of": made.as_of.isoformat(),
        "version": made.version,
        "missing": lacking or None,
    }
    many = "1 figur" if len(made.items) == 1 else f"{len(made.items)} figurer"
    said = f"{shown_path(names(files))} er skrevet med {many}. {made.dated}."
    return answer, "\n".join(filter(None, (said, offered, lacking)))


def _as_offered(full_paper: "Paper") -> tuple["Paper", str]:
    """The slides that Udvalg offers before anybody has chosen, and how to have the other figures.

    A deck of all figures is fifty slides.
    """
    from kpi.export.choice import NEW_CHOICE
    from kpi.export.paper import arranged
    from kpi.export.proposal import proposal

    choice = replace(
        full_paper.choice, picked=proposal(full_paper), gathered=NEW_CHOICE.gathered,
        without=NEW_CHOICE.without,
    )  # fmt: skip
    made = arranged(full_paper, choice)
    others = len(full_paper.items) - len(made.items)
    if not others:
        return made, ""
    more = counted(others, "figur mere", "figurer mere")
    return made, f"Som Udvalg foreslår. Der er {more}: Vælg dem med --theme eller --indicator."
