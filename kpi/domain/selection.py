"""What a page shows, as a value: it knows its URL parameters and its sentence.

Links carry ids, lists comma-separated, so they outlive a renaming.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any, Literal
from urllib.parse import urlencode

from kpi.cpr.halves import second_halves
from kpi.cpr.typed import typed_holds_number
from kpi.domain.area_presets import (
    check_area_or_preset,
    check_set_beside,
    is_preset,
    municipality_for,
    preset_name,
)
from kpi.domain.catalog import Catalog
from kpi.domain.errors import NONE_ALIKE, KpiError
from kpi.domain.guides import PARTS as GUIDE_PARTS
from kpi.domain.guides import READERS, Reader
from kpi.domain.pages import FRONT_PAGE, PAGES
from kpi.domain.period import parse_period, today
from kpi.domain.plan import MOST_LETTERS, STATUS_CHOICES
from kpi.domain.vocabulary import LEVEL_NOUNS

Diagram = Literal["udvikling", "rangering", "afstand", "kort", "smaa", "tragt"]
DIAGRAMS: Mapping[Diagram, str] = {
    "udvikling": "Udvikling",
    "rangering": "Placering",
    "afstand": "Forskel",
    "kort": "Kort",
    "smaa": "Små diagrammer",
    "tragt": "Tragtdiagram",
}
# As many areas are named in a sentence, the first chosen one in focus; more are counted, and the
# home area is in focus where it is among them.
MOST_NAMED = 8
# How an area's figures are ordered, and which of them are shown; each first word is the usual.
Sorting = Literal["tema", "bagud", "foran", "aendring", "aeldst"]
SORTINGS: Mapping[Sorting, str] = {
    "tema": "Tema",
    "bagud": "Længst bagud",
    "foran": "Længst foran",
    "aendring": "Størst ændring",
    "aeldst": "Ældste tal",
}
Shown = Literal["alle", "daarligere", "bedre", "nye"]
SHOWN: Mapping[Shown, str] = {
    "alle": "Alle nøgletal",
    "daarligere": "Dårligere",
    "bedre": "Bedre",
    "nye": "Nye siden mødet",
}

# Sections of Om tallene, which are folded until a person or a link asks for them, in their order.
AboutPart = Literal[
    "laesning", "forkortelser", "skjulte", "formler", "noegletal", "alder", "kilder", "hentning",
    "indlaesninger", "regnetjek", "lignende", "tilgaengelighed",
]  # fmt: skip
ABOUT_PARTS: Mapping[AboutPart, str] = {
    "laesning": "Sådan læses tallene",
    "forkortelser": "Ord og forkortelser",
    "skjulte": "Skjulte tal: hvad der ikke er beskyttet",
    "formler": "Formler",
    "noegletal": "Nøgletal",
    "alder": "Hvor nye er tallene?",
    "kilder": "Kilder",
    "hentning": "Kilder, der hentes automatisk",
    "indlaesninger": "Indlæsninger",
    "regnetjek": "Regnetjek: kontrolberegning af papirernes tal",
    "lignende": "Kommuner, der ligner",
    "tilgaengelighed": "Tilgængelighed",
}

# A section of Overblik that a link may lead to: it is always there, and is moved into view.
WAITING_PART = "venter"
# What an address says of papers that are for no meeting; without a word they are for the newest.
NO_MEETING = "ingen"
# All sections of a page that has such.
ALL_PARTS = "alle"

# A person who writes an address may write the id or the word on the page, whatever the letter case.
_WORDS: Mapping[str, Mapping[Any, str]] = {
    "diagram": DIAGRAMS, "status": STATUS_CHOICES, "sorter": SORTINGS, "vis": SHOWN,
    "for": READERS, "afsnit": ABOUT_PARTS,
}  # fmt: skip
_IDS: Mapping[str, Mapping[str, str]] = {
    name: {each: each for each in words} | {word.casefold(): each for each, word in words.items()}
    for name, words in _WORDS.items()
}
_MOST_ITEMS, _MOST_NOTES = 120, 6
# No id is longer; what is opened is named by two.
_MOST_LETTERS = 80
_LONGER = {"aaben": 2 * _MOST_LETTERS, "ansvarlig": MOST_LETTERS}
_PERSONAL = "Linket indeholdt et CPR-nummer, som ikke vises."


# Parameters whose name Python keeps for itself.
_FIELDS = {"for": "laeser"}


@dataclass(frozen=True)
class Selection:
    """A page with its choices; empty text or tuple where the page uses its default."""

    page: str = FRONT_PAGE
    tema: str = ""
    noegletal: str = ""
    omraade: str = ""
    omraader: tuple[str, ...] = ()
    grupper: tuple[str, ...] = ()
    fra: str = ""
    til: str = ""
    diagram: Diagram | Literal[""] = ""
    moede: str = ""
    siden: str = ""
    blandt: str = ""
    afsnit: tuple[str, ...] = ()
    ansvarlig: str = ""
    status: str = ""
    sorter: Sorting | Literal[""] = ""
    vis: Shown | Literal[""] = ""
    # The indicator and group of the row that is open: `school_absence/lower_secondary`.
    aaben: str = ""
    # The day whose data a meeting's papers show, where it is another than the meeting's own.
    dag: str = ""
    # The draft of papers that is open.
    kladde: str = ""
    # Whose guide it is.
    laeser: Reader | Literal[""] = ""

    def parameters(self) -> dict[str, str]:
        """The URL parameters that are set, in the page's order."""
        parameters = {}
        for name in PAGES[self.page].parameters:
            value = getattr(self, _FIELDS.get(name, name))
            text = ",".join(value) if isinstance(value, tuple) else value
            if text:
                parameters[name] = text
        return parameters

    def path(self) -> str:
        """The deep link from the site's root: `/tema?tema=employment`."""
        query = urlencode(self.parameters(), safe=",/")
        base = "/" if self.page == FRONT_PAGE else f"/{self.page}"
        return base + ("?" + query if query else "")

    def sentence(self, catalog: Catalog, home_id: str = "") -> str:
        """The choices in words: `Aarhus og hele landet, ikke-vestlig baggrund, 2008-2021`.

        Of many areas it says how many of a kind they are. The home area's sets are meant where no
        chosen area has any of its own.
        """
        from kpi.domain.wording import in_text

        parts = []
        areas = self.omraader or ((self.omraade,) if self.omraade else ())
        if areas:
            parts.append(_areas_in_words(areas, home_id, catalog))
        parts += [
            in_text(catalog.groups[group_id].name) for group_id in self.grupper if group_id != "all"
        ]
        if self.fra or self.til:
            first = parse_period(self.fra).name() if self.fra else "første periode"
            last = parse_period(self.til).name() if self.til else "nyeste periode"
            parts.append(first if first == last else f"{first} til {last}")
        return ", ".join(parts)


def _areas_in_words(areas: Sequence[str], home_id: str, catalog: Catalog) -> str:
    """`Aarhus og Odense`; of many areas of a level `Aarhus og 97 andre kommuner`, home first."""
    from kpi.domain.wording import listing, place

    own = municipality_for(areas, home_id, catalog)
    nouns = {
        area: noun
        for area in areas
        if not is_preset(area, catalog)
        and area != home_id
        and (noun := LEVEL_NOUNS.get(catalog.areas[area].level))
    }
    numbers = {noun: number for noun, number in Counter(nouns.values()).items() if number > 1}
    if len(areas) <= MOST_NAMED:
        numbers = {}
    counted = {area for area, noun in nouns.items() if noun in numbers}
    ordered = sorted(areas, key=lambda area: area != home_id) if numbers else areas
    names = [
        preset_name(area, own, catalog)
        if is_preset(area, catalog)
        else place(catalog.areas[area].name)
        for area in ordered
        if area not in counted
    ]
    # `andre` are those of the home area's own kind: it is no region itself.
    own_noun = LEVEL_NOUNS.get(catalog.areas[home_id].level) if home_id in areas else None
    counts = (
        f"{number} {'andre ' if noun == own_noun else ''}{noun}" for noun, number in numbers.items()
    )
    return listing([*names, *counts])


def read_selection(
    page: str, parameters: Mapping[str, str], catalog: Catalog
) -> tuple[Selection, tuple[str, ...]]:
    """The selection that URL parameters ask for, and a Danish note on each part that is unknown.

    Unknown ids are left out, so the page falls back to its default; unknown parameters are ignored.
    Of a list longer than the tables are, the rest is left unread.
    """
    notes: list[str] = []
    checks = _checks(page, catalog)
    halves = _halves(page, parameters)
    if halves:
        notes.append(_PERSONAL)
    lists = {field.name for field in fields(Selection) if field.type == tuple[str, ...]}
    values: dict[str, Any] = {}
    for name in PAGES[page].parameters:
        # What a stranger put into a link is not repeated at length.
        written = parameters.get(name, "")
        if typed_holds_number(written):
            notes.append(_PERSONAL)
            continue
        parts = [written] if name == "ansvarlig" else written.split(",", _MOST_ITEMS)[:_MOST_ITEMS]
        most = _LONGER.get(name, _MOST_LETTERS)
        wanted = [part.strip()[:most] for part in parts if part.strip()]
        wanted = [part for part in wanted if part not in halves]
        if name in _IDS:
            wanted = [_IDS[name].get(part.casefold(), part) for part in wanted]
        if name == "afsnit" and ALL_PARTS in wanted:
            values[name] = (ALL_PARTS,)
            continue
        accepted = [text for text in dict.fromkeys(wanted) if _known(checks[name], text, notes)]
        if name in lists:
            values[name] = tuple(accepted)
        elif accepted:
            values[name] = parse_period(accepted[0]).text if name in ("fra", "til") else accepted[0]
    listed = notes[:_MOST_NOTES]
    if len(notes) > len(listed):
        listed.append(f"Linket har flere fejl: {len(notes) - len(listed)} til.")
    chosen = {_FIELDS.get(name, name): value for name, value in values.items()}
    return Selection(page, **chosen), tuple(listed)


def _checks(page: str, catalog: Catalog) -> dict[str, Callable[[str], object]]:
    """Of each parameter, what raises KpiError for a text that names nothing there is."""
    return {
        "tema": catalog.theme,
        "noegletal": catalog.indicator,
        "omraade": catalog.area,
        "omraader": partial(check_area_or_preset, catalog=catalog),
        "grupper": catalog.group,
        "fra": parse_period,
        "til": parse_period,
        "diagram": _diagram,
        "moede": lambda wanted: wanted == NO_MEETING or catalog.meeting(wanted),
        "siden": catalog.meeting,
        "blandt": partial(check_set_beside, catalog=catalog),
        "afsnit": {FRONT_PAGE: _front_part, "om": _part, "vejledning": _task}.get(
            page, catalog.theme
        ),
        # The plan knows its units; the page compares.
        "ansvarlig": str,
        "status": _status,
        "sorter": _sorting,
        "vis": _showing,
        "for": _reader,
        "dag": _day,
        "kladde": _draft,
        "aaben": lambda wanted: _series(wanted, catalog),
    }


def _halves(page: str, parameters: Mapping[str, str]) -> set[str]:
    """The items of an address that are halves of a CPR number, in a list or in two parameters."""
    written = (parameters.get(name, "") for name in PAGES[page].parameters)
    items = [
        item.strip()[:_MOST_LETTERS] for text in written for item in text.split(",", _MOST_ITEMS)
    ]
    items = list(filter(None, items))
    return {half for at in second_halves(items) for half in items[at - 1 : at + 1]}


def _known(check: Callable[[str], object], wanted: str, notes: list[str]) -> bool:
    try:
        check(wanted)
    except KpiError as error:
        # A reader of the page chooses by name; ids are named only where one was nearly hit.
        message, _, ids = error.message.partition(" Vælg en af: ")
        keeps = (
            check in (_diagram, _part, _status, _sorting, _showing, _reader, _task, _front_part)
            or not ids
        )
        reason = error.message.removesuffix(f" {NONE_ALIKE}") if keeps else message
        # What begins with the word itself does not yet say what kind of entry it is.
        notes.append(f"{error.title}: {reason}" if reason.startswith("»") else reason)
        return False
    return True


def _one_of(
    known: Collection[str], noun: str, definite: str, words: Collection[str] = ()
) -> Callable[[str], None]:
    """A check that a word of the address is one of those it may be; `words` are what it offers."""

    def check(wanted: str) -> None:
        """Raises KpiError for any other word."""
        if wanted not in known:
            names = [*(words or known)]
            parting = "; " if any("," in name for name in names) else ", "
            offered = parting.join(name.casefold() for name in names)
            raise KpiError(
                f"Ukendt {noun}", f"{definite} »{wanted}« findes ikke. Vælg en af: {offered}."
            )

    return check


_diagram = _one_of(DIAGRAMS, "diagramtype", "Diagramtypen", DIAGRAMS.values())
# Of the words of sections some hold commas, which part a list: these are written by their ids.
_part = _one_of(ABOUT_PARTS, "afsnit", "Afsnittet", ABOUT_PARTS.values())
_front_part = _one_of((WAITING_PART,), "afsnit", "Afsnittet")
_status = _one_of(STATUS_CHOICES, "status", "Status", STATUS_CHOICES.values())
_sorting = _one_of(SORTINGS, "rækkefølge", "Rækkefølgen", SORTINGS.values())
_showing = _one_of(SHOWN, "visning", "Visningen", SHOWN.values())
_reader = _one_of(READERS, "læser", "Læseren", READERS.values())
_task = _one_of(GUIDE_PARTS, "opgave", "Opgaven", sorted(GUIDE_PARTS))


def _day(wanted: str) -> None:
    """Raises KpiError for what is no day, and for one to come."""
    try:
        day = date.fromisoformat(wanted)
    except ValueError:
        raise KpiError("Ukendt dag", "Dagen i linket skrives som 2025-03-19.") from None
    if day > today():
        raise KpiError("Ukendt dag", "Dagen i linket ligger i fremtiden.")


def _draft(wanted: str) -> None:
    """Raises KpiError for what no draft is called: all are of small letters."""
    if not (wanted.isascii() and wanted.isalpha() and wanted.islower()):
        raise KpiError("Ukendt kladde", "Kladden i linket findes ikke.")


def _series(wanted: str, catalog: Catalog) -> None:
    """Raises KpiError where an indicator, or the group behind the `/`, is unknown."""
    indicator_id, _, group_id = wanted.partition("/")
    if indicator_id not in catalog.indicators:
        catalog.indicator(indicator_id if group_id in catalog.groups else wanted)
    if group_id:
        catalog.group(group_id)
