"""The sources' notes about the drawn values: what several notes say is said once."""

import re
from collections.abc import Sequence

from kpi.catalog import Catalog
from kpi.model import Observation
from kpi.wording import capital, listing

# A full stop after a day or in "ca." ends nothing.
_CLAUSE_END = re.compile(r"(?<=;)\s+|(?<=\.)\s+(?=[A-ZÆØÅ])")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def notes_of(rows: Sequence[Observation], told: str, catalog: Catalog) -> list[str]:
    """The rows' notes as sentences, those that differ only in part merged.

    `DREAM senest opdateret 6. oktober 2024. Gellerup: data på 68 af 81; Viby Syd: data på 13 af
    52.` What stands in `told` already, and notes that only name their period, are left out.
    """
    areas: dict[str, list[str]] = {}
    for row in rows:
        if row.note and row.note.casefold() != row.period.name(seasons=True):
            names = areas.setdefault(row.note, [])
            if (name := catalog.areas[row.area_id].name) not in names:
                names.append(name)
    known = {clause.casefold() for clause in _clauses(told)}
    notes = {
        note: clauses
        for note in areas
        if (clauses := [one for one in _clauses(note) if one.casefold() not in known])
    }
    return [_merged(alike, areas) for alike in _alike(notes)]


def _alike(notes: dict[str, list[str]]) -> list[dict[str, list[str]]]:
    """The notes in heaps of those that share a clause, or that differ only in their numbers."""
    heaps: list[dict[str, list[str]]] = []
    for note, clauses in notes.items():
        form = {_NUMBER.sub("#", one) for one in clauses}
        for heap in heaps:
            if any(form & {_NUMBER.sub("#", one) for one in other} for other in heap.values()):
                heap[note] = clauses
                break
        else:
            heaps.append({note: clauses})
    return heaps


def _merged(notes: dict[str, list[str]], areas: dict[str, list[str]]) -> str:
    """One remark: what all the notes say, then what each says of its own areas."""
    if len(notes) == 1:
        ((note, clauses),) = notes.items()
        whole = len(clauses) == len(_clauses(note))
        return f"{note.rstrip('.')}." if whole else " ".join(f"{capital(one)}." for one in clauses)
    shared = [
        clause
        for clause in dict.fromkeys(clause for clauses in notes.values() for clause in clauses)
        if all(clause in clauses for clauses in notes.values())
    ]
    own = []
    for note, clauses in notes.items():
        rest = "; ".join(clause for clause in clauses if clause not in shared)
        if rest:
            # Of one area alone its notes need no name.
            several = len({name for each in notes for name in areas[each]}) > 1
            own.append(f"{listing(areas[note])}: {rest}" if several else capital(rest))
    parts = [*map(capital, shared), *(["; ".join(own)] if own else [])]
    return " ".join(f"{part}." for part in parts)


def _clauses(text: str) -> list[str]:
    return [part.rstrip(".;") for part in _CLAUSE_END.split(text.strip()) if part.rstrip(".;")]
