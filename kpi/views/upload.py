"""What the upload page says of a file: finding, steps, why it waits, rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.cpr.typed import typed_holds_number
from kpi.domain import format as fmt
from kpi.domain.errors import Problem, count_of
from kpi.domain.lengths import long_texts
from kpi.domain.model import Batch
from kpi.domain.vocabulary import BATCH_STATE_NAMES
from kpi.domain.wording import capital, listing
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.table.formats import OWN_FORMATS
from kpi.ingest.words.template import is_template
from kpi.views.upload_counts import (
    ROWS_NAMED,
    counted_of,
    counted_word,
    new_and_changed,
    nothing_new,
)
from kpi.views.upload_problems import _UNKNOWN, asks_only, errors_of, has_personal_data, warnings_of

DONE, NOW, WAITING, LOCKED, ERROR, WARNING = "done", "now", "waiting", "locked", "error", "warning"

_DELIMITERS = {";": "semikolon", ",": "komma", "\t": "tabulator", "|": "lodret streg"}
_ENCODINGS = {"cp1252": "Windows-1252", "cp850": "DOS (850)", "iso8859-15": "ISO 8859-15"}
_DECIMALS = {"comma": "komma", "point": "punktum"}


NO_CHOICES = Choices()
_KEY = ("area", "period")
_DESCRIBE = "Angiv, hvad filens kolonner indeholder"


@dataclass(frozen=True)
class Step:
    """One of the page's five steps; `state` is DONE, NOW, WAITING, LOCKED, ERROR or WARNING."""

    text: str
    state: str


_SEVERAL_PARTS = {
    "ark": "Filen har flere ark med tal: Vælg det, der menes",
    "tabel": "Filen har flere tabeller: Vælg den, der menes",
}


def needs_recipe(checked: Checked, choices: Choices) -> bool:
    """Whether the file was read, but nothing says yet which column contains what."""
    missing = any(problem.code == "missing_column" for problem in checked.problems)
    return choices.recipe is None and bool(checked.columns) and missing


def has_more_than_recipe_problem(checked: Checked, choices: Choices) -> bool:
    """Whether the problems say more than that the file needs a recipe."""
    missing = [problem for problem in checked.problems if problem.code == "missing_column"]
    wrong = any(problem.code == "unused_column" for problem in errors_of(checked))
    return not needs_recipe(checked, choices) or len(missing) > 1 or wrong


def is_own_template(checked: Checked) -> bool:
    """Whether the file has the columns of our own template."""
    return checked.format in OWN_FORMATS and is_template(checked.columns)


def is_compared(checked: Checked, choices: Choices) -> bool:
    """Whether the file was understood far enough to be compared with what is published."""
    return checked.compared and not needs_recipe(checked, choices)


@dataclass(frozen=True)
class Filled:
    """What a recipe form says by now: the columns of area, period and figure, and whose they are.

    Each is empty where nobody and nothing says it; what is said of the whole file counts too.
    """

    area: str = ""
    period: str = ""
    value: str = ""
    indicator: str = ""
    source: str = ""


def as_proposed(proposal: Proposal) -> Filled:
    """What the file's contents alone fill in."""
    indicator = proposal.indicator.column if proposal.indicator else ""
    said = {key: getattr(proposal, key) or proposal.constant.get(key, "") for key in _KEY}
    value = proposal.numerator if proposal.counts_shares else proposal.value
    return Filled(**said, value=value, indicator=indicator)


def title(checked: Checked | None, choices: Choices, filled: Filled | None = None) -> str:
    """The page's finding: `To nye tal er klar; én fejl skal rettes, før filen kan udgives`.

    Of a file that waits for a recipe it is what is still to be filled in.
    """
    if checked is None:
        return "Vælg en fil, og se, hvad den ændrer"
    if has_personal_data(checked):
        return "Filen er afvist: Den indeholder CPR-numre"
    if needs_recipe(checked, choices):
        return _title_without_recipe(checked, filled)
    if not checked.columns:
        part = asked_part(checked)
        return _SEVERAL_PARTS[part] if part else "Filen kan ikke læses"
    wrong = count_of(errors_of(checked))
    faults = _faults(checked)
    if asks_only(checked):
        # Nothing is ready before it is known what the figures are.
        count = "ét" if wrong == 1 else fmt.count_word(wrong)
        return capital(f"{count} spørgsmål skal besvares, før filen kan udgives")
    if not checked.moved:
        if wrong:
            return capital(faults)
        return "Filen ændrer ingen tal" if checked.observations else "Filen har ingen tal at udgive"
    ready = f"{new_and_changed(checked)} er klar"
    return capital(f"{ready}; {faults}" if wrong else f"{ready} til udgivelse")


def asked_part(checked: Checked) -> str:
    """`ark` or `tabel` where the file has several and a person must choose; else empty."""
    hints = [problem.hint for problem in checked.problems if "--sheet NAVN" in problem.hint]
    return "" if not hints else "tabel" if "tabellen" in hints[0] else "ark"


def _title_without_recipe(checked: Checked, filled: Filled | None) -> str:
    proposal = checked.proposal
    if proposal is None:
        return _DESCRIBE
    said = filled or as_proposed(proposal)
    if proposal.measures and not said.value:
        return f"Filen har {fmt.count_word(len(proposal.measures))} mål: Vælg det, der menes"
    if not (said.area and said.period and said.value):
        return _DESCRIBE
    if not said.indicator:
        return "Vælg det nøgletal, som filen er om"
    if not said.source:
        return "Vælg den kilde, som filens tal er fra"
    return "Gem opskriften, så læses filen med den"


def _faults(checked: Checked) -> str:
    """`fire fejl skal rettes, før filen kan udgives`; one name in many rows is one task."""
    wrong = errors_of(checked)
    names = {(problem.code, problem.value) for problem in wrong if problem.code in _UNKNOWN}
    are_names = all(problem.code in _UNKNOWN and not problem.more for problem in wrong)
    if are_names and len(names) < len(wrong):
        count = "ét" if len(names) == 1 else fmt.count_word(len(names))
        task = counted_word(
            len(names), "navn kendes ikke: Opret det", "navne kendes ikke: Opret dem"
        )
        return f"{count} {task}, eller ret filen"
    return f"{fmt.count_word(count_of(wrong))} fejl skal rettes, før filen kan udgives"


def published_title(checked: Checked) -> str:
    """What a publication came to: `Fem nye og to ændrede tal er udgivet`."""
    return capital(f"{new_and_changed(checked)} er udgivet")


def under_title(
    steps_now: Sequence[Step], batch_id: int | None, is_one_of_several: bool = False
) -> str:
    """`trin 4 af 5 · intet er udgivet endnu`; of a queue others may be."""
    nothing = "filen er ikke udgivet endnu" if is_one_of_several else "intet er udgivet endnu"
    progress = f"indlæsning nr. {batch_id}" if batch_id is not None else nothing
    return f"trin {step_number(steps_now)} af {len(steps_now)} · {progress}"


def steps(checked: Checked | None, choices: Choices, published: bool = False) -> tuple[Step, ...]:
    """The five steps and how far the file is."""
    names = ["1 Vælg fil", "2 Læst", "3 Problemer", "4 Ændringer i filen", "5 Udgiv"]
    if checked is None:
        return (Step(names[0], NOW), *(Step(name, WAITING) for name in names[1:4]),
                Step(names[4], LOCKED))  # fmt: skip
    wrong, warned = count_of(errors_of(checked)), count_of(warnings_of(checked))
    was_read = bool(checked.columns)
    if not was_read:
        part = asked_part(checked)
        second = Step(f"2 Vælg {part}", NOW) if part else Step("2 Ikke læst", ERROR)
        return (Step("1 Fil valgt", DONE), second,
                *(Step(name, WAITING) for name in names[2:4]), Step(names[4], LOCKED))  # fmt: skip
    error_word = "spørgsmål" if asks_only(checked) else "fejl"
    counted = listing(
        [*counted_of(wrong, error_word, error_word), *counted_of(warned, "advarsel", "advarsler")]
    )
    third = Step(
        f"3 Problemer: {counted.replace(' og ', ', ')}" if counted else "3 Ingen problemer",
        WARNING if asks_only(checked) else ERROR if wrong else WARNING if warned else DONE,
    )
    reached = not needs_recipe(checked, choices)
    if not reached:
        third = Step("3 Mangler en opskrift", WARNING)
    fourth = Step("4 Udgivne ændringer" if published else names[3],
                  DONE if published else NOW if reached else WAITING)  # fmt: skip
    is_open = reached and checked.publishable and checked.moved > 0
    last = Step("5 Udgivet", DONE) if published else Step(names[4], WAITING if is_open else LOCKED)
    return (Step("1 Fil valgt", DONE), Step(names[1], DONE), third, fourth, last)


def steps_while_making(steps_now: Sequence[Step], name: str) -> tuple[Step, ...]:
    """The steps while something that the file names is made: the third is that, the rest wait."""
    first, second, _, fourth, last = steps_now
    return (
        first, second, Step(name, NOW), Step(fourth.text, WAITING), Step(last.text, LOCKED)
    )  # fmt: skip


def step_number(steps_now: Iterable[Step]) -> int:
    """Which step the page is at, from 1."""
    reached = [
        number for number, step in enumerate(steps_now, 1) if step.state not in (WAITING, LOCKED)
    ]
    return max(reached, default=1)


def file_line(checked: Checked, choices: Choices) -> str:
    """`vores skabelon (CSV, semikolon, UTF-8) · 15 rækker læst · decimaltegn: komma`."""
    parts = [_format(checked)] if checked.format else []
    if checked.columns:
        parts.append(_rows_read(checked))
    decimal_mark = choices.decimal or (choices.recipe.decimal if choices.recipe else None)
    if decimal_mark:
        parts.append(f"decimaltegn: {_DECIMALS[decimal_mark]}")
    elif checked.decimal and not _is_ambiguous(checked.problems):
        parts.append(f"decimaltegn: {_DECIMALS[checked.decimal]} (afgjort af kolonnens tal)")
    if checked.left_out:
        parts.append(f"gemmes uden {listing([*checked.left_out])}")
    return " · ".join(parts)


def _is_ambiguous(problems: Iterable[Problem]) -> bool:
    """Whether a number can be read in two ways: then the column has not settled its mark."""
    return any(problem.code == "ambiguous_number" for problem in problems)


def _rows_read(checked: Checked) -> str:
    """`15 rækker læst`; of a wide file the rows of the file and its figures: `2 rækker, 6 tal`."""
    if checked.lines_read is None:
        return fmt.counted(checked.rows_read, "række læst", "rækker læst")
    rows = fmt.counted(checked.lines_read, "række", "rækker")
    return f"{rows}, {fmt.counted(checked.rows_read, 'tal', 'tal')} læst"


def published_before(sha256: str, batches: Iterable[Batch]) -> str:
    """`samme fil som indlæsning nr. 8`, where this very content was published; else empty."""
    same = [
        batch for batch in batches if batch.origin == "upload" and batch.original_sha256 == sha256
    ]
    if not same:
        return ""
    newest = max(same, key=lambda batch: batch.batch_id)
    undone = "" if newest.state == "published" else f" ({BATCH_STATE_NAMES[newest.state]})"
    return f"samme fil som indlæsning nr. {newest.batch_id}{undone}"


def _format(checked: Checked) -> str:
    name = checked.label
    encoding = checked.encoding.replace("-sig", "").split("-le")[0].split("-be")[0]
    how = [
        _DELIMITERS.get(checked.delimiter, ""),
        _ENCODINGS.get(encoding, encoding.upper()),
    ]
    if is_own_template(checked):
        return f"vores skabelon ({', '.join(filter(None, [name, *how]))})"
    details = ", ".join(filter(None, how))
    return f"{name} ({details})" if details else name


def why_locked(
    checked: Checked, seen: bool, note: str, by: str, unseen: str = "advarslerne"
) -> str:
    """Why the file cannot be published yet, with what opens it; empty when it can.

    `unseen` are the warnings without a tick, in words.
    """
    wrong = errors_of(checked)
    if asks_only(checked):
        faults = "spørgsmålet" if len(wrong) == 1 else "spørgsmålene"
        return f"Før du kan udgive: Svar på {faults} ovenfor."
    if wrong:
        lines = sorted({problem.row for problem in wrong if problem.row is not None})
        has_all_rows = all(problem.row is not None and not problem.more for problem in wrong)
        if lines and has_all_rows and len(lines) <= ROWS_NAMED:
            rows = listing([fmt.number(line, 0) for line in lines])
            faults = f"{counted_word(len(lines), 'fejlen i række', 'fejlene i række')} {rows}"
        else:
            count = count_of(wrong)
            faults = "fejlen" if count == 1 else f"de {fmt.count_word(count)} fejl"
        return f"Før du kan udgive: Ret {faults}."
    if not checked.moved:
        return f"Der er intet at udgive: {nothing_new(checked)}"
    if typed_holds_number(note) or typed_holds_number(by):
        return "Før du kan udgive: Fjern CPR-nummeret fra noten eller navnet."
    if words := long_texts(by, note):
        return f"Før du kan udgive: {words}"
    missing = []
    if warnings_of(checked) and not seen:
        missing.append(f"markér, at du har gennemgået {unseen}")
    if not note.strip():
        missing.append("skriv en note")
    if not by.strip():
        missing.append("skriv dit navn")
    if not missing:
        return ""
    # The first of two ends in a clause of its own, which takes a comma.
    words = (
        ", og ".join(missing) if len(missing) == 2 and "at du" in missing[0] else (listing(missing))
    )
    return f"Før du kan udgive: {capital(words)}."
