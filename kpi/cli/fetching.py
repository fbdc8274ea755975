"""The commands that fetch figures from their sources, and decide about what waits for a person."""

import argparse
from datetime import UTC, datetime
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
from kpi.domain.errors import KpiError
from kpi.fetch.deciding import approve, throw_away
from kpi.fetch.definition import DefinitionError, definition_paths, read_definition
from kpi.fetch.fetching import fetch
from kpi.fetch.journal import read_entry
from kpi.fetch.queue import waiting_files
from kpi.fetch.schedule import is_due
from kpi.fetch.states import states_of
from kpi.ingest.containers.own_limits import CPU_SECONDS, PUBLISHING_TIMES, within_limits
from kpi.store import versions as place


def fetch_command(options: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    """Fetches what is named, due or known. The answer, its text and the code to end with."""
    home = place.home_folder()
    if options.list:
        states = states_of(home, datetime.now(UTC))
        return list_answer(states), list_text(states), 0
    if options.due and options.names:
        raise WrongUsageError("Forkert brug", "Skriv enten navne eller --due, ikke begge.")
    fetched, refused = [], []
    for name in _names(options):
        try:
            with within_limits(PUBLISHING_TIMES * CPU_SECONDS):
                fetched.append(fetch(name, home, options.dry_run))
        except DefinitionError as error:
            raise WrongUsageError(error.title, error.message) from error
        except KpiError as error:  # the others are fetched all the same
            refused.append((name, error))
    code = 1 if refused or any(outcome.needs_person for outcome in fetched) else 0
    return (
        fetched_answer(fetched, refused),
        fetched_text(fetched, refused, options.dry_run),
        code,
    )


def _names(options: argparse.Namespace) -> list[str]:
    """The definitions to fetch. All are read first: a faulty one is wrong usage at once."""
    home = place.home_folder()
    names = list(dict.fromkeys(options.names)) or list(definition_paths(home))
    now = datetime.now(UTC)
    try:
        definitions = [read_definition(name, home) for name in names]
    except DefinitionError as error:
        raise WrongUsageError(error.title, error.message) from error
    if options.due:
        return [
            definition.name
            for definition in definitions
            if is_due(definition, read_entry(home, definition.name), now)
        ]
    # Unnamed, what is only fetched on request is not.
    return [
        definition.name
        for definition in definitions
        if options.names or definition.every != "never"
    ]


def queue_command(options: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    """What waits, or what is decided about a file. The answer, its text and the code."""
    home = place.home_folder()
    if options.approve:
        if not options.by or not options.note:
            raise WrongUsageError("Der mangler noget", "Skriv både navn (--by) og note (--note).")
        with within_limits(PUBLISHING_TIMES * CPU_SECONDS):
            done = approve(options.approve, options.by, options.note, home)
        answer = check_answer(done.checked)
        answer |= {"batch_id": done.batch_id, "version": done.version}
        text = check_text(done.checked)
        if done.batch_id is not None:
            text += f"\nUdgivet som indlæsning nr. {done.batch_id}, udgave {done.version}."
        elif done.checked.publishable:
            text += (
                "\nDer er intet at udgive: tallene er udgivet i forvejen. Filen venter ikke mere."
            )
        return answer, text, 0 if done.checked.publishable else 1
    if options.reject:
        if not options.by or not options.why:
            raise WrongUsageError("Der mangler noget", "Skriv både navn (--by) og grund (--why).")
        waiting = throw_away(options.reject, options.by, options.why, home)
        answer = {"rejected": waiting.id, "name": waiting.name, "sha256": waiting.sha256}
        return answer, f"»{waiting.title}« er afvist. De samme tal kommer ikke i køen igen.", 0
    waiting_now = waiting_files(home)
    return queue_answer(waiting_now), queue_text(waiting_now), 0
