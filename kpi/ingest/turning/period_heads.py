"""Columns whose names are periods of unknown time: `jan` without a year, `I år`."""

from collections.abc import Sequence

from kpi.domain.errors import Problem
from kpi.domain.vocabulary import PERIOD_KIND_PLURALS
from kpi.domain.wording import listing
from kpi.ingest.turning.split_periods import part_of_year
from kpi.ingest.words.heads import head_name, period_head
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.period_hints import is_unread_period, period_problem
from kpi.ingest.words.written_periods import period_of

_FEWEST = 2
_MOST_NAMED = 4
# Words for periods that depend on when the table was made.
_RELATIVE = frozenset(
    map(
        folded,
        (
            "sidste år", "i år", "dette år", "forrige år", "året før", "indeværende år", "næste år",
            "denne måned", "sidste måned", "forrige måned", "samme måned sidste år",
            "dette kvartal", "sidste kvartal", "forrige kvartal", "samme periode sidste år",
            "nu", "før", "i dag", "sidst", "seneste", "aktuel", "aktuelt", "forrige periode",
            "denne periode", "seneste periode", "seneste år", "år til dato", "åtd", "ytd",
            "this year", "last year", "previous year", "current year",
        ),
    )
)  # fmt: skip


def heads_without_periods(names: Sequence[str]) -> list[Problem]:
    """The problems of columns of figures whose names are periods, not measures; empty for others.

    Two or more must be months and the like without a year, periods seen from a day that the file
    does not give, or periods of which some are of another kind.
    """
    kinds = [(name, kind) for name in names if (kind := part_of_year(head_name(name)))]
    if len(kinds) >= _FEWEST:
        parts = [name for name, _ in kinds]
        word = PERIOD_KIND_PLURALS[kinds[0][1]]
        return [
            _problem(
                f"Kolonnerne {_named(parts)} er {word} uden år.",
                f"Skriv året i kolonnernes navne ({head_name(parts[0])} 2024) eller i en linje "
                "over kolonnerne: 2024, eller skoleåret 2023/2024.",
            )
        ]
    relative = [name for name in names if folded(head_name(name)) in _RELATIVE]
    if len(relative) >= _FEWEST:
        return [
            _problem(
                f"Kolonnerne {_named(relative)} siger ikke, hvilke perioder de er.",
                "Skriv perioderne i kolonnernes navne, for eksempel 2023 og 2024.",
            )
        ]
    unread = [name for name in names if is_unread_period(head_name(name))]
    periods = [name for name in names if period_head(name) is not None]
    if unread and len({*unread, *periods}) >= _FEWEST:
        message, remedy = period_problem(head_name(unread[0]))
        subject = (
            f"Kolonnen {_named(unread)} er en periode"
            if len(unread) == 1
            else f"Kolonnerne {_named(unread)} er perioder"
        )
        own = "kolonnens navn" if len(unread) == 1 else "kolonnernes navne"
        return [_problem(f"{subject}, der ikke kan læses. {message}", f"Ret {own}. {remedy}")]
    return _of_several_kinds(names)


def _of_several_kinds(names: Sequence[str]) -> list[Problem]:
    """`2023` beside `Gns. 2020-2023`: periods, but not of one series."""
    heads = {name: head for name in names if (head := period_head(name)) is not None}
    kinds = {period.kind for text, _ in heads.values() if (period := period_of(text)) is not None}
    if len(heads) < max(_FEWEST, len(names)) or len(kinds) < _FEWEST:
        return []
    return [
        _problem(
            f"Kolonnerne {_named(list(heads))} er perioder af hver sin slags.",
            "Slet dem, der ikke skal læses: et gennemsnit af flere år er et andet tal end et års.",
        )
    ]


def _named(names: Sequence[str]) -> str:
    shown = [f"»{head_name(name)}«" for name in names[:_MOST_NAMED]]
    more = len(names) - len(shown)
    return listing([*shown, *([f"{more} til"] if more else [])])


def _problem(message: str, hint: str) -> Problem:
    return Problem("missing_column", "", None, "periode", None, message, hint)
