"""What something new may be called: a name for people, which nothing else has."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kpi.additions.area_checks import Fault
from kpi.additions.model import names_of_row
from kpi.cpr.typed import typed_holds_number
from kpi.ingest.words.lookup import in_two_letters
from kpi.tables.spec import COLUMNS, SPECS, Row

_NAMES = ("name", "short_name", "title")
# employment_rate, populationRate: how machines write a column's head. UngAarhus and eBoks are
# names that people give.
_MACHINE = re.compile(r"[^\W_]_[^\W_]|^[a-zæøå]{3,}[A-ZÆØÅ]\w*$")
_HYPHENS = re.compile(r"[-‐‑–]")


def is_machine_name(text: str) -> bool:
    """Whether a text is written as machines write names.

    >>> is_machine_name("employment_rate"), is_machine_name("Unge i job")
    (True, False)
    """
    return bool(_MACHINE.search(text.strip()))


@lru_cache(maxsize=10_000)
def name_key(text: str) -> str:
    """A name without case, spaces, hyphens and accents: what people would mistake for it.

    >>> name_key("6-byerne: Café Århus") == name_key("6 BYERNE: cafe aarhus")
    True
    """
    parts = unicodedata.normalize("NFKD", in_two_letters(_HYPHENS.sub("", text)))
    return "".join(part for part in parts if not unicodedata.combining(part))


def taken_names(
    table: str, row: Row, before: Row | None, after: Mapping[str, Row]
) -> Iterator[tuple[str, str, str]]:
    """Each name of the row that another one has too: its column, the name, and the other's name.

    A name that the row has already (`before`) stays.
    """
    own = row.get(COLUMNS[table][0], "")
    known = {name_key(name) for name in names_of_row(table, before)} if before else set()
    others: dict[str, Row] = {}
    for other_id, other in after.items():
        if other_id != own:
            others |= {name_key(name): other for name in names_of_row(table, other)}
    for name, column in names_of_row(table, row).items():
        other_row = others.get(name_key(name))
        if name and other_row is not None and name_key(name) not in known:
            yield column, name, other_row.get("name") or other_row.get("title") or ""


def taken_faults(
    table: str, row: Row, before: Row | None, after: Mapping[str, Row]
) -> Iterator[Fault]:
    """Names that another entry has too: a file with them would be ambiguous.

    No fault repeats a personal number, which its own field is refused for.
    """
    for column, name, called in taken_names(table, row, before, after):
        if typed_holds_number(name):
            continue
        subject = f"»{name}«" if column == "aliases" else "Det"
        is_said = called and not typed_holds_number(called)
        other = f"»{called}«" if is_said else "en anden række"
        yield (
            column, f"{subject} er også et navn for {other}.",
            f"Skriv et navn, der ikke kan forveksles, eller ret {other}.",
        )  # fmt: skip


def machine_faults(row: Row, before: Row | None) -> Iterator[Fault]:
    """Names that machines write, and which pages would show; one that stands already stays."""
    for column in _NAMES:
        text = row.get(column, "")
        if is_machine_name(text) and text != (before or {}).get(column):
            yield (
                column, "Navnet er skrevet, som maskiner skriver navne.",
                "Skriv det på dansk, som det skal stå på siderne. Det, som filer kalder det, kan "
                "stå blandt de andre navne.",
            )  # fmt: skip


def lacking_names(table: str, row: Row, known: Mapping[str, Row]) -> list[str]:
    """What a form asks for in place of names that cannot be saved: `et andet navn (...)`."""
    noun = SPECS[table].nouns.definite
    before = known.get(row.get(COLUMNS[table][0], ""))
    lacking = []
    for column, name, called in taken_names(table, row, before, known):
        words = {"short_name": "et andet kort navn", "title": "en anden titel",
                 "code": "en anden kode",
                 "aliases": f"noget andet end »{name}« blandt de andre navne",
                 }.get(column, "et andet navn")  # fmt: skip
        written = f"»{row[column]}« er " if column in (*_NAMES, "code") else "det er "
        lacking.append(f"{words} ({written}allerede et navn for {noun} »{called}«)")
    for column, words in (("name", "et navn"), ("short_name", "et kort navn"),
                          ("title", "en titel")):  # fmt: skip
        text = row.get(column, "")
        if is_machine_name(text) and text != (before or {}).get(column):
            lacking.append(f"{words} på dansk (»{text}« er, som maskiner skriver navne)")
    return lacking
