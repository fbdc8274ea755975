"""The sources' notes about the drawn values: what several notes say is said once."""

import re
from collections.abc import Mapping, Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.model import Observation
from kpi.domain.wording import capital, listing, people

# A full stop after a day or in "ca." ends nothing.
_CLAUSE_END = re.compile(r"(?<=;)\s+|(?<=\.)\s+(?=[A-ZÆØÅ])")
# More than these are counted and not named.
_MOST_NAMED = 6
# The group of everyone.
_TOTAL = "Alle"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def notes_of(rows: Sequence[Observation], shown_text: str, catalog: Catalog) -> list[str]:
    """The rows' notes as sentences, those that differ only in part merged.

    `DREAM senest opdateret 6. oktober 2024. Gellerup: data på 68 af 81; Viby Syd: data på 13 af
    52.` A clause that does not apply to every row carries the name of what it applies to: the
    area, or the group when all rows are of one area. Clauses that are in `shown_text` already, and
    notes that only name their period, are left out.
    """
    everyone = _names(rows, catalog)
    of: dict[str, set[str]] = {}
    for row in rows:
        if row.note and row.note.casefold() != row.period.name(seasons=True):
            of.setdefault(row.note, set()).update(_names([row], catalog, everyone))
    known = {clause.casefold() for clause in _clauses(shown_text)}
    notes = {
        note: clauses
        for note in of
        if (clauses := [clause for clause in _clauses(note) if clause.casefold() not in known])
    }
    return [_merged(alike, of, everyone) for alike in _alike(notes)]


def _names(
    rows: Sequence[Observation], catalog: Catalog, among: Sequence[str] = ()
) -> tuple[str, ...]:
    """Whose the rows are: their areas, or of one area alone their groups.

    With `among`, those of its names that are theirs.
    """
    areas = [catalog.areas[row.area_id].name for row in rows]
    groups = [capital(people(catalog.groups[row.group_id].name)) for row in rows]
    if among:
        return tuple(name for name in among if name in (*areas, *groups))
    names = areas if len(set(areas)) > 1 else groups
    return tuple(dict.fromkeys(names))


def _alike(notes: dict[str, list[str]]) -> list[dict[str, list[str]]]:
    """The notes clustered: those that share a clause, or that differ only in their numbers."""
    clusters: list[dict[str, list[str]]] = []
    for note, clauses in notes.items():
        form = {_NUMBER.sub("#", clause) for clause in clauses}
        for cluster in clusters:
            if any(
                form & {_NUMBER.sub("#", clause) for clause in other} for other in cluster.values()
            ):
                cluster[note] = clauses
                break
        else:
            clusters.append({note: clauses})
    return clusters


def _merged(
    notes: dict[str, list[str]], of: Mapping[str, set[str]], everyone: Sequence[str]
) -> str:
    """One remark: what applies to everything drawn, then what applies to some, by their names."""
    if len(notes) == 1:
        ((note, clauses),) = notes.items()
        whose = _whose(of[note], everyone, note)
        is_everything = len(clauses) == len(_clauses(note))
        if is_everything:
            return f"{whose}{note.rstrip('.')}."
        return whose + " ".join(f"{capital(clause)}." for clause in clauses)
    owners: dict[str, set[str]] = {}
    for note, clauses in notes.items():
        for clause in clauses:
            owners.setdefault(clause, set()).update(of[note])
    shared = [capital(clause) for clause, names in owners.items() if len(names) == len(everyone)]
    own: dict[str, list[str]] = {}
    for clause, names in owners.items():
        if len(names) < len(everyone):
            own.setdefault(_whose(names, everyone, clause), []).append(clause)
    rest = "; ".join(whose + "; ".join(clauses) for whose, clauses in own.items())
    return " ".join(f"{part}." for part in (*shared, *([rest] if rest else [])))


def _whose(names: set[str], everyone: Sequence[str], text: str) -> str:
    """`København: ` before a clause that applies to it alone; empty where it applies to all.

    So it is where the text names them itself, and of a total beside its parts.
    """
    if len(names) == len(everyone) or names == {_TOTAL} or all(name in text for name in names):
        return ""
    if len(names) > _MOST_NAMED:
        return f"{len(names)} af {len(everyone)}: "
    return f"{listing([name for name in everyone if name in names])}: "


def _clauses(text: str) -> list[str]:
    return [part.rstrip(".;") for part in _CLAUSE_END.split(text.strip()) if part.rstrip(".;")]
