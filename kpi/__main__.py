"""The command line: `python -m kpi COMMAND`. Messages are Danish, codes and keys English."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from kpi import answers
from kpi.errors import KpiError
from kpi.export.csv import write_observations
from kpi.show import standings
from kpi.store import init, open_store


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0 when done, 1 when the data has errors or nothing was found."""
    logging.basicConfig(level=os.environ.get("KPI_LOG", "WARNING").upper(), stream=sys.stderr)
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], tuple[dict[str, Any], str]] = options.command
    try:
        answer, text = command(options)
    except KpiError as error:
        logging.getLogger(__name__).debug("refused", exc_info=True)
        if options.json:
            print(json.dumps({"error": {"title": error.title, "message": error.message}},
                             ensure_ascii=False))  # fmt: skip
        print(f"{error.title}: {error.message}", file=sys.stderr)
        return 1
    print(json.dumps(answer, ensure_ascii=False) if options.json else text)
    return 0


class _Parser(argparse.ArgumentParser):
    """argparse speaks English; the person at the command line reads Danish."""

    def error(self, message: str) -> NoReturn:
        wanted = {"the following arguments are required": "der mangler",
                  "invalid choice": "ukendt valg", "choose from": "vælg mellem",
                  "unrecognized arguments": "ukendt tilvalg", "argument": "tilvalg",
                  "expected one argument": "mangler sin værdi"}  # fmt: skip
        for english, danish in wanted.items():
            message = message.replace(english, danish)
        self.exit(2, f"Forkert brug: {message}\nSe »{self.prog} --help«.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m kpi", description="Spor: nøgletal med sporbar kilde.")
    commands = parser.add_subparsers(required=True, metavar="KOMMANDO", parser_class=_Parser)

    def add(name: str, command: Callable[..., Any], does: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(name, help=does, description=does)
        added.add_argument("--json", action="store_true", help="svar med ét JSON-objekt")
        added.set_defaults(command=command)
        return added

    add("init", _init, "byg første udgave af data/, eller udgiv hvad der er ændret siden")
    show = add("show", _show, "nyeste tal og sammenligninger")
    show.add_argument("indicator", metavar="NØGLETAL")
    show.add_argument("--area", metavar="OMRÅDE", help="kun dette område")
    show.add_argument("--group", metavar="GRUPPE", help="kun denne gruppe")
    _as_of(show)
    add("batches", _batches, "hvad der er udgivet, nyeste først")
    export = add("export", _export, "skriv tallene til en fil")
    export.add_argument("kind", choices=["csv"], metavar="csv")
    export.add_argument("--indicator", metavar="NØGLETAL", action="append")
    export.add_argument("--area", metavar="OMRÅDE", action="append")
    export.add_argument("--out", metavar="FIL", help="ellers til skærmen")
    _as_of(export)
    return parser


def _as_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
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
    return answer, answers.show_text(store.catalog(), answer)


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
    sys.exit(main())
