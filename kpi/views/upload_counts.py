"""What a file, or a publication, changes: counts of rows and figures, in words."""

from collections.abc import Iterable, Mapping

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.wording import capital, listing
from kpi.ingest.checked import Change, Checked
from kpi.views.upload_problems import errors_of

# Of more rows only the number is said.
ROWS_NAMED = 5


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
    noun = counted_word(rows, "række", "rækker")
    parts = [f"{fmt.number(moved, 0)} af {fmt.number(rows, 0)} {noun} ændrer noget."]
    if checked.reattributed:
        parts.append(f"{_reattributed(checked.reattributed)}.")
    if checked.hidden:
        parts.append(
            f"{fmt.counted(checked.hidden, 'tal er', 'tal er')} skjult og kan ikke sammenlignes."
        )
    if checked.rounded:
        parts.append(rounded_line(checked))
    if checked.added:
        filled = fmt.counted(checked.added, "række står", "rækker står")
        parts.append(f"{filled} ikke i filen og er udfyldt af opskriften.")
    lines = sorted({problem.row for problem in errors_of(checked) if problem.row is not None})
    # An error may be reported of rows that are counted with the others all the same.
    if 0 < len(lines) == checked.faulty <= ROWS_NAMED:
        rows_word = counted_word(len(lines), "række", "rækkerne")
        named = f"{rows_word} {listing([str(line) for line in lines])}"
        parts.append(f"{capital(named)} er ikke regnet med.")
    elif checked.faulty:
        wrong = fmt.counted(checked.faulty, "række", "rækker")
        parts.append(f"{wrong} med fejl er ikke regnet med.")
    return " ".join(parts)


def rounded_line(checked: Checked) -> str:
    """That figures are kept with fewer decimals than the file has, and why."""
    have = fmt.counted(checked.rounded, "tal gemmes", "tal gemmes")
    return (
        f"{have} med færre decimaler, end filen har: med alle kunne små antal regnes ud. "
        "Skriv tæller og nævner, hvis de skal gemmes helt."
    )


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
        f"{fmt.number(new, 0)} {counted_word(new, 'nyt', 'nye')} tal, "
        f"{fmt.number(changed, 0)} {counted_word(changed, 'ændret', 'ændrede')} tal"
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


def guarded_words(hidden: Mapping[str, int], catalog: Catalog) -> str:
    """That figures which were shown are hidden since a publication; empty where none are.

    `hidden` are how many of each indicator.
    """
    if not hidden:
        return ""
    number = fmt.number(sum(hidden.values()), 0)
    names = listing([catalog.indicators[indicator_id].name for indicator_id in hidden])
    return (
        f"{number} tal, der før var vist, er nu skjult, fordi små tal ellers kunne regnes ud "
        f"({names}). Er det ikke meningen, så fortryd indlæsningen straks: De vises ikke altid "
        "igen."
    )


def touched(changes: Iterable[Change]) -> tuple[tuple[str, str], ...]:
    """The changed (indicator, area) pairs, each once, in the changes' order."""
    return tuple(dict.fromkeys((change.indicator_id, change.area_id) for change in changes))


def touched_pages(changes: Iterable[Change], catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """The changed (theme, indicator) pairs, each once, in the changes' order."""
    return tuple(
        dict.fromkeys(
            (catalog.theme_of(change.indicator_id, change.group_id), change.indicator_id)
            for change in changes
        )
    )


def new_and_changed(checked: Checked) -> str:
    """`ét nyt tal`, `fem nye og to ændrede tal`: the noun is neuter."""
    parts = [
        f"{'ét' if count == 1 else fmt.count_word(count)} {counted_word(count, singular, plural)}"
        for count, singular, plural in (
            (checked.new, "nyt", "nye"),
            (checked.changed, "ændret", "ændrede"),
            (checked.hidden, "skjult", "skjulte"),
        )
        if count
    ]
    count = checked.reattributed
    unchanged = counted_word(count, "uændret", "uændrede")
    same = f"{'ét' if count == 1 else fmt.count_word(count)} {unchanged}"
    moved = [f"{listing(parts)} tal"] if parts else []
    return listing([*moved, *([f"{same} tal med ny kilde"] if count else [])])


def counted_of(count: int, singular: str, plural: str) -> list[str]:
    """`3 fejl` as a part of a sentence; none where the count is zero."""
    return [f"{fmt.number(count, 0)} {counted_word(count, singular, plural)}"] if count else []


def counted_word(count: int, singular: str, plural: str) -> str:
    """The word that follows a number."""
    return singular if count == 1 else plural
