"""The commands that look after the store: init, backup and restore."""

import argparse
from pathlib import Path
from typing import Any

from kpi.cli import answers
from kpi.cli.reading import path_to_write, shown_path
from kpi.domain.format import counted
from kpi.store.backup import backup, restore
from kpi.store.publishing import init
from kpi.store.purging import finish_purge


def init_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Builds the first version of data/, or publishes what has changed since. Answer and text."""
    published = init()
    if finish_purge():  # of one that was cut short
        published = init()
    return answers.init_answer(published), answers.init_text(published)


def backup_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Copies the whole store to a new folder. The answer and its text."""
    files = backup(path_to_write(options.folder))
    return {
        "folder": shown_path(options.folder),
        "files": files,
    }, f"{counted(files, 'fil er kopieret', 'filer er kopieret')}."


def restore_command(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Puts a backup in place. The answer and its text."""
    version = restore(Path(options.folder), replace=options.replace)
    return {
        "folder": shown_path(options.folder),
        "version": version,
    }, f"Udgave {version} gælder nu."
