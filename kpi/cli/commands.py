"""What each command does. Messages are Danish, codes and keys English."""

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from kpi.cli import answers
from kpi.cli.adding import add_entities
from kpi.cli.arguments import WrongUsageError, read_arguments
from kpi.cli.file_answers import check_answer, check_text
from kpi.cli.removing import remove_file
from kpi.cpr.spelling import without_personal_numbers
from kpi.domain.errors import KpiError
from kpi.domain.format import counted
from kpi.domain.personal import refuse_personal_texts
from kpi.export.csv import write_observations
from kpi.ingest.checking import Checked, Choices
from kpi.ingest.containers.own_limits import CPU_SECONDS, PUBLISHING_TIMES, within_limits
from kpi.ingest.gate.gate import shown_name
from kpi.ingest.mapping.recipe import find_recipe
from kpi.ingest.mapping.recipe_sections import RecipeError
from kpi.ingest.readers.archive import member
from kpi.ingest.table.raw import MOST_BYTES, Upload
from kpi.plan.files import FILE_TABLES, read_plan_file
from kpi.store import Store, init, open_store
from kpi.store.backup import backup, restore
from kpi.store.entering import check_rows, enter, whole_rows
from kpi.store.purging import finish_purge
from kpi.store.uploads import changes_file, check_file, publish, recipe_folders, withdraw
from kpi.store.withdrawing_entries import remove_claim, withdraw_entry
from kpi.system.logs import private_handler
from kpi.system.no_pandas import leave_out_pandas
from kpi.system.os_errors import why_not_read, why_not_written
from kpi.system.writing import write_whole
from kpi.views.claims import claim_unit, claims_of, disputed_keys
from kpi.views.entry import change_lines
from kpi.views.kept import kept_words
from kpi.views.standings import standings
from kpi.views.upload import nothing_new, recoverable_words


def run() -> NoReturn:
    """Runs the command of this process and ends it with the command's code."""
    leave_out_pandas()
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`head`, a pager) has seen enough; Python must not write to it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Returns 0 when done, 1 when the data has errors or nothing was found, 2 for wrong usage.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    _write_utf8()
    levels = logging.getLevelNamesMapping()
    level = levels.get(os.environ.get("KPI_LOG", "").upper(), logging.WARNING)
    logging.basicConfig(level=level, handlers=[private_handler()])
    as_json = "--json" in arguments
    try:
        options = read_arguments(arguments)
        answer, text, *code = _COMMANDS[options.command](options)
        _say(json.dumps(answer, ensure_ascii=False) if as_json else text)
    except KpiError as error:
        logging.getLogger(__name__).debug("refused", exc_info=True)
        if as_json:
            refusal = answers.error_answer(error)
            print(json.dumps({"error": refusal}, ensure_ascii=False))
        print(f"{error.title}: {error.message}", file=sys.stderr)
        return 2 if isinstance(error, WrongUsageError) else 1
    return code[0] if code else 0


def _say(text: str) -> None:
    """Writes the answer. KpiError where what it is led to is full or gone; a pipe may end early."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer would fail once more at the program's end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise KpiError("Svaret kan ikke skrives", why_not_written("svaret", error)) from error


def _write_utf8() -> None:
    # Windows writes to files and pipes in a code page that knows neither »−« nor all of JSON.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _file(path: Path) -> Upload:
    """The file at a path; wrong usage where it cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            # Only its beginning: enough to be reported as too large.
            with path.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
        else:
            content = path.read_bytes()
    except OSError as error:
        raise WrongUsageError(
            "Filen kan ikke læses", why_not_read(shown_name(path.name), error)
        ) from error
    return Upload(path.name, content)


def _shown(path: Path | str) -> str:
    """A path as an answer writes it."""
    return without_personal_numbers(str(path))


def _upload(options: argparse.Namespace) -> tuple[Upload, Choices]:
    """The file and what was said of it; wrong usage where either cannot be read."""
    refuse_personal_texts(
        *filter(None, (options.source, options.sheet, options.measure, options.indicator))
    )
    upload = _file(Path(options.file))
    if options.member is not None:
        upload = member(upload, options.member)
    try:
        recipe = find_recipe(options.recipe, recipe_folders()) if options.recipe else None
    except RecipeError as error:
        raise WrongUsageError(error.title, error.message) from error
    return upload, Choices(
        recipe, options.source, options.decimal, options.sheet, options.measure, options.scale,
        options.accept_recipe, options.indicator,
    )  # fmt: skip


def _check(options: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    upload, choices = _upload(options)
    with within_limits():
        checked = check_file(upload, choices)
    text = check_text(checked)
    if options.changes and checked.compared:
        with within_limits():
            changes = changes_file(upload, choices)
        out = write_whole(Path(options.changes), changes)
        text += f"\nÆndringerne er skrevet til {_shown(out)}."
    return check_answer(checked), text, _code(checked, options.strict)


def _code(checked: Checked, strict: bool) -> int:
    return 0 if checked.publishable and not (strict and checked.problems) else 1


def _publish(options: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    upload, choices = _upload(options)
    if options.strict and (checked := check_file(upload, choices)).problems:
        return check_answer(checked), check_text(checked), _code(checked, options.strict)
    with within_limits(PUBLISHING_TIMES * CPU_SECONDS):
        done = publish(upload, choices, options.by, options.note)
    answer = check_answer(done.checked)
    answer |= {"batch_id": done.batch_id, "version": done.version}
    text = check_text(done.checked)
    if done.batch_id is not None:
        text += f"\nUdgivet som indlæsning nr. {done.batch_id}, udgave {done.version}. "
        text = (text + kept_words(done.checked)).rstrip()
        if done.recoverable:
            answer["recoverable"] = done.recoverable
            text += f"\n{recoverable_words(done.recoverable)}"
    elif done.checked.publishable:
        text += f"\nDer er intet at udgive: {nothing_new(done.checked)}"
    return answer, text, _code(done.checked, strict=False)


def _withdraw(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    done = withdraw(options.batch, options.by, options.why)
    answer = {"batch_id": done.batch_id, "version": done.version, "restored": done.restored}
    return answer, (
        f"Indlæsning nr. {done.batch_id} er fortrudt. "
        f"{counted(done.restored, 'tal er ændret', 'tal er ændret')}; "
        f"udgave {done.version} gælder."
    )


def _backup(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    files = backup(Path(options.folder))
    return {
        "folder": _shown(options.folder),
        "files": files,
    }, f"{counted(files, 'fil er kopieret', 'filer er kopieret')}."


def _restore(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    version = restore(Path(options.folder), replace=options.replace)
    return {"folder": _shown(options.folder), "version": version}, f"Udgave {version} gælder nu."


def _init(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    published = init()
    if finish_purge():  # of one that was cut short
        published = init()
    return answers.init_answer(published), answers.init_text(published)


def _show(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    store = open_store(as_of=options.as_of)
    figures = standings(
        store,
        options.indicator,
        [options.area] if options.area else None,
        [options.group] if options.group else None,
    )
    answer = answers.show_answer(store, options.indicator, figures)
    catalog = store.catalog()
    catalog = replace(catalog, disputed=disputed_keys(claims_of(store, catalog)))
    return answer, answers.show_text(catalog, options.indicator, figures)


def _batches(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    store = open_store()
    batches = store.batches()
    return answers.batches_answer(batches), answers.batches_text(batches, store.catalog())


def _by(options: argparse.Namespace) -> str:
    if not (options.by or "").strip():
        raise KpiError("Der mangler et navn", "Skriv, hvem der registrerer (--by).")
    return str(options.by)


def _enter(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    path = Path(options.file)
    file = read_plan_file(_file(path))
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


def _add(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    return add_entities(options, _file(Path(options.file)))


def _entries(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    entries = open_store().entries()
    return answers.entries_answer(entries), answers.entries_text(entries)


def _undo(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    version = withdraw_entry(options.entry, options.by, options.why)
    answer = {"entry_id": options.entry, "version": version}
    return answer, f"Registrering nr. {options.entry} er fortrudt. Udgave {version} gælder."


def _claims(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    if options.remove:
        remove_claim(options.remove)
    elif options.statement:
        indicator = open_store().catalog().indicator(options.indicator or "")
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
                        "unit": claim_unit(options.kind, indicator),
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


def _export(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    if options.kind != "csv":
        return _export_paper(options)
    store = _store_of(options)
    content, rows = write_observations(store, _indicators(options, store), options.area)
    if options.out is None:
        if options.json:
            raise KpiError("Ingen fil angivet", "Skriv --out FIL, når svaret skal være JSON.")
        return {}, content.removeprefix("\ufeff").rstrip("\n")
    out = write_whole(Path(options.out), content.encode("utf-8"))
    answer = {"file": _shown(out), "rows": rows, "version": store.version}
    return answer, f"{counted(rows, 'række er skrevet', 'rækker er skrevet')} til {_shown(out)}."


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
    from kpi.export.files import names, template_file, write_paper
    from kpi.export.news import meeting_before, with_news
    from kpi.export.paper import Choice, paper
    from kpi.views.since import since_view

    if options.out is None:
        raise KpiError("Ingen fil angivet", "Skriv --out FIL (for flere billeder en mappe).")
    areas = options.area or [os.environ.get("KPI_AREA") or "aarhus"]
    if len(areas) > 1:
        raise WrongUsageError(
            "Forkert brug", "Et papir handler om ét område. Skriv --area én gang."
        )
    store = _store_of(options)
    catalog = store.catalog()
    made = paper(
        store,
        catalog,
        Choice(
            areas[0],
            options.meeting or "",
            tuple(options.theme or ()),
            tuple(options.indicator or ()),
            claims=not options.without_claims,
        ),
    )
    before = meeting_before(catalog, made.meeting, made.as_of) if made.meeting else None
    if before:
        then = open_store(as_of=before.day)
        made = with_news(made, since_view(then, store, catalog, before.day, areas[0]), catalog)
    template = template_file(options.template)
    files = write_paper(options.kind, made, catalog, Path(options.out), template, options.size)
    answer = {
        "files": [_shown(file) for file in files],
        "exhibits": [item.exhibit.key for item in made.items],
        "as_of": made.as_of.isoformat(),
        "version": made.version,
    }
    many = "1 figur" if len(made.items) == 1 else f"{len(made.items)} figurer"
    return answer, f"{_shown(names(files))} er skrevet med {many}. {made.dated}."


_COMMANDS: dict[str, Callable[[argparse.Namespace], tuple[Any, ...]]] = {
    "check": _check,
    "publish": _publish,
    "withdraw": _withdraw,
    "purge": remove_file,
    "backup": _backup,
    "restore": _restore,
    "init": _init,
    "show": _show,
    "batches": _batches,
    "enter": _enter,
    "add": _add,
    "entries": _entries,
    "undo": _undo,
    "claims": _claims,
    "export": _export,
}
