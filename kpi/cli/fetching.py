"""The commands that fetch figures from their sources, and decide about what waits for a person."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kpi.cli.arguments import WrongUsageError
from kpi.cli.fetch_answers import (
    fetched_answer,
    fetched_text,
    list_answer,
    list_text,
    queue_answer,
    queue_text,
)
from kpi.cli.file_answers import check_answer, check_text
from kpi.domain.errors import KpiError, choices_hint
from kpi.fetch.deciding import approve, read_waiting, throw_away
from kpi.fetch.definition import (
    DefinitionError,
    definition_paths,
    read_definition,
    recipe_of,
)
from kpi.fetch.fetching import Fetched, fetch
from kpi.fetch.journal import read_entry
from kpi.fetch.queue import waiting_files
from kpi.fetch.schedule import is_due, lacking_key
from kpi.fetch.small_numbers import shown_file, shown_waiting
from kpi.fetch.states import FetchState, states_of
from kpi.ingest.containers.own_limits import CPU_SECONDS, PUBLISHING_TIMES, within_limits
from kpi.store import open_store
from kpi.store import versions as place
from kpi.views.upload_counts import guarded_words


def fetch_command(options: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    """Fetches what is named, due or known. The answer, its text and the code to end with."""
    home = place.home_folder()
    if options.due and options.names:
        raise WrongUsageError("Forkert brug", "Skriv enten navne eller --due, ikke begge.")
    if options.list and (options.due or options.dry_run or options.again):
        raise WrongUsageError(
            "Forkert brug", "--list henter intet: skriv det uden --due, --again og --dry-run."
        )
    if options.again and not options.names:
        raise WrongUsageError("Forkert brug", "Skriv med --again, hvad der skal hentes igen.")
    if options.list:
        states = _states(options.names, home)
        return list_answer(states), list_text(states), 0
    fetched: list[Fetched] = []
    names, refused, lacking = _names(options, home)
    for name in names:
        try:
            with within_limits(PUBLISHING_TIMES * CPU_SECONDS):
                fetched.append(fetch(name, home, options.dry_run, is_again=options.again))
        except KpiError as error:  # the others are fetched all the same
            refused.append((name, error))
    return (
        fetched_answer(fetched, refused, lacking),
        fetched_text(fetched, refused, lacking, options.dry_run),
        _code(fetched, refused),
    )


def _code(fetched: Sequence[Fetched], refused: Sequence[tuple[str, KpiError]]) -> int:
    """2 for a definition that cannot be used, 1 where something else asks for a person."""
    if any(isinstance(error, DefinitionError) for _, error in refused):
        return 2
    return 1 if refused or any(outcome.needs_person for outcome in fetched) else 0


def _states(names: Sequence[str], home: Path) -> list[FetchState]:
    """What is known of the definitions that are named, or of all."""
    states = states_of(home, datetime.now(UTC))
    unknown = [name for name in names if name not in {state.name for state in states}]
    if unknown:
        hint = choices_hint(unknown[0], [state.name for state in states])
        raise WrongUsageError("Ukendt hentning", f"Der er ingen definition »{unknown[0]}«. {hint}")
    return [state for state in states if not names or state.name in names]


def _names(
    options: argparse.Namespace, home: Path
) -> tuple[list[str], list[tuple[str, KpiError]], list[tuple[str, str]]]:
    """The definitions to fetch, those that cannot be used, and those that lack a key, with it.

    A faulty one that is named is wrong usage, before anything is fetched. Where none is named, a
    faulty one is reported and the others are fetched; one whose key was never set is passed over.
    """
    names: list[str] = []
    lacking: list[tuple[str, str]] = []
    refused: list[tuple[str, KpiError]] = []
    now = datetime.now(UTC)
    for name in dict.fromkeys(options.names) or definition_paths(home):
        try:
            definition = read_definition(name, home)
            recipe_of(definition.recipe, home)
        except DefinitionError as error:
            if options.names:
                raise WrongUsageError(error.title, error.message) from error
            refused.append((name, error))
            continue
        # Unnamed, what is only fetched on request is not.
        entry = read_entry(home, name)
        is_wanted = options.names or definition.every != "never"
        if options.due:
            is_wanted = is_due(definition, entry, now)
        if not is_wanted:
            continue
        if not options.names and (setting := lacking_key(definition, entry)):
            lacking.append((name, setting))
        else:
            names.append(name)
    return names, refused, lacking


def queue_command(options: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    """What waits, or what is decided about a file. The answer, its text and the code."""
    home = place.home_folder()
    if "" in (options.approve, options.reject):
        raise WrongUsageError("Der mangler noget", "Skriv filens nummer. Se det med »queue«.")
    said = {name: (getattr(options, name) or "").strip() for name in ("by", "note", "why")}
    if options.approve:
        if not said["by"] or not said["note"] or said["why"]:
            raise WrongUsageError(
                "Der mangler noget", "Skriv både navn (--by) og note (--note), ikke --why."
            )
        recipe = read_waiting(options.approve, home)[2].recipe
        with within_limits(PUBLISHING_TIMES * CPU_SECONDS):
            done = approve(options.approve, options.by, options.note, home)
        checked = shown_file(done.checked, recipe, home)
        answer = check_answer(checked)
        answer |= {"batch_id": done.batch_id, "version": done.version}
        text = check_text(checked)
        if done.batch_id is not None:
            text += f"\nUdgivet som indlæsning nr. {done.batch_id}, udgave {done.version}."
            if done.hidden:
                answer["hidden"] = dict(done.hidden)
                text += f"\n{guarded_words(done.hidden, open_store(home).catalog())}"
        elif done.checked.publishable:
            text += (
                "\nDer er intet at udgive: tallene er udgivet i forvejen. Filen venter ikke mere."
            )
        return answer, text, 0 if done.checked.publishable else 1
    if options.reject:
        if not said["by"] or not said["why"] or said["note"]:
            raise WrongUsageError(
                "Der mangler noget", "Skriv både navn (--by) og grund (--why), ikke --note."
            )
        waiting = throw_away(options.reject, options.by, options.why, home)
        answer = {"rejected": waiting.id, "name": waiting.name}
        return answer, f"»{waiting.title}« er afvist. De samme tal kommer ikke i køen igen.", 0
    if options.by or options.note or options.why:
        raise WrongUsageError(
            "Der mangler noget", "Skriv --approve eller --reject med filens nummer."
        )
    waiting_now = shown_waiting(waiting_files(home), home)
    return queue_answer(waiting_now), queue_text(waiting_now), 0
