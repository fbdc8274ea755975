"""The command line's words: which commands and options there are, and what they say in Danish."""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NoReturn

from kpi.additions.model import ADDED_COLUMNS, ADDED_NOUNS, FILLED_IN_ADDED
from kpi.domain.errors import KpiError
from kpi.domain.period import today
from kpi.domain.vocabulary import CLAIM_KINDS, PAPER_FILES, PICTURE_FORMATS, PICTURE_SIZES
from kpi.system.program import program_version
from kpi.tables.spec import REQUIRED, SPECS

# Of a CSV no paper is made: it has the figures of the store.
EXPORT_FORMATS = (*PAPER_FILES, *PICTURE_FORMATS)
# What the rows of each table of the plan are called.
_ENTERED = [spec.nouns.several for spec in SPECS.values() if spec.part == "plan"]
_MOST_DIGITS = 7
_NEGATIVE = re.compile(r"-\d+,\d+")
# argparse quotes what it repeats but in this message.
_UNKNOWN = re.compile(r"(unrecognized arguments: )(.*)", re.DOTALL)


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the command that `command` names. Raises WrongUsageError."""
    # argparse takes a Danish »-25,4« for an option.
    known = [
        argument.replace(",", ".") if _NEGATIVE.fullmatch(argument) else argument
        for argument in arguments
    ]
    return _parser().parse_args(known)


class WrongUsageError(KpiError):
    """The command line itself is wrong."""


class _Parser(argparse.ArgumentParser):
    """argparse speaks English; the person at the command line reads Danish."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **settings)
        self.wanted = self.add_argument_group("Skal angives")
        self.choices = self.add_argument_group("Tilvalg")
        self.choices.add_argument("-h", "--help", action="help", help="vis denne hjælp")

    def error(self, message: str) -> NoReturn:
        """Raises WrongUsageError, in Danish, instead of leaving the program."""
        message = _UNKNOWN.sub("\\1»\\2«", message)
        for english, danish in _DANISH.items():
            message = message.replace(english, danish)
        raise WrongUsageError("Forkert brug", f"{message}. Se »{self.prog} --help«.")


class _Help(argparse.HelpFormatter):
    """argparse's help with a Danish word before the usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """The line of usage, after »Brug:«."""
        super().add_usage(usage, actions, groups, "Brug: " if prefix is None else prefix)


# Makes the parser of a command, of its name and what it does.
_Command = Callable[[str, str], _Parser]

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


def _number(text: str) -> int:
    """A number that »batches« or »entries« lists; any other text is not repeated."""
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError("skal være et nummer fra listen")
    return int(text)


def _parser() -> _Parser:
    """Every command, in the order of the help."""
    parser = _Parser(prog="python -m kpi", description="Spor: nøgletal med sporbar kilde.")
    parser.choices.add_argument(
        "--version", action="version", version=f"Spor {program_version()}",
        help="vis programmets version",
    )  # fmt: skip
    commands = parser.add_subparsers(
        title="Kommandoer", required=True, metavar="KOMMANDO", parser_class=_Parser
    )

    def command(name: str, does: str) -> _Parser:
        """The parser of a command, which can answer in JSON."""
        added: _Parser = commands.add_parser(name, help=does, description=does.capitalize() + ".")
        added.choices.add_argument("--json", action="store_true", help="svar med ét JSON-objekt")
        added.set_defaults(command=name)
        return added

    _figures(command)
    _store(command)
    _entries(command)
    _claims(command("claims", "Regnetjek: kontrolberegning af papirernes tal"))
    _fetching(command)
    _export(command("export", "skriv tal, figurer og bilag til filer"))
    _refresh(command("refresh", "opdatér tallene i en tidligere præsentation eller Word-fil"))
    return parser


def _figures(command: _Command) -> None:
    """The commands that show, check, publish and remove figures."""
    command("init", "byg første udgave af data/, eller udgiv det, der er ændret siden")
    show = command("show", "nyeste tal og sammenligninger")
    show.wanted.add_argument("indicator", metavar="NØGLETAL", help="nøgletallets id eller navn")
    show.choices.add_argument("--area", metavar="OMRÅDE", help="kun dette område")
    show.choices.add_argument("--group", metavar="GRUPPE", help="kun denne gruppe")
    _as_of(show)
    check = command("check", "læs og kontrollér en fil; ændrer intet")
    _file(check)
    check.choices.add_argument(
        "--changes", metavar="FIL", help="skriv alle nye og ændrede tal til en CSV-fil"
    )
    publish = command("publish", "kontrollér en fil, og udgiv dens nye og ændrede tal")
    _file(publish)
    publish.wanted.add_argument("--by", metavar="NAVN", required=True, help="hvem der udgiver")
    publish.wanted.add_argument("--note", metavar="TEKST", required=True, help="hvorfor")
    withdraw = command("withdraw", "fortryd en indlæsning; de tidligere tal gælder igen")
    withdraw.wanted.add_argument("batch", metavar="NUMMER", type=_number, help="fra »batches«")
    _who_and_why(withdraw, "hvem der fortryder")
    _purge(command("purge", "slet for altid, i alle udgaver (GDPR, artikel 17)"))


def _purge(purge: _Parser) -> None:
    what = purge.wanted.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "batch", metavar="NUMMER", type=_number, nargs="?",
        help="en indlæst fil og alle dens rækker: nummeret fra »batches«",
    )  # fmt: skip
    what.add_argument(
        "--entry", metavar="NUMMER", type=_number,
        help="det, der er registreret på én gang (handleplan, nøgletal, områder, kilder): nummeret "
        "fra »entries«",
    )  # fmt: skip
    what.add_argument("--claim", metavar="ID", help="et registreret udsagn: id'et fra »claims«")
    what.add_argument("--recipe", metavar="NAVN", help="en gemt opskrift")
    what.add_argument("--pack", metavar="ID", help="en gemt pakke: filens navn i packs/")
    what.add_argument("--draft", metavar="ID", help="en kladde: bogstaverne i dens link")
    _who_and_why(purge, "hvem der sletter")


def _store(command: _Command) -> None:
    """The commands that are about the database as a whole."""
    backup = command("backup", "kopiér hele databasen til en ny mappe")
    backup.wanted.add_argument("folder", metavar="MAPPE", help="mappen, der oprettes")
    restore = command("restore", "læg en sikkerhedskopi på plads")
    restore.wanted.add_argument("folder", metavar="MAPPE", help="sikkerhedskopien")
    restore.choices.add_argument(
        "--replace",
        action="store_true",
        help="også over en database; den gemmes",
    )
    command("batches", "indlæsninger, nyeste først")


def _fetching(command: _Command) -> None:
    """The commands that fetch figures from their sources, and decide about what waits."""
    fetch = command("fetch", "hent tal fra kilderne, og udgiv det, der ikke er noget i vejen med")
    fetch.choices.add_argument(
        "names", metavar="NAVN", nargs="*", help="kun disse; ellers alle, der kan hentes"
    )
    fetch.choices.add_argument(
        "--due", action="store_true", help="kun dem, hvis tid det er; til en tidsplan"
    )
    fetch.choices.add_argument(
        "--dry-run", action="store_true", help="vis spørgsmål, og hvad der vil ske; ændrer intet"
    )
    fetch.choices.add_argument(
        "--again", action="store_true", help="også det, der er hentet og fortrudt; det venter så"
    )
    fetch.choices.add_argument(
        "--list", action="store_true", help="hvornår hver er hentet, ventes igen og er forsinket"
    )
    queue = command("queue", "hentede filer, der venter på godkendelse")
    decision = queue.choices.add_mutually_exclusive_group()
    decision.add_argument("--approve", metavar="NUMMER", help="udgiv filen (--by, --note)")
    decision.add_argument("--reject", metavar="NUMMER", help="smid filen væk (--by, --why)")
    queue.choices.add_argument("--by", metavar="NAVN", help="hvem der godkender eller afviser")
    queue.choices.add_argument("--note", metavar="TEKST", help="hvad der skal stå om udgivelsen")
    queue.choices.add_argument("--why", metavar="TEKST", help="hvorfor filen afvises")


def _entries(command: _Command) -> None:
    """The commands that enter rows of the plan and of what is measured, list and undo them."""
    entering = command("enter", f"registrér rækker i handleplanen: {', '.join(_ENTERED)}")
    entering.wanted.add_argument("file", metavar="FIL", help="skabelonen, eller én tabel som CSV")
    _registered_by(entering)
    _add(command("add", "tilføj eller ret nøgletal, områder, grupper, kilder og temaer"))
    command("entries", "registreringer, nyeste først")
    back = command("undo", "fortryd en registrering")
    back.wanted.add_argument("entry", metavar="NUMMER", type=_number, help="fra »entries«")
    _who_and_why(back, "hvem der fortryder")


def _who_and_why(parser: _Parser, who: str) -> None:
    parser.wanted.add_argument("--by", metavar="NAVN", required=True, help=who)
    parser.wanted.add_argument("--why", metavar="TEKST", required=True, help="hvorfor")


def _registered_by(parser: _Parser) -> None:
    parser.choices.add_argument("--by", metavar="NAVN", help="hvem der registrerer")
    parser.choices.add_argument(
        "--check", action="store_true", help="vis, hvad der vil ske; registrér intet"
    )


def _as_of(parser: _Parser) -> None:
    parser.choices.add_argument(
        "--as-of", metavar="DATO", type=_day, help="tallene, som de var kendt den dag: 2025-03-19"
    )


def _day(text: str) -> date:
    """A day up to today: nobody knows what will be known on a later one."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"»{text}« er ikke en dato; skriv for eksempel 2025-03-19"
        ) from None
    if day > today():
        raise argparse.ArgumentTypeError(
            f"»{text}« ligger i fremtiden; skriv en dag til og med i dag, {today().isoformat()}"
        )
    return day


def _factor(text: str) -> float:
    try:
        factor = float(text.replace(",", "."))
    except ValueError:
        factor = 0.0
    if not 0 < factor < float("inf"):
        raise argparse.ArgumentTypeError(f"»{text}« er ikke et tal over 0; skriv for eksempel 100")
    return factor


def _file(parser: _Parser) -> None:
    parser.wanted.add_argument("file", metavar="FIL", help="udtrækket eller skabelonen")
    parser.choices.add_argument(
        "--recipe", metavar="OPSKRIFT", help="opskriftens navn, eller stien til en .toml"
    )
    parser.choices.add_argument("--source", metavar="KILDE", help="kildens id; ellers own_upload")
    parser.choices.add_argument(
        "--decimal", choices=["comma", "point"], metavar="comma|point", help="filens decimaltegn"
    )
    parser.choices.add_argument(
        "--sheet", metavar="NAVN", help="arket eller tabellen, hvor der er flere"
    )
    parser.choices.add_argument("--member", metavar="NAVN", help="filen, hvor en ZIP har flere")
    parser.choices.add_argument("--measure", metavar="NAVN", help="målet, hvor filen har flere")
    parser.choices.add_argument(
        "--indicator", metavar="NØGLETAL", help="nøgletallets id, hvor filen ikke selv siger det"
    )
    parser.choices.add_argument(
        "--period", metavar="PERIODE", help="alle tals periode, hvor filen ikke selv siger den"
    )
    parser.choices.add_argument(
        "--area", metavar="OMRÅDE", help="alle tals område, hvor filen ikke selv siger det"
    )
    parser.choices.add_argument(
        "--group", metavar="GRUPPE", help="alle tals gruppe, hvor filen ikke selv siger den"
    )
    parser.choices.add_argument(
        "--scale", metavar="TAL", type=_factor,
        help="gang værdierne med dette: 100 for andele fra 0 til 1; 1: de er, som de står",
    )  # fmt: skip
    parser.choices.add_argument(
        "--accept-recipe", action="store_true",
        help="brug opskriften, selv om filen siger noget andet, end den er lavet til",
    )  # fmt: skip
    parser.choices.add_argument("--strict", action="store_true", help="advarsler er også fejl")


def _add(adding: _Parser) -> None:
    adding.wanted.add_argument(
        "noun", choices=ADDED_NOUNS, metavar="SLAGS", help=", ".join(ADDED_NOUNS)
    )
    adding.wanted.add_argument("file", metavar="FIL", help="CSV eller XLSX, en række til hver")
    _registered_by(adding)
    for noun, table in ADDED_NOUNS.items():
        names = ADDED_COLUMNS[table]
        needed = [names[column] for column in REQUIRED[table] if column not in FILLED_IN_ADDED]
        adding.add_argument_group(
            f"Kolonner til {noun}",
            f"{', '.join(names.values())}. Skal udfyldes for nye: {', '.join(needed)}. "
            "En kolonne, som filen ikke har, bliver, som den er.",
        )


def _claims(claims: _Parser) -> None:
    claims.choices.add_argument(
        "--statement", metavar="TEKST", help="registrér et udsagn: dets ord"
    )
    claims.choices.add_argument(
        "--indicator", metavar="NØGLETAL", help="nøgletallet, som udsagnet er om"
    )
    claims.choices.add_argument("--area", metavar="OMRÅDE", help="områdets id eller navn")
    claims.choices.add_argument("--group", metavar="GRUPPE", help="ellers nøgletallets egen")
    claims.choices.add_argument("--period", metavar="PERIODE", help="for eksempel 2024H2")
    claims.choices.add_argument("--from", dest="since", metavar="PERIODE", help="den tidligere")
    claims.choices.add_argument("--kind", choices=CLAIM_KINDS, metavar="SLAGS",
                                help=", ".join(CLAIM_KINDS))  # fmt: skip
    claims.choices.add_argument("--reported", metavar="TAL", help="papirets tal")
    claims.choices.add_argument("--inputs", metavar="FORMEL", help="nøgletal til sum og forhold")
    claims.choices.add_argument("--source", metavar="KILDE", help="papirets id blandt kilderne")
    claims.choices.add_argument("--by", metavar="NAVN", help="hvem der registrerer udsagnet")
    claims.choices.add_argument("--remove", metavar="ID", help="fjern et registreret udsagn")


def _refresh(refresh: _Parser) -> None:
    refresh.wanted.add_argument(
        "file", metavar="FIL", help="filen, som Spor har dannet (.pptx, .docx)"
    )
    refresh.wanted.add_argument("--out", metavar="FIL", required=True, help="hvor den skrives")
    refresh.choices.add_argument(
        "--meeting", metavar="MØDE", help="til dette møde; tallene fra dets dag"
    )
    _as_of(refresh)


def _export(export: _Parser) -> None:
    export.wanted.add_argument(
        "kind",
        choices=EXPORT_FORMATS,
        metavar="SLAGS",
        help=", ".join(EXPORT_FORMATS),
    )
    export.choices.add_argument(
        "--indicator", metavar="NØGLETAL", action="append", help="kun dette; kan gentages"
    )
    export.choices.add_argument(
        "--area", metavar="OMRÅDE", action="append", help="kun dette; kan gentages til csv"
    )
    export.choices.add_argument(
        "--theme", metavar="TEMA", action="append", help="kun dette tema; kan gentages"
    )
    export.choices.add_argument("--meeting", metavar="MØDE", help="mødets id; tallene fra dets dag")
    export.choices.add_argument(
        "--among", metavar="SÆT", default="",
        help="områder, der vises ved siden af: similar, region eller et områdesæt",
    )  # fmt: skip
    export.choices.add_argument(
        "--without-claims", action="store_true",
        help="uden papirernes egne beregnede tal, hvor de afviger fra Spors",
    )  # fmt: skip
    for option, what in (
        ("--case-worker", "sagsbehandler"), ("--case-number", "sagsnummer"),
        ("--case-date", "papirets dato"),
    ):  # fmt: skip
        export.choices.add_argument(
            option, metavar="TEKST", default="", help=f"{what} i Word; ellers et felt at udfylde"
        )
    export.choices.add_argument(
        "--template", metavar="FIL", help="jeres egen skabelon til PowerPoint eller Word"
    )
    export.choices.add_argument(
        "--size", choices=PICTURE_SIZES, default="slide", metavar="FORMAT",
        help=f"billeders format: {', '.join(PICTURE_SIZES)}",
    )  # fmt: skip
    export.choices.add_argument(
        "--out", metavar="FIL", help="fil eller mappe; csv ellers til skærmen"
    )
    _as_of(export)
