"""Danish sentences and words about figures: names in running text, gaps, badges, takeaways."""

import re
from dataclasses import dataclass

from kpi import compare
from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.compare import Change, Comparison
from kpi.model import Area, Indicator, Observation, Source
from kpi.period import Period

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Badge:
    """A short word with a meaning; `kind` picks its icon and colour (ui/badges.py)."""

    kind: str
    text: str


_VERDICT_KINDS = {
    compare.BETTER: ("better", "Bedre end"),
    compare.WORSE: ("worse", "Dårligere end"),
    compare.HIGHER: ("higher", "Højere end"),
    compare.LOWER: ("lower", "Lavere end"),
    compare.SAME: ("same", "Kan ikke skelnes fra"),
}


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


def other_name(comparison: Comparison, catalog: Catalog, own: Area) -> str:
    """Who a value is held against, in running text: `hele landet`, `6-byerne uden Aarhus`."""
    if comparison.kind == "area":
        return place(catalog.areas[comparison.with_id].name)
    if comparison.kind == "group":
        return in_text(catalog.groups[comparison.with_id].name)
    return f"{catalog.area_sets[comparison.with_id].name} uden {own.name}"


def gap_phrase(
    gap_points: float,
    indicator: Indicator,
    name: str,
    in_percent: bool,
    approximate: bool = False,
    decimals: int | None = None,
) -> str:
    """`7,2 procentpoint under hele landet`, `på niveau med hele landet`.

    `decimals` where they are others than the indicator's.
    """
    if fmt.rounds_to_zero(gap_points, indicator.decimals if decimals is None else decimals):
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
    if in_percent and (approximate or not indicator.is_proportion):
        text = fmt.number(abs(points), 0) + f"{fmt.NO_BREAK_SPACE}procentpoint"
    else:
        text = fmt.gap(abs(points), indicator, sign=False, decimals=decimals)
    return f"ca.{fmt.NO_BREAK_SPACE}{text}" if approximate else text


def signed_gap(gap_points: float, indicator: Indicator, approximate: bool = False) -> str:
    """A difference as a bare signed number; between approximate values whole, with its `ca.`."""
    if approximate:
        return f"ca.{fmt.NO_BREAK_SPACE}{fmt.number(gap_points, 0, sign=True)}"
    return fmt.number(gap_points, indicator.decimals, sign=True)


def change_phrase(change: Change, now: Observation, indicator: Indicator, catalog: Catalog) -> str:
    """`−3,3 procentpoint (−25,4 %) siden foråret 2024, en anden årstid`."""
    since = when(change.since, indicator, catalog).removeprefix("i ")
    if fmt.rounds_to_zero(change.change_points, indicator.decimals):
        return f"uændret siden {since}"
    points = fmt.gap(change.change_points, indicator)
    relative = fmt.percent(change.relative_percent, sign=True)
    text = f"{points} ({relative}) siden {since}"
    if change.is_chance:
        text += ", kan ikke skelnes fra tilfældigheder"
    return text + season_remark(change.since, now.period, indicator, catalog)


def season_remark(one: Period, other: Period, indicator: Indicator, catalog: Catalog) -> str:
    """`, en anden årstid` where school figures of spring and autumn are held together."""
    differs = one.kind == other.kind == "half" and one.start.month != other.start.month
    seasonal = indicator.indicator_id in catalog.school_figures
    return ", en anden årstid" if differs and seasonal else ""


def verdict_badge(comparison: Comparison, name: str) -> Badge:
    """The verdict of a comparison as a badge: `Dårligere end hele landet`."""
    if comparison.verdict == compare.NO_COMPARISON:
        return Badge(UNKNOWN, "Ingen sammenligning")
    kind, words = _VERDICT_KINDS[comparison.verdict]
    return Badge(kind, f"{words} {name}")


def status_badges(observation: Observation) -> tuple[Badge, ...]:
    """What a reader must know of the value: approximate (in the source's words) or hidden."""
    if observation.is_approximate:
        words = f"»{observation.as_published}«" if observation.as_published else "Omtrentligt"
        return (Badge("approximate", words),)
    if observation.status == "suppressed":
        return (Badge("hidden", "Skjult"),)
    if observation.status == "preliminary":
        return (Badge("approximate", "Foreløbigt"),)
    return ()


def claim_badges(observation: Observation, catalog: Catalog) -> tuple[Badge, ...]:
    """The mark of a figure of which a paper says a number that does not hold."""
    key = (
        observation.indicator_id,
        observation.area_id,
        observation.group_id,
        observation.period.text,
    )
    return (Badge("disputed", "Regnetjek: afviger"),) if key in catalog.disputed else ()


def period_name(period: Period, indicator: Indicator, catalog: Catalog) -> str:
    """The period in Danish; half-years of school figures are `forår` and `efterår`."""
    return period.name(seasons=indicator.indicator_id in catalog.school_figures)


def when(period: Period, indicator: Indicator, catalog: Catalog) -> str:
    """The period after a figure: `i 2022`, `i foråret 2024`, `pr. 6. oktober 2024`."""
    name = period_name(period, indicator, catalog)
    if name.startswith(("forår ", "efterår ")):
        season, year = name.split(" ")
        return f"i {season}et {year}"
    return f"pr. {name}" if period.kind == "day" else f"i {name}"


def sentences(*parts: str) -> str:
    """The parts as sentences, each with one full stop."""
    return " ".join(part.rstrip(".") + "." for part in parts if part)


def subtitle(indicator: Indicator, whose: tuple[str, ...], first: str, last: str) -> str:
    """Measure, whose figures they are, unit and period of a chart, in one line."""
    parts = [indicator.name, *whose]
    unit = fmt.unit_name(indicator.unit)
    parts += [unit] if indicator.kind != "count" else []
    parts.append(first if first == last else _stretch(first, last))
    return ", ".join(parts)


def _stretch(first: str, last: str) -> str:
    if first.isdigit() and last.isdigit():
        return f"{first}-{last}"
    return f"{first} til {last}"


def source_line(sources: tuple[Source, ...]) -> str:
    """`Kilde: ...`: title, publisher and year of each source."""
    texts = [
        f"{one.title}, {one.publisher}" + (f" ({one.published[:4]})" if one.published else "")
        for one in sources
    ]
    return ("Kilde: " if len(texts) == 1 else "Kilder: ") + "; ".join(texts) + "."


def genitive(name: str) -> str:
    """The name's genitive: `Gellerups`, `Aarhus'`."""
    return name + ("'" if name.endswith(("s", "x", "z")) else "s")


_SINGULAR = {"områder": "område"}


def share_of(count: int, of: int, noun: str) -> str:
    """`begge tal`, `alle tre tal`, `to af fire tal`, `det ene tal`."""
    if count == of == 1:
        return f"det ene {_SINGULAR.get(noun, noun)}"
    if count == of:
        return f"begge {noun}" if of == 2 else f"alle {fmt.count_word(of)} {noun}"
    return f"{fmt.count_word(count)} af {fmt.count_word(of)} {noun}"


def listing(names: list[str]) -> str:
    """`Aarhus, Odense og Randers`."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " og " + names[-1]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
