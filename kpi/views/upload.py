"""What the upload page says of a file: finding, steps, why it waits, rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.cpr.typed import typed_holds_number
from kpi.domain import format as fmt
from kpi.domain.errors import Problem, count_of
from kpi.domain.model import Batch
from kpi.domain.problem_codes import PROBLEM_KINDS
from kpi.domain.vocabulary import BATCH_STATE_NAMES
from kpi.domain.wording import capital, listing
from kpi.ingest.checked import Change, Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.formats import OWN_FORMATS
from kpi.ingest.words.template import is_template

DONE, NOW, WAITING, LOCKED, ERROR, WARNING = "done", "now", "waiting", "locked", "error", "warning"

_DELIMITERS = {";": "semikolon", ",": "komma", "\t": "tabulator", "|": "lodret streg"}
_ENCODINGS = {"cp1252": "Windows-1252", "cp850": "DOS (850)", "iso8859-15": "ISO 8859-15"}
_DECIMALS = {"comma": "komma", "point": "punktum"}
_ROWS_NAMED = 5


# Errors that are a name Spor does not know: it may be made on the page.
_UNKNOWN = {"unknown_area", "unknown_group", "unknown_source", "unknown_indicator"}

NO_CHOICES = Choices()


@dataclass(frozen=True)
class Step:
    """One of the page's five steps; `state` is DONE, NOW, WAITING, LOCKED, ERROR or WARNING."""

    text: str
    state: str


_SEVERAL_PARTS = {
    "ark": "Filen har flere ark med tal: Vælg det, der menes",
    "tabel": "Filen har flere tabeller: Vælg den, der menes",
}


def errors_of(checked: Checked) -> list[Problem]:
    """The problems that stop a publication."""
    return [problem for problem in checked.problems if problem.severity == "error"]


def warnings_of(checked: Checked) -> list[Problem]:
    """The problems that a person must have seen."""
    return [problem for problem in checked.problems if problem.severity != "error"]


def asks_only(checked: Checked) -> bool:
    """Whether the only errors of the file are questions that a person can answer."""
    wrong = errors_of(checked)
    return bool(wrong) and all(PROBLEM_KINDS[problem.code].is_question for problem in wrong)


def has_personal_data(checked: Checked) -> bool:
    """Whether the file was refused because it contains CPR numbers."""
    return any(problem.code == "personal_data" for problem in checked.problems)


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


def title(checked: Checked | None, choices: Choices) -> str:
    """The page's finding: `To nye tal er klar; én fejl skal rettes, før filen kan udgives`."""
    if checked is None:
        return "Vælg en fil, og se, hvad den ændrer"
    if has_personal_data(checked):
        return "Filen er afvist: Den indeholder CPR-numre"
    if needs_recipe(checked, choices):
        return _title_without_recipe(checked)
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
    ready = f"{_new_and_changed(checked)} er klar"
    return capital(f"{ready}; {faults}" if wrong else f"{ready} til udgivelse")


def asked_part(checked: Checked) -> str:
    """`ark` or `tabel` where the file has several and a person must choose; else empty."""
    hints = [problem.hint for problem in checked.problems if "--sheet NAVN" in problem.hint]
    return "" if not hints else "tabel" if "tabellen" in hints[0] else "ark"


def _title_without_recipe(checked: Checked) -> str:
    proposal = checked.proposal
    if proposal and proposal.measures:
        return f"Filen har {fmt.count_word(len(proposal.measures))} mål: Vælg det, der menes"
    if proposal and proposal.is_understood and not proposal.indicator:
        return "Vælg det nøgletal, som filen er om"
    return "Angiv, hvad filens kolonner indeholder"


def _faults(checked: Checked) -> str:
    """`fire fejl skal rettes, før filen kan udgives`; one name in many rows is one task."""
    wrong = errors_of(checked)
    names = {(problem.code, problem.value) for problem in wrong if problem.code in _UNKNOWN}
    are_names = all(problem.code in _UNKNOWN and not problem.more for problem in wrong)
    if are_names and len(names) < len(wrong):
        count = "ét" if len(names) == 1 else fmt.count_word(len(names))
        task = _word(len(names), "navn kendes ikke: Opret det", "navne kendes ikke: Opret dem")
        return f"{count} {task}, eller ret filen"
    return f"{fmt.count_word(count_of(wrong))} fejl skal rettes, før filen kan udgives"


def published_title(checked: Checked) -> str:
    """What a publication came to: `Fem nye og to ændrede tal er udgivet`."""
    return capital(f"{_new_and_changed(checked)} er udgivet")


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
        [*_counted(wrong, error_word, error_word), *_counted(warned, "advarsel", "advarsler")]
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
    elif checked.decimal:
        parts.append(f"decimaltegn: {_DECIMALS[checked.decimal]} (afgjort af kolonnens tal)")
    if checked.left_out:
        parts.append(f"gemmes uden {listing([*checked.left_out])}")
    return " · ".join(parts)


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
        if lines and has_all_rows and len(lines) <= _ROWS_NAMED:
            rows = listing([fmt.number(line, 0) for line in lines])
            faults = f"{_word(len(lines), 'fejlen i række', 'fejlene i række')} {rows}"
        else:
            count = count_of(wrong)
            faults = "fejlen" if count == 1 else f"de {fmt.count_word(count)} fejl"
        return f"Før du kan udgive: Ret {faults}."
    if not checked.moved:
        return f"Der er intet at udgive: {nothing_new(checked)}"
    if typed_holds_number(note) or typed_holds_number(by):
        return "Før du kan udgive: Fjern CPR-nummeret fra noten eller navnet."
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


def row_counts(checked: Checked) -> tuple[tuple[str, int], ...]:
    """The file's rows: changed, new, reattributed, unchanged, error, unused (where any), all.

    The parts add up to the rows read and those that the recipe adds.
    """
    counted = [
        ("changed", checked.changed), ("new", checked.new),
        *([("reattributed", checked.reattributed)] if checked.reattributed else []),
        ("unchanged", checked.unchanged),
        *([("hidden", checked.hidden)] if checked.hidden else []),
        *([("error", checked.faulty)] if checked.faulty else []),
    ]  # fmt: skip
    every = _all_rows(checked)
    unused = every - sum(count for _, count in counted)
    return (*counted, *([("unused", unused)] if unused > 0 else []), ("all", every))


def changes_line(checked: Checked) -> str:
    """`5 af 15 rækker ændrer noget. Række 16 er ikke regnet med.`"""
    moved, rows = checked.new + checked.changed, _all_rows(checked)
    noun = _word(rows, "række", "rækker")
    parts = [f"{fmt.number(moved, 0)} af {fmt.number(rows, 0)} {noun} ændrer noget."]
    if checked.reattributed:
        parts.append(f"{_reattributed(checked.reattributed)}.")
    if checked.hidden:
        parts.append(
            f"{fmt.counted(checked.hidden, 'tal er', 'tal er')} skjult og kan ikke sammenlignes."
        )
    if checked.added:
        filled = fmt.counted(checked.added, "række står", "rækker står")
        parts.append(f"{filled} ikke i filen og er udfyldt af opskriften.")
    lines = sorted({problem.row for problem in errors_of(checked) if problem.row is not None})
    # An error may be reported of rows that are counted with the others all the same.
    if 0 < len(lines) == checked.faulty <= _ROWS_NAMED:
        named = f"{_word(len(lines), 'række', 'rækkerne')} {listing([str(line) for line in lines])}"
        parts.append(f"{capital(named)} er ikke regnet med.")
    elif checked.faulty:
        wrong = fmt.counted(checked.faulty, "række", "rækker")
        parts.append(f"{wrong} med fejl er ikke regnet med.")
    return " ".join(parts)


def nothing_new(checked: Checked) -> str:
    """Why a file that was compared neither adds nor changes a figure, in full sentences."""
    rest = _all_rows(checked) - checked.observations
    if not checked.observations:
        if checked.faulty:
            return "Ingen af filens tal kan bruges, før fejlene er rettet."
        return "Ingen af filens rækker indeholder tal, der bruges."
    same = fmt.counted(checked.observations, "tal", "tal")
    if not rest:
        return (
            "Filens ene tal er udgivet i forvejen." if checked.observations == 1
            else f"Alle {same} i filen er udgivet i forvejen."
        )  # fmt: skip
    sentences = [f"{same} i filen er udgivet i forvejen."]
    if checked.faulty:
        sentences.append(f"{fmt.counted(checked.faulty, 'række har', 'rækker har')} fejl.")
    if rest > checked.faulty:
        unused = fmt.counted(rest - checked.faulty, "række bruges", "rækker bruges")
        sentences.append(f"{unused} ikke.")
    return " ".join(sentences)


def _all_rows(checked: Checked) -> int:
    return checked.rows_read + checked.added


def moved_words(new: int, changed: int, hidden: int = 0, reattributed: int = 0) -> str:
    """`1 nyt tal, 2 ændrede tal`, and the reattributed and hidden ones where there are any."""
    words = (
        f"{fmt.number(new, 0)} {_word(new, 'nyt', 'nye')} tal, "
        f"{fmt.number(changed, 0)} {_word(changed, 'ændret', 'ændrede')} tal"
    )
    if reattributed:
        words += f", {_reattributed(reattributed)}"
    return f"{words}, {fmt.counted(hidden, 'skjult tal', 'skjulte tal')}" if hidden else words


def _reattributed(count: int) -> str:
    return f"{fmt.counted(count, 'tal er det samme', 'tal er de samme')} med ny kilde"


def recoverable_words(count: int) -> str:
    """How many hidden figures can be computed from what was shown before the publication."""
    counted = fmt.counted(count, "skjult tal", "skjulte tal")
    return (
        f"{counted} kan regnes ud af det, der har været vist før. Det er nu skjult på alle dage, "
        "men den, der husker det, kan regne. Overvej at fortryde indlæsningen."
    )


def touched(changes: Iterable[Change]) -> tuple[tuple[str, str], ...]:
    """The changed (indicator, area) pairs, each once, in the changes' order."""
    return tuple(dict.fromkeys((change.indicator_id, change.area_id) for change in changes))


def _new_and_changed(checked: Checked) -> str:
    """`ét nyt tal`, `fem nye og to ændrede tal`: the noun is neuter."""
    parts = [
        f"{'ét' if count == 1 else fmt.count_word(count)} {_word(count, singular, plural)}"
        for count, singular, plural in (
            (checked.new, "nyt", "nye"),
            (checked.changed, "ændret", "ændrede"),
            (checked.hidden, "skjult", "skjulte"),
        )
        if count
    ]
    count = checked.reattributed
    same = f"{'ét' if count == 1 else fmt.count_word(count)} {_word(count, 'uændret', 'uændrede')}"
    moved = [f"{listing(parts)} tal"] if parts else []
    return listing([*moved, *([f"{same} tal med ny kilde"] if count else [])])


def _counted(count: int, singular: str, plural: str) -> list[str]:
    return [f"{fmt.number(count, 0)} {_word(count, singular, plural)}"] if count else []


def _word(count: int, singular: str, plural: str) -> str:
    return singular if count == 1 else plural
