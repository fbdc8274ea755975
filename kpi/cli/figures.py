"""The commands that list what is published: show and batches."""

import argparse
from dataclasses import replace
from typing import Any

from kpi.cli import answers
from kpi.cli.naming import with_ids
from kpi.cli.show_answers import show_answer, show_text
from kpi.store import open_store
from kpi.views.claims import claims_of, disputed_keys
from kpi.views.standings import standings


def show_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """The newest figures of an indicator with their comparisons. The answer and its text."""
    store = open_store(as_of=options.as_of)
    options = with_ids(options, store.catalog())
    figures = standings(
        store,
        options.indicator,
        [options.area] if options.area else None,
        [options.group] if options.group else None,
    )
    answer = show_answer(store, options.indicator, figures)
    catalog = store.catalog()
    catalog = replace(catalog, disputed=disputed_keys(claims_of(store, catalog)))
    return answer, show_text(catalog, options.indicator, figures)


def batches_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """All publications, newest first. The answer and its text."""
    store = open_store()
    batches = store.batches()
    return answers.batches_answer(batches), answers.batches_text(batches, store.catalog())
