"""The command line: `python -m kpi COMMAND`. Messages are Danish, codes and keys English."""

import argparse
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from kpi import answers
from kpi.errors import KpiError
from kpi.export.csv import write_observations
from kpi.show import standings
from kpi.store import init, open_store


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Returns 0 when done, 1 when the data has errors or nothing was found, 2 for wrong usage.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    _write_utf8()
    levels = logging.getLevelNamesMapping()
    level = levels.get(os.environ.get("KPI_LOG", "").upper(), logging.WARNING)
    logging.basicConfig(level=level, stream=sys.stderr)
    as_json = "--json" in arguments
    try:
        options = _parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], tuple[dict[str, Any], str]] = options.command
        answer, text = command(options)
    except KpiError as error:
        logging.getLogger(__name__).debug("refused", exc_info=True)
        if as_json:
            told = {"title": error.title, "message": error.message}
            print(json.dumps({"error": told}, ensure_ascii=False))
        print(f"{error.title}: {error.message}", file=sys.stderr)
        return 2 if isinstance(error, _WrongUsageError) else 1
    print(json.dumps(answer, ensure_ascii=False) if as_json else text)
    return 0


def _write_utf8() -> None:
    # Windows writes to files and pipes in a code page that knows neither »−« nor all of JSON.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


class _WrongUsageError(KpiError):
    """The command line itself is wrong."""


class _Parser(argparse.ArgumentParser):
    """argparse speaks English; the person at the command line reads Danish."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **settings)
        self.wanted = self.add_argument_group("Det skal med")
        self.choices = self.add_argument_group("Tilvalg")
        self.choices.add_argument("-h", "--help", action="help", help="vis denne hjælp")

    def error(self, message: str) -> NoReturn:
        for english, danish in _DANISH.items():
            message = message.replace(english, danish)
        raise _WrongUsageError("Forkert brug", f"{message}. Se »{self.prog} --help«.")


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Brug: " if prefix is None else prefix)


# What argparse says of wrong usage; the longer ones first.
_DANISH = {
    "the following arguments are required": "der mangler",
    "unrecognized arguments": "ukendt tilvalg",
    "ignored explicit argument": "tager ingen værdi, men fik",
    "expected one argument": "mangler sin værdi",
    "invalid choice": "ukendt valg",
    "choose from": "vælg mellem",
    "argument ": "",
}


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m kpi", description="Spor: nøgletal med sporbar kilde.")
    commands = parser.add_subparsers(
        title="Kommandoer", required=True, metavar="KOMMANDO", parser_class=_Parser
    )

    def add(name: str, command: Callable[..., Any], does: str) -> _Parser:
        added: _Parser = commands.add_parser(name, help=does, description=does.capitalize() + ".")
        added.choices.add_argument("--json", action="store_true", help="svar med ét JSON-objekt")
        added.set_defaults(command=command)
        return added

    add("init", _init, "byg første udgave af data/, eller udgiv hvad der er ændret siden")
    show = add("show", _show, "nyeste tal og sammenligninger")
    show.wanted.add_argument("indicator", metavar="NØGLETAL", help="nøgletallets id")
    show.choices.add_argument("--area", metavar="OMRÅDE", help="kun dette område")
    show.choices.add_argument("--group", metavar="GRUPPE", help="kun denne gruppe")
    _as_of(show)
    add("batches", _batches, "hvad der er udgivet, nyeste først")
    export = add("export", _export, "skriv tallene til en fil")
    export.wanted.add_argument("kind", choices=["csv"], metavar="csv", help="filens slags")
    export.choices.add_argument(
        "--indicator", metavar="NØGLETAL", action="append", help="kun dette; kan gentages"
    )
    export.choices.add_argument(
        "--area", metavar="OMRÅDE", action="append", help="kun dette; kan gentages"
    )
    export.choices.add_argument("--out", metavar="FIL", help="ellers til skærmen")
    _as_of(export)
    return parser


def _as_of(parser: _Parser) -> None:
    parser.choices.add_argument(
        "--as-of", metavar="DATO", type=_day, help="tallene som de var kendt den dag: 2025-03-19"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"»{text}« er ikke en dato; skriv for eksempel 2025-03-19"
        ) from None


def _init(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    published = init()
    return answers.init_answer(published), answers.init_text(published)


def _show(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    store = open_store(as_of=options.as_of)
    found = standings(
        store,
        options.indicator,
        [options.area] if options.area else None,
        [options.group] if options.group else None,
    )
    answer = answers.show_answer(store, options.indicator, found)
    return answer, answers.show_text(store.catalog(), options.indicator, found)


def _batches(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    batches = open_store().batches()
    return answers.batches_answer(batches), answers.batches_text(batches)


def _export(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    store = open_store(as_of=options.as_of)
    content, rows = write_observations(store, options.indicator, options.area)
    if options.out is None:
        if options.json:
            raise KpiError("Ingen fil angivet", "Skriv --out FIL når svaret skal være JSON.")
        return {}, content.removeprefix("\ufeff").rstrip("\n")
    out = Path(options.out)
    try:
        out.write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        raise KpiError(
            "Filen kan ikke skrives", f"»{out.name}«: {error.strerror}. Vælg en anden mappe."
        ) from error
    answer = {"file": str(out), "rows": rows, "version": store.version}
    return answer, f"Skrev {rows} rækker til {out}."


if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`head`, a pager) has seen enough; Python must not write to it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)
