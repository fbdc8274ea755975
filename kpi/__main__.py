"""The command line: `python -m kpi COMMAND`. Messages are Danish, codes and keys English."""

import argparse
import io
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from kpi import answers
from kpi.claims import claim_unit, claims_of
from kpi.errors import KpiError
from kpi.export.csv import write_observations
from kpi.ingest.answers import check_answer, check_text
from kpi.ingest.checking import Checked, Choices
from kpi.ingest.gate import shown_name
from kpi.ingest.raw import MOST_BYTES, Upload
from kpi.ingest.recipe import RecipeError, find_recipe
from kpi.model import CLAIM_KINDS
from kpi.show import standings
from kpi.store import init, open_store
from kpi.store.backup import backup, restore
from kpi.store.entering import enter, remove_claim
from kpi.store.uploads import check_file, publish, recipe_folders, withdraw


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Returns 0 when done, 1 when the data has errors or nothing was found, 2 for wrong usage.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    # argparse takes a Danish »-25,4« for an option.
    arguments = [one.replace(",", ".") if _NEGATIVE.fullmatch(one) else one for one in arguments]
    _write_utf8()
    levels = logging.getLevelNamesMapping()
    level = levels.get(os.environ.get("KPI_LOG", "").upper(), logging.WARNING)
    logging.basicConfig(level=level, stream=sys.stderr)
    as_json = "--json" in arguments
    try:
        options = _parser().parse_args(arguments)
        command: Callable[[argparse.Namespace], tuple[Any, ...]] = options.command
        answer, text, *code = command(options)
    except KpiError as error:
        logging.getLogger(__name__).debug("refused", exc_info=True)
        if as_json:
            told = {"title": error.title, "message": error.message}
            print(json.dumps({"error": told}, ensure_ascii=False))
        print(f"{error.title}: {error.message}", file=sys.stderr)
        return 2 if isinstance(error, _WrongUsageError) else 1
    print(json.dumps(answer, ensure_ascii=False) if as_json else text)
    return code[0] if code else 0


def _write_utf8() -> None:
    # Windows writes to files and pipes in a code page that knows neither »−« nor all of JSON.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


_NEGATIVE = re.compile(r"-\d+,\d+")


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
    check = add("check", _check, "læs og kontrollér en fil; ændrer intet")
    _file(check)
    check.choices.add_argument("--strict", action="store_true", help="advarsler er også fejl")
    publish = add("publish", _publish, "kontrollér en fil, og udgiv dens nye og ændrede tal")
    _file(publish)
    publish.choices.add_argument("--strict", action="store_true", help="advarsler er også fejl")
    publish.wanted.add_argument("--by", metavar="NAVN", required=True, help="hvem der udgiver")
    publish.wanted.add_argument("--note", metavar="TEKST", required=True, help="hvorfor")
    withdraw = add("withdraw", _withdraw, "tag en indlæsning tilbage; de ældre tal gælder igen")
    withdraw.wanted.add_argument("batch", metavar="NUMMER", type=int, help="fra »batches«")
    withdraw.wanted.add_argument("--by", metavar="NAVN", required=True, help="hvem der fortryder")
    withdraw.wanted.add_argument("--why", metavar="TEKST", required=True, help="hvorfor")
    backup = add("backup", _backup, "kopiér hele databasen til en ny mappe")
    backup.wanted.add_argument("folder", metavar="MAPPE", help="mappen, der laves")
    restore = add("restore", _restore, "læg en sikkerhedskopi på plads")
    restore.wanted.add_argument("folder", metavar="MAPPE", help="sikkerhedskopien")
    restore.choices.add_argument(
        "--replace",
        action="store_true",
        help="også over en database; den gemmes",
    )
    add("batches", _batches, "hvad der er udgivet, nyeste først")
    claims = add("claims", _claims, "papirernes afledte tal, regnet efter (Regnetjek)")
    claims.choices.add_argument("--statement", metavar="TEKST", help="indfør et udsagn: dets ord")
    claims.choices.add_argument("--indicator", metavar="NØGLETAL", help="det som udsagnet er om")
    claims.choices.add_argument("--area", metavar="OMRÅDE", help="områdets id")
    claims.choices.add_argument("--group", metavar="GRUPPE", help="ellers nøgletallets egen")
    claims.choices.add_argument("--period", metavar="PERIODE", help="for eksempel 2024H2")
    claims.choices.add_argument("--from", dest="since", metavar="PERIODE", help="den tidligere")
    claims.choices.add_argument("--kind", choices=CLAIM_KINDS, metavar="SLAGS",
                                help=", ".join(CLAIM_KINDS))  # fmt: skip
    claims.choices.add_argument("--reported", metavar="TAL", help="papirets tal, med punktum")
    claims.choices.add_argument("--inputs", metavar="FORMEL", help="nøgletal til sum og forhold")
    claims.choices.add_argument("--source", metavar="KILDE", help="papirets id blandt kilderne")
    claims.choices.add_argument("--by", metavar="NAVN", help="hvem der indfører udsagnet")
    claims.choices.add_argument("--remove", metavar="ID", help="fjern et indført udsagn")
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


def _file(parser: _Parser) -> None:
    parser.wanted.add_argument("file", metavar="FIL", help="udtrækket eller skabelonen")
    parser.choices.add_argument(
        "--recipe", metavar="OPSKRIFT", help="opskriftens navn, eller stien til en .toml"
    )
    parser.choices.add_argument("--source", metavar="KILDE", help="kildens id; ellers own_upload")
    parser.choices.add_argument(
        "--decimal", choices=["comma", "point"], metavar="comma|point", help="filens decimaltegn"
    )
    parser.choices.add_argument("--sheet", metavar="NAVN", help="arket, hvor der er flere")


def _upload(options: argparse.Namespace) -> tuple[Upload, Choices]:
    """The file and what was said of it; wrong usage where either cannot be read."""
    path = Path(options.file)
    try:
        if path.stat().st_size > MOST_BYTES:
            # Only its beginning: enough to be told as too large.
            with path.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
        else:
            content = path.read_bytes()
    except OSError as error:
        raise _WrongUsageError(
            "Filen kan ikke læses", f"»{shown_name(path.name)}«: {error.strerror}."
        ) from error
    try:
        recipe = find_recipe(options.recipe, recipe_folders()) if options.recipe else None
    except RecipeError as error:
        raise _WrongUsageError(error.title, error.message) from error
    return Upload(path.name, content), Choices(
        recipe, options.source, options.decimal, options.sheet
    )


def _check(options: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    checked = check_file(*_upload(options))
    return check_answer(checked), check_text(checked), _code(checked, options.strict)


def _code(checked: Checked, strict: bool) -> int:
    return 0 if checked.publishable and not (strict and checked.problems) else 1


def _publish(options: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    upload, choices = _upload(options)
    if options.strict and check_file(upload, choices).problems:
        return _check(options)
    done = publish(upload, choices, options.by, options.note)
    answer = check_answer(done.checked)
    answer |= {"batch_id": done.batch_id, "version": done.version}
    text = check_text(done.checked)
    if done.batch_id is not None:
        text += f"\nUdgivet som indlæsning nr. {done.batch_id}, udgave {done.version}."
    elif done.checked.publishable:
        text += "\nIntet at udgive: alle tal er der allerede."
    return answer, text, _code(done.checked, strict=False)


def _withdraw(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    done = withdraw(options.batch, options.by, options.why)
    answer = {"batch_id": done.batch_id, "version": done.version, "restored": done.restored}
    return answer, (
        f"Indlæsning nr. {done.batch_id} er trukket tilbage. {done.restored} tal er ændret; "
        f"udgave {done.version} gælder."
    )


def _backup(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    files = backup(Path(options.folder))
    return {"folder": options.folder, "files": files}, f"{files} filer kopieret."


def _restore(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    version = restore(Path(options.folder), replace=options.replace)
    return {"folder": options.folder, "version": version}, f"Udgave {version} gælder nu."


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
            options.by or "",
        )
    store = open_store()
    found = claims_of(store, store.catalog())
    return answers.claims_answer(found), answers.claims_text(found)


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
