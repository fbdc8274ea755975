"""Runs one command of the command line. Messages are Danish, codes and keys English."""

import io
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

from kpi.cli.arguments import WrongUsageError, read_arguments
from kpi.domain.errors import KpiError, RowsRefusedError
from kpi.system.logs import keep_faults_private, private_handler
from kpi.system.no_pandas import leave_out_pandas
from kpi.system.one_thread import compute_in_one_thread
from kpi.system.os_errors import readable_name, why_not_written
from kpi.system.settings import unknown_setting_lines

# Where each command is. Only the module of the command that runs is imported: all of them take
# half a second, which neither `--help` nor a listing needs.
_COMMANDS: Mapping[str, tuple[str, str]] = {
    "check": ("files", "check_command"),
    "publish": ("files", "publish_command"),
    "withdraw": ("files", "withdraw_command"),
    "purge": ("removing", "purge_command"),
    "backup": ("upkeep", "backup_command"),
    "restore": ("upkeep", "restore_command"),
    "init": ("upkeep", "init_command"),
    "show": ("figures", "show_command"),
    "batches": ("figures", "batches_command"),
    "enter": ("entering", "enter_command"),
    "add": ("entering", "add_command"),
    "entries": ("entering", "entries_command"),
    "undo": ("entering", "undo_command"),
    "claims": ("entering", "claims_command"),
    "fetch": ("fetching", "fetch_command"),
    "queue": ("fetching", "queue_command"),
    "export": ("exporting", "export_command"),
    "refresh": ("refreshing", "refresh_command"),
}


def run() -> NoReturn:
    """Runs the command of this process and ends it with the command's code."""
    leave_out_pandas()
    compute_in_one_thread()
    keep_faults_private()
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
    for line in unknown_setting_lines(os.environ):
        logging.getLogger(__name__).warning(line)
    as_json = "--json" in arguments
    try:
        _refuse_unreadable(arguments)
        options = read_arguments(arguments)
        answer, text, *code = _command(options.command)(options)
        _say(json.dumps(answer, ensure_ascii=False) if as_json else text)
    except KpiError as error:
        logging.getLogger(__name__).debug("refused", exc_info=True)
        if as_json:
            print(json.dumps({"error": _error_answer(error)}, ensure_ascii=False))
        print(f"{error.title}: {error.message}", file=sys.stderr)
        return 2 if isinstance(error, WrongUsageError) else 1
    return code[0] if code else 0


def _command(name: str) -> Callable[..., tuple[Any, ...]]:
    """The function that carries out a command: its answer, the answer's text, perhaps a code."""
    module, function = _COMMANDS[name]
    command: Callable[..., tuple[Any, ...]] = getattr(import_module(f"kpi.cli.{module}"), function)
    return command


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


def _refuse_unreadable(arguments: Sequence[str]) -> None:
    """Refuses a name that is not in UTF-8: neither the store nor an answer can say it."""
    for argument in arguments:
        if (readable := readable_name(argument)) != argument:
            raise KpiError(
                "Et navn kan ikke læses",
                f"»{readable}« har bogstaver, der ikke er skrevet i UTF-8. Omdøb filen eller "
                "mappen, og prøv igen.",
            )


def _write_utf8() -> None:
    # Windows writes to files and pipes in a code page that knows neither »−« nor all of JSON.
    # Of a name that is not in UTF-8 the bytes are written as signs.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _error_answer(error: KpiError) -> dict[str, Any]:
    """What could not be done and why, for `--json`; rows that were refused one by one."""
    answer: dict[str, Any] = {"title": error.title, "message": error.message}
    if isinstance(error, RowsRefusedError):
        answer["problems"] = [
            {
                "code": problem.code,
                "table": problem.file,
                "row": problem.row,
                "column": problem.column,
                "value": problem.value,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in error.problems
        ]
    return answer
