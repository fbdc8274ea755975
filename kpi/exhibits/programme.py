"""The exhibit of a programme's outcomes: each as "n af N", area against area."""

from collections.abc import Sequence

from kpi.charts.marks import (
    FOCUS,
    PEER,
    Dot,
    Marks,
    NumberMarks,
    OutcomeMarks,
    OutcomeRow,
    Role,
    Scale,
)
from kpi.domain import format as fmt
from kpi.domain.age import age_text
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.measure import share
from kpi.domain.model import Area, Indicator, Observation
from kpi.domain.period_words import row_period_name
from kpi.domain.selection import Selection
from kpi.domain.vocabulary import SAME, VERDICT_NAMES
from kpi.domain.wording import (
    capital,
    claim_badges,
    counts_in_words,
    in_text,
    listing,
    people,
    sentences,
)
from kpi.exhibits.begun import unequal_time
from kpi.exhibits.caveats import caveats, dash_remark, programme_remark, sources_of
from kpi.exhibits.notes import notes_of
from kpi.exhibits.outcome_differences import (
    CountedOutcome,
    Outcome,
    counted_outcome,
    judged_by_area,
    judged_of,
    lies_beside,
    sure_by_area,
    sure_differences,
)
from kpi.exhibits.parts import Exhibit, Table, inside
from kpi.exhibits.reading import count_of_sure

# Behind the name of an outcome of which a paper says another number.
_MARK = " *"
# A title names as many outcomes as these, and counts more.
_MOST_NAMED = 3
# Of so few people a number that is not public would be hidden.
_FEW = 5
_PUBLISHED = "Antal under 5 står i den offentliggjorte rapport og er derfor ikke skjult."


def outcomes_exhibit(
    area: Area, others: Sequence[Area], figures: Figures, catalog: Catalog
) -> Exhibit | None:
    """Shares of known groups in the area and in others with the same figure; None without any.

    Sections follow the groups, outcomes the indicators' order. Counts become shares of their group.
    """
    outcomes = _outcomes(area, others, figures, catalog)
    if not outcomes:
        return None
    outcome_rows = tuple(_row(area, outcome, catalog) for outcome in outcomes)
    drawn = tuple(area_count.row for _, counted in outcomes for area_count in counted)
    shown = list(
        dict.fromkeys(area_count.area.name for _, counted in outcomes for area_count in counted)
    )
    title = _sure_title(area, outcomes) or _title(area, outcomes)
    places = listing([inside(shown[0]), *shown[1:]])
    under = f"Andel af gruppen {places}, procent, med sikkerhedsinterval (95 %)"
    table = _table(
        outcome_rows, [_time(counted[0].row, indicator, catalog) for indicator, counted in outcomes]
    )
    remarks = [
        sure_differences(area, outcomes),
        # In one: only the first remarks are seen without being asked for.
        " ".join(_claim_remarks(outcomes, catalog)),
        _times(outcomes, catalog),
        unequal_time(drawn, catalog),
        programme_remark(drawn, catalog),
        _few_remark(drawn, catalog),
        *_missing_remarks(others, outcomes, figures),
        *_notes(drawn, outcomes, catalog),
        dash_remark(table),
    ]
    marks = _marks(outcome_rows, outcomes, catalog)
    return Exhibit(
        key=f"resultater-{area.area_id}",
        title=title,
        subtitle=under,
        marks=marks,
        alt=sentences("Punktdiagram", title, under, _alt(outcome_rows)),
        table=table,
        observations=drawn,
        source=sources_of(drawn, catalog),
        remarks=tuple(filter(None, remarks)),
        selection=Selection("omraade", omraade=area.area_id),
    )


def outcomes_finding(area: Area, others: Sequence[Area], figures: Figures, catalog: Catalog) -> str:
    """Where the area certainly differs from the others, by name; of more than three how many.

    `Gellerup: sikker forskel fra Viby Syd på forældre med løntimer`; of each of several others what
    differs from it. Empty where no counts of two areas are known.
    """
    outcomes = _outcomes(area, others, figures, catalog)
    beside = judged_by_area(outcomes)
    if not beside:
        return ""
    sure = {name: each for name, each in sure_by_area(outcomes).items() if each}
    if not sure:
        return f"{area.name}: {VERDICT_NAMES[SAME]} fra {listing(list(beside))}"
    if len({named for each in sure.values() for named in each}) > _MOST_NAMED:
        parts = []
        for name, each in sure.items():
            some, of = counts_in_words(len(each), len(beside[name]))
            parts.append(f"fra {name} på {some} af {of} resultater")
    else:
        parts = [f"fra {name} på {listing(each)}" for name, each in sure.items()]
    return f"{area.name}: sikker forskel {listing(parts)}"


def _row(area: Area, outcome: Outcome, catalog: Catalog) -> OutcomeRow:
    """An outcome's group, name and dots, the area's own strong."""
    indicator, counted = outcome
    return OutcomeRow(
        catalog.groups[counted[0].row.group_id].name,
        indicator.name + (_MARK if _is_claimed(counted, catalog) else ""),
        tuple(
            _dot(area_count, FOCUS if area_count.area is area else PEER) for area_count in counted
        ),
        lies_beside(outcome),
    )


def _dot(area_count: CountedOutcome, role: Role) -> Dot:
    """An area's share as a dot, with its counts and percent: `21 af 68  31 %`."""
    counts = fmt.n_of_n(area_count.numerator, area_count.denominator)
    return Dot(
        area_count.area.name,
        role,
        area_count.percent,
        f"{counts}  {fmt.percent(area_count.percent, 0)}",
        area_count.row.is_approximate,
        low=area_count.low,
        high=area_count.high,
        period_name=area_count.row.period.name(),
        counts=(area_count.numerator, area_count.denominator),
    )


def _sure_title(area: Area, outcomes: Sequence[Outcome]) -> str:
    """`Gellerup: tre af ni forskelle til Viby Syd er statistisk sikre`; empty for a single one.

    It is what the rows say together: a title of one of them would be read as that of all.
    """
    judged = [each for outcome in outcomes for each in judged_of(outcome)]
    others = list(judged_by_area(outcomes))
    said = count_of_sure(judged, f"til {listing(others)}")
    return f"{area.name}: {in_text(said)}" if said else ""


def _title(area: Area, outcomes: Sequence[Outcome]) -> str:
    """The headline outcome: `Forældre med tilknytning til job i Gellerup: 21 af 68 (31 %)`."""
    indicator, counted = next((outcome for outcome in outcomes if outcome[0].headline), outcomes[0])
    own = counted[0]
    share_text = fmt.share_text(own.numerator, own.denominator)
    return f"{capital(indicator.short_name)} {inside(area.name)}: {share_text}"


def _outcomes(
    area: Area, others: Sequence[Area], figures: Figures, catalog: Catalog
) -> list[Outcome]:
    """Each indicator with a known share in the area, with those of the others, by group."""
    outcomes: list[Outcome] = []
    for indicator in catalog.indicators.values():
        own = figures.newest(indicator.indicator_id, area.area_id, indicator.default_group)
        shared = share(own, indicator) if own else None
        if own is None or shared is None:
            continue
        rows = [counted_outcome(area, own, shared, indicator)]
        for other in others:
            row = figures.at(indicator.indicator_id, other.area_id, own.group_id, own.period)
            theirs = share(row, indicator) if row else None
            if row is not None and theirs is not None:
                rows.append(counted_outcome(other, row, theirs, indicator))
        outcomes.append((indicator, rows))
    order = list(catalog.groups)
    return sorted(outcomes, key=lambda outcome: order.index(outcome[1][0].row.group_id))


def _marks(rows: Sequence[OutcomeRow], outcomes: Sequence[Outcome], catalog: Catalog) -> Marks:
    """The outcomes; of a single one its number, as one dot has nothing to be seen beside."""
    if len(rows) == 1 and len(rows[0].dots) == 1:
        indicator, (own,) = outcomes[0]
        when = row_period_name(own.row, indicator, catalog)
        about = f"{rows[0].name}, {own.area.name}, {when}"
        return NumberMarks(fmt.share_text(own.numerator, own.denominator), about)
    return OutcomeMarks(tuple(rows), Scale(f"{fmt.NO_BREAK_SPACE}%", 0, top=100))


def _missing_remarks(
    others: Sequence[Area], outcomes: Sequence[Outcome], figures: Figures
) -> list[str]:
    """Which areas are not beside: those without figures, and those that have them of other times.

    Figures of another period than the area's own are not drawn beside them.
    """
    with_figures = {area_count.area.area_id for _, counted in outcomes for area_count in counted}
    unseen = [other for other in others if other.area_id not in with_figures]
    at_other_times = [
        other
        for other in unseen
        if any(
            figures.newest(indicator.indicator_id, other.area_id, counted[0].row.group_id)
            for indicator, counted in outcomes
        )
    ]
    silent = [other.name for other in unseen if other not in at_other_times]
    elsewhen = [other.name for other in at_other_times]
    return [
        *([f"{listing(elsewhen)} har kun tal for andre perioder."] if elsewhen else []),
        *([f"{listing(silent)} har endnu ingen tal."] if silent else []),
    ]


def _few_remark(drawn: Sequence[Observation], catalog: Catalog) -> str:
    """Why numbers of a few people are shown: their source is public; empty without any."""
    is_public = all(not catalog.sources[row.source_id].min_cell for row in drawn)
    few = any(row.numerator is not None and 0 < row.numerator < _FEW for row in drawn)
    return _PUBLISHED if few and is_public else ""


def _notes(
    drawn: tuple[Observation, ...],
    outcomes: Sequence[Outcome],
    catalog: Catalog,
) -> list[str]:
    notes = [note for indicator, _ in outcomes for note in caveats((), indicator, catalog)]
    notes += notes_of(drawn, " ".join(notes), catalog)
    return list(dict.fromkeys(notes))


def _time(row: Observation, indicator: Indicator, catalog: Catalog) -> str:
    """When a figure was counted: `siden 2024, opgjort marts 2025`, `opgjort 6. oktober 2024`."""
    name = row_period_name(row, indicator, catalog)
    return f"opgjort {name}" if name[:1].isdigit() else name


def _times(outcomes: Sequence[Outcome], catalog: Catalog) -> str:
    """When the figures were counted and how old they are; of several times also which figures.

    `Opgjort 6. oktober 2024 (13 måneder gammelt): ledige forældre med data i DREAM; resten siden
    2024, opgjort marts 2025 (8 måneder gammelt).`
    """
    of_time: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        row = outcome[1][0].row
        source, indicator = catalog.sources[row.source_id], catalog.indicators[row.indicator_id]
        old = age_text(row, source, indicator, catalog.day)
        of_time.setdefault(f"{_time(row, outcome[0], catalog)} ({old})", []).append(outcome)
    times = sorted(of_time, key=lambda time: len(of_time[time]))
    parts = [f"{time}: {listing(_named(of_time[time], outcomes, catalog))}" for time in times[:-1]]
    parts.append(f"{'resten ' if parts else ''}{times[-1]}")
    return f"{capital('; '.join(parts))}."


def _named(some: Sequence[Outcome], outcomes: Sequence[Outcome], catalog: Catalog) -> list[str]:
    """The outcomes by name; all outcomes of one population group by the group's name."""
    groups: dict[str, list[str]] = {}
    for indicator, counted in some:
        groups.setdefault(counted[0].row.group_id, []).append(in_text(indicator.short_name))
    names: list[str] = []
    for group_id, of_group in groups.items():
        every = sum(counted[0].row.group_id == group_id for _, counted in outcomes)
        is_full_group = len(of_group) == every > 1
        names += [people(catalog.groups[group_id].name)] if is_full_group else of_group
    return names


def _is_claimed(counted: Sequence[CountedOutcome], catalog: Catalog) -> bool:
    return any(claim_badges(area_count.row, catalog) for area_count in counted)


def _claim_remarks(outcomes: Sequence[Outcome], catalog: Catalog) -> list[str]:
    """The marked figures: a paper says another number of them, as the badge of their cards does."""
    marked: dict[str, list[str]] = {}
    for indicator, counted in outcomes:
        for area_count in counted:
            for badge in claim_badges(area_count.row, catalog):
                name = f"{in_text(indicator.short_name)} {inside(area_count.area.name)}"
                marked.setdefault(badge.text, []).append(name)
    return [f"{_MARK.strip()} {text} (se Regnetjek): {listing(names)}."
            for text, names in marked.items()]  # fmt: skip


def _alt(rows: Sequence[OutcomeRow]) -> str:
    return " ".join(
        f"{row.name}: " + "; ".join(f"{dot.name} {dot.text}" for dot in row.dots) + "."
        for row in rows
    )


def _table(rows: Sequence[OutcomeRow], times: Sequence[str]) -> Table:
    """One row per outcome; `times` say when each was counted."""
    names = list(dict.fromkeys(dot.name for row in rows for dot in row.dots))
    return Table(
        ("Gruppe", "Resultat", *names, "Opgjort"),
        tuple(
            (
                row.section,
                row.name,
                *(
                    {dot.name: dot.text for dot in row.dots}.get(name, fmt.MISSING)
                    for name in names
                ),
                time.removeprefix("opgjort "),
            )
            for row, time in zip(rows, times, strict=True)
        ),
    )
