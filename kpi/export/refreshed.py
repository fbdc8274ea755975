"""An earlier deck or Word paper given back: what of it is brought up to date, kept, and missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.export.as_written import AsWritten
from kpi.export.choice import Choice
from kpi.export.paper import Item, Paper
from kpi.export.proposal import name_of_figure

# The paper of a choice, of the day that is wanted.
PaperOf = Callable[[Choice], Paper]


@dataclass
class Account:
    """What became of a file, as Danish sentences, while it is brought up to date.

    `updated` counts texts, tables and charts that were written anew; `kept` is what people have
    changed by hand, `new` what was not in the file, `gone` what was taken out of it, `missing` what
    could not be brought up to date, `opposed` what they have written that says the opposite of the
    figures now.
    """

    updated: int = 0
    kept: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    opposed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Refreshed:
    """The file brought up to date, the day whose figures it has now, and its account."""

    content: bytes
    as_of: date
    updated: int
    kept: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    missing: tuple[str, ...]
    opposed: tuple[str, ...] = ()


def answer(content: bytes, paper: Paper, account: Account) -> Refreshed:
    """The account, closed; each sentence once."""
    return Refreshed(
        content, paper.as_of, account.updated,
        *(tuple(dict.fromkeys(lines))
          for lines in (
              account.kept, account.new, account.gone, account.missing, account.opposed,
          )),
    )  # fmt: skip


def choice_of_today(choice: Choice, catalog: Catalog) -> tuple[Choice, list[str]]:
    """A choice without the themes, indicators and meeting that are gone, and their ids.

    Raises KpiError where its area is gone: then nothing in the file can be brought up to date.
    """
    if choice.area_id not in catalog.areas:
        raise KpiError(
            "Området findes ikke længere",
            f"Filen handler om området »{choice.area_id}«, som ikke findes mere. Intet kan "
            "opdateres, og filen er ikke ændret.",
        )
    gone = [id_ for id_ in choice.theme_ids if id_ not in catalog.themes]
    gone += [id_ for id_ in choice.indicator_ids if id_ not in catalog.indicators]
    is_known = choice.meeting_id in catalog.meetings
    kept = replace(
        choice,
        theme_ids=tuple(id_ for id_ in choice.theme_ids if id_ not in gone),
        indicator_ids=tuple(id_ for id_ in choice.indicator_ids if id_ not in gone),
        meeting_id=choice.meeting_id if is_known else "",
    )
    if gone and not (kept.theme_ids or kept.indicator_ids):
        raise KpiError(
            "Nøgletallene findes ikke længere",
            "Ingen af de nøgletal, som filen er dannet af, findes mere. Intet kan opdateres, og "
            "filen er ikke ændret.",
        )
    return kept, gone


def paper_of_today(
    written: AsWritten, keys: Sequence[str], paper_of: PaperOf, catalog: Catalog, account: Account
) -> Paper:
    """The figures with those keys as they are today; notes in the account which there are none of.

    A figure of a single period that has become a development goes on under its former key.
    """
    choice, gone = choice_of_today(written.choice, catalog)
    full_paper = paper_of(replace(choice, picked=(), left_out=()))
    items = {item.exhibit.key: item for item in full_paper.items}
    others = [item for key, item in items.items() if key not in keys]
    wanted = []
    for key in keys:
        item = items.get(key) or _gone_on(key, others)
        if item is None:
            account.missing.append(lacking(key, full_paper, catalog))
        else:
            wanted.append(item)
    account.missing += [f"»{id_}« findes ikke længere." for id_ in gone]
    return replace(full_paper, items=tuple(wanted), choice=choice)


def _gone_on(key: str, others: Sequence[Item]) -> Item | None:
    """The only other figure of the key's indicator and groups, under that key."""
    parts = key.split("-")[1:]
    alike = [
        item
        for item in others
        if item.indicator.indicator_id in parts
        and {row.group_id for row in item.exhibit.observations} & {*parts}
    ]
    if len(alike) != 1:
        return None
    return replace(alike[0], exhibit=replace(alike[0].exhibit, key=key))


def lacking(key: str, paper: Paper, catalog: Catalog) -> str:
    """Why a figure of an earlier file cannot be brought up to date."""
    name, is_known = name_of_figure(key, catalog)
    if not is_known:
        return f"Figuren {name}: nøgletallet findes ikke længere. Den står med sine gamle tal."
    return (
        f"Figuren af {name}: {paper.dated[:1].lower()}{paper.dated[1:]} er der ingen tal, der kan "
        f"vises, i {paper.area_name}. Den står med sine gamle tal: Slet den, hvis de er skjult nu."
    )
