"""Danish sentences and words about figures: names in running text, gaps, badges, takeaways."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from kpi.domain import compare
from kpi.domain import format as fmt
from kpi.domain.catalog import SIMILAR, Catalog
from kpi.domain.compare import Change, Comparison, Parted
from kpi.domain.measure import compares_in_percent
from kpi.domain.model import Area, Break, Indicator, Observation, Source
from kpi.domain.period import Period
from kpi.domain.period_words import is_other_season, period_in_text, since_when
from kpi.domain.plan import Meeting
from kpi.domain.units import unit_name
from kpi.domain.vocabulary import Dispute

# What a badge is drawn as: its icon and colour are in ui/badges.py.
BadgeKind = Literal[
    "better", "worse", "higher", "lower", "same", "unknown", "approximate", "hidden", "doubted",
    "disputed", "rounded", "agrees", "on_time", "overdue", "unknown_rhythm", "planned",
    "in_progress", "in_operation", "completed", "blocked", "not_mentioned", "new",
    "waits", "failed", "changed", "withdrawn",
]  # fmt: skip
UNKNOWN: BadgeKind = "unknown"
# Those that say how a figure stands beside what it is compared with.
VERDICT_KINDS: tuple[BadgeKind, ...] = ("better", "worse", "higher", "lower", "same")


@dataclass(frozen=True)
class Badge:
    """A short word with a meaning; `kind` picks its icon and colour (ui/badges.py).

    `is_sure` is False where a verdict has no confidence interval: it is drawn weaker.
    """

    kind: BadgeKind
    text: str
    is_sure: bool = True


NOT_COMPARED = "Kan ikke sammenlignes"
NO_UNCERTAINTY = "Usikkerhed ikke beregnet"


_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ä": "ae", "ö": "oe", "ü": "u"})


def plain_id(title: str) -> str:
    """A title as an id: at most 60 small letters a-z, digits and `_`; empty of signs alone."""
    plain = re.sub(r"[^a-z0-9]+", "_", title.casefold().translate(_ASCII)).strip("_")
    return plain[:60].rstrip("_")


def in_text(name: str) -> str:
    """A group's or indicator's name inside a sentence: `dansk baggrund`, but `NSK-sager`."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def place(name: str) -> str:
    """An area's or benchmark's name inside a sentence: `hele landet`, but `Aarhus`."""
    return in_text(name) if name.startswith(("Hele ", "Kommunernes ", "Medianen ")) else name


def people(group_name: str) -> str:
    """A population group as people, inside a sentence: `borgere med dansk baggrund`.

    A background is not the subject of a sentence: people have one.
    """
    name = in_text(group_name)
    has_people = " med " in name or not re.search(r"\bbaggrund\b", name)
    return name if has_people else f"borgere med {name}"


# Stages of school, which one is in or on.
_STAGES = {
    "indskoling": "i indskolingen",
    "mellemtrin": "på mellemtrinnet",
    "udskoling": "i udskolingen",
}


def among(group_name: str) -> str:
    """In whom a figure is, after it: `blandt borgere med dansk baggrund`, `i udskolingen`."""
    return _STAGES.get(group_name.casefold(), f"blandt {people(group_name)}")


def for_whom(indicator: Indicator, group_name: str) -> str:
    """Whose a number is, after it: `2 for arabisktalende borgere`, `20 % blandt borgere med …`.

    Workshops and places are for people, who themselves are counted and have shares.
    """
    is_theirs = indicator.is_total and indicator.unit != "persons"
    return f"for {people(group_name)}" if is_theirs else among(group_name)


def other_name(comparison: Comparison, catalog: Catalog, own: Area) -> str:
    """Who a value is compared with, in running text: `hele landet`, `6-byerne uden Aarhus`."""
    match comparison.kind:
        case "area":
            return place(catalog.areas[comparison.with_id].name)
        case "group":
            return people(catalog.groups[comparison.with_id].name)
        case "area_set" if comparison.with_id == compare.MEDIAN:
            return f"medianen af de {fmt.number(comparison.areas, 0)} andre kommuner"
        case "area_set" if comparison.with_id == SIMILAR:
            return f"kommuner som {own.name}"
        case "area_set":
            return f"{catalog.area_sets[comparison.with_id].name} uden {own.name}"
        case "target":
            raise ValueError("a target is no other figure: its words are in kpi/domain/targets.py")
    assert_never(comparison.kind)


def row_name(comparison: Comparison, indicator: Indicator, catalog: Catalog, own: Area) -> str:
    """Whose a value beside the own is, alone in a row: of counts a set's is a mean, no sum."""
    name = other_name(comparison, catalog, own)
    is_mean = comparison.kind == "area_set" and comparison.with_id != compare.MEDIAN
    return f"gennemsnit af {name}" if is_mean and indicator.is_total else name


def gap_phrase(
    gap_points: float,
    indicator: Indicator,
    name: str,
    in_percent: bool,
    approximate: bool = False,
    decimals: int | None = None,
) -> str:
    """`7,2 procentpoint under hele landet`, `på niveau med hele landet`.

    `decimals` where those of exact values are others than the indicator's.
    """
    decimals_shown = _shown_decimals(indicator, approximate, decimals)
    if fmt.rounds_to_zero(gap_points, decimals_shown):
        return f"på niveau med {name}"
    side = "over" if gap_points > 0 else "under"
    return f"{size(gap_points, indicator, in_percent, approximate, decimals)} {side} {name}"


def size(
    points: float,
    indicator: Indicator,
    in_percent: bool,
    approximate: bool = False,
    decimals: int | None = None,
) -> str:
    """The size of a difference without its sign: `7,2 procentpoint`, `12 timer`.

    Between approximate values it is rounded to whole points and marked `ca.`.
    """
    decimals_shown = _shown_decimals(indicator, approximate, decimals)
    if in_percent and not indicator.is_proportion:
        text = fmt.number(abs(points), 0) + f"{fmt.NO_BREAK_SPACE}procentpoint"
    else:
        text = fmt.gap(abs(points), indicator, sign=False, decimals=decimals_shown)
    return f"ca.{fmt.NO_BREAK_SPACE}{text}" if approximate else text


def _shown_decimals(indicator: Indicator, approximate: bool, exact: int | None) -> int:
    return fmt.gap_decimals(indicator, approximate) if approximate or exact is None else exact


def gap_text(gap_points: float, indicator: Indicator, approximate: bool = False) -> str:
    """A difference with sign and unit: `−7,2 procentpoint`; between approximate values `ca. −7`."""
    text = fmt.gap(gap_points, indicator, decimals=fmt.gap_decimals(indicator, approximate))
    return f"ca.{fmt.NO_BREAK_SPACE}{text}" if approximate else text


def signed_gap(gap_points: float, indicator: Indicator, approximate: bool = False) -> str:
    """A difference as a bare signed number; between approximate values whole, with its `ca.`."""
    text = fmt.number(gap_points, fmt.gap_decimals(indicator, approximate), sign=True)
    return f"ca.{fmt.NO_BREAK_SPACE}{text}" if approximate else text


def in_percent_of_earlier(change: Change) -> str:
    """` (+12,5 %)`; empty where a percentage of the earlier value says nothing."""
    if change.relative_percent is None:
        return ""
    return f" ({fmt.percent(change.relative_percent, sign=True)})"


def change_phrase(change: Change, now: Observation, indicator: Indicator, catalog: Catalog) -> str:
    """`−3,3 procentpoint siden foråret 2024 (ikke samme årstid)`; a bare count also in percent."""
    since = since_when(change.since, indicator, catalog)
    decimals = fmt.gap_decimals(indicator, change.approximate)
    if fmt.rounds_to_zero(change.change_points, decimals):
        return f"uændret {since}"
    if compares_in_percent(now, indicator):
        points = signed_gap(change.change_points, indicator, change.approximate)
        text = f"{points}{fmt.NO_BREAK_SPACE}procentpoint"
    elif change.approximate:
        text = gap_text(change.change_points, indicator, change.approximate)
    else:
        text = fmt.gap(change.change_points, indicator) + in_percent_of_earlier(change)
    text += f" {since}"
    if is_other_season(change.since, now.period, indicator, catalog):
        text += " (ikke samme årstid)"
    elif change.is_chance:
        text += ", ingen sikker ændring"
    return text + change_doubt(now, change.since, catalog)


def change_doubt(now: Observation, since: Period, catalog: Catalog) -> str:
    """What follows a change of which one of the figures cannot be believed; else empty."""
    return ", usandsynligt tal" if catalog.doubts_change(now, since) else ""


def break_reason(broken: Break) -> str:
    """`Brud: Kontanthjælpsreformen (1. juli 2025)`: why two figures are not compared."""
    return f"Brud: {broken.title} ({fmt.long_date(broken.day)})"


def parted_phrase(parted: Parted, indicator: Indicator, catalog: Catalog) -> str:
    """In place of a change: `kan ikke sammenlignes med juni 2025. Brud: …`."""
    earlier = period_in_text(parted.since, indicator, catalog)
    return f"kan ikke sammenlignes med {earlier}. {break_reason(parted.broken)}"


def status_badges(observation: Observation) -> tuple[Badge, ...]:
    """What a reader must know of the value: approximate (in the source's words) or hidden."""
    match observation.status:
        case "approximate":
            words = f"»{observation.as_published}«" if observation.as_published else "Omtrentligt"
            return (Badge("approximate", words),)
        case "at_least" | "at_most":
            return (Badge("approximate", "Kilden giver kun en grænse"),)
        case "range":
            return (Badge("approximate", "Kilden giver kun et interval"),)
        case "suppressed":
            return (Badge("hidden", "Skjult"),)
        case "preliminary":
            return (Badge("approximate", "Foreløbigt"),)
        case "final" | "missing" | "not_applicable":
            return ()
    assert_never(observation.status)


_CLAIM_BADGES: Mapping[Dispute, Badge] = {
    "differs": Badge("disputed", "Papirets tal afviger"),
    "rounded": Badge("rounded", "Papirets tal er afrundet"),
}


def claim_badges(observation: Observation, catalog: Catalog) -> tuple[Badge, ...]:
    """The mark of a figure of which a paper says a number that is not confirmed."""
    key = (
        observation.indicator_id,
        observation.area_id,
        observation.group_id,
        observation.period.text,
    )
    outcome = catalog.disputed.get(key)
    return (_CLAIM_BADGES[outcome],) if outcome else ()


def caution_badges(observation: Observation, catalog: Catalog) -> tuple[Badge, ...]:
    """All that a reader must know of a figure before it is believed: in one order on all pages."""
    doubt = (Badge("doubted", "Usandsynligt tal, ikke bekræftet"),)
    return (
        *status_badges(observation),
        *(doubt if catalog.is_implausible(observation) else ()),
        *claim_badges(observation, catalog),
    )


def sentences(*parts: str) -> str:
    """The parts as sentences, each with one full stop."""
    return " ".join(part.rstrip(".") + "." for part in parts if part)


def subtitle(indicator: Indicator, whose: tuple[str, ...], first: str, last: str) -> str:
    """Measure, whose figures they are, unit and period of a chart, in one line."""
    parts = [indicator.name, *whose]
    unit = unit_name(indicator.unit)
    # "Underretninger pr. barn, underretninger" says it twice.
    is_said = (
        re.search(rf"(?<!\w){re.escape(unit)}(?!\w)", indicator.name, re.IGNORECASE) is not None
    )
    parts += [unit] if not indicator.is_total and not is_said else []
    parts.append(first if first == last else _stretch(first, last))
    return ", ".join(parts)


def _stretch(first: str, last: str) -> str:
    if first.isdigit() and last.isdigit():
        return f"{first}-{last}"
    return f"{first} til {last}"


def source_line(sources: tuple[Source, ...]) -> str:
    """`Kilde: ...`: title, publisher and year of each source; of a draft what there is."""
    texts = [
        ", ".join(filter(None, (source.title, source.publisher)))
        + (f" ({source.published[:4]})" if source.published else "")
        for source in sources
    ]
    return ("Kilde: " if len(texts) == 1 else "Kilder: ") + "; ".join(texts) + "."


def themes_of(indicator: Indicator, catalog: Catalog, short: bool = False) -> str:
    """The names of the themes that an indicator's figures stand under."""
    themes = [catalog.themes[each.theme_id] for each in catalog.by_theme(indicator)]
    return listing([theme.short_name if short else theme.name for theme in themes])


def genitive(name: str) -> str:
    """The name's genitive: `Gellerups`, `Aarhus'`."""
    return name + ("'" if name.endswith(("s", "x", "z")) else "s")


# plural: singular, and whether it is of the common gender (én opgørelse, ét tal).
_SINGULAR = {
    "områder": ("område", False),
    "nøgletal": ("nøgletal", False),
    "tal": ("tal", False),
    "udsagn": ("udsagn", False),
    "opgørelser": ("opgørelse", True),
    "kommuner": ("kommune", True),
    "forskelle": ("forskel", True),
    "indsatser": ("indsats", True),
}


def counts_in_words(*counts: int, common: bool = True) -> list[str]:
    """The counts of one sentence spelled in one way: all as words, or all in digits.

    `common` is the gender of what is counted: `én indsats`, else `ét tal`.
    """
    if any(count > 12 for count in counts):
        return [fmt.number(count, 0) for count in counts]
    return ["ét" if count == 1 and not common else fmt.count_word(count) for count in counts]


def share_of(count: int, of: int, noun: str) -> str:
    """`begge tal`, `alle tre tal`, `to af fire tal`, `det ene tal`, `ét af fire tal`."""
    singular, common = _SINGULAR.get(noun, (noun, True))
    if count == of == 1:
        return f"den ene {singular}" if common else f"det ene {singular}"
    some, all_of = counts_in_words(count, of, common=common)
    if count == of:
        return f"begge {noun}" if of == 2 else f"alle {all_of} {noun}"
    return f"{some} af {all_of} {noun}"


def listing(names: list[str]) -> str:
    """`Aarhus, Odense og Randers`."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " og " + names[-1]


def first_listed(names: Sequence[str], most: int, count: int | None = None) -> str:
    """`Aarhus, Odense og 3 til`: the first names, and how many more there are.

    `count` is the number of all where `names` are only the first of them.
    """
    shown = [*names[:most]]
    further = (len(names) if count is None else count) - len(shown)
    return listing([*shown, f"{fmt.number(further, 0)} til"] if further > 0 else shown)


_MOST_LISTED, _FIRST_LISTED = 8, 5


def shortlist(names: Sequence[str]) -> str:
    """All the names where they are few, else the first and how many more."""
    return first_listed(names, _MOST_LISTED if len(names) <= _MOST_LISTED else _FIRST_LISTED)


def meeting_name(meeting: Meeting) -> str:
    """`mødet 24. juni 2024 (Rådmandsmøde)`: two bodies may meet within a week."""
    body = f" ({meeting.body})" if meeting.body else ""
    return f"mødet {fmt.long_date(meeting.day)}{body}"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
