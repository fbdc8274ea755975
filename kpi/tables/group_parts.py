"""Which groups a group is part of, as rows of population_group write it: checked, and read."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from kpi.domain.errors import Problem, choices_hint
from kpi.suppression.groups import parse_part_of, wholes_of
from kpi.tables.spec import Row

_HOW = "Skriv gruppen, og efter et kolon det, der deles efter: all:origin."


def written_parts(text: str, id_of: Callable[[str], str]) -> str:
    """`Alle: herkomst; Kvinder` as the tables write it: `all:herkomst;women`."""
    parts = parse_part_of(text)
    return ";".join(
        dict.fromkeys(
            f"{id_of(part.group_id)}:{part.split}" if part.split else id_of(part.group_id)
            for part in parts
        )
    )


def part_of_problems(
    numbered: Sequence[tuple[int, Row]], others: Mapping[str, str], name: str
) -> Iterator[Problem]:
    """What is wrong with `part_of`: no such group, the group itself, or groups in a ring.

    `others` is what the current groups are part of, by id.
    """
    texts = {**others, **{row["group_id"]: row.get("part_of", "") for _, row in numbered}}
    groups = {group_id: parse_part_of(text) for group_id, text in texts.items()}
    for line, row in numbered:
        own, text = row["group_id"], row.get("part_of", "")

        def problem(value: str, message: str, hint: str, line: int = line) -> Problem:
            """A problem of this row's `part_of`."""
            return Problem("unknown_value", name, line, "part_of", value, message, hint)

        for group in groups[own]:
            if not group.group_id or ":" in group.split:
                yield problem(text, "Feltet kan ikke læses.", _HOW)
            elif group.group_id == own:
                yield problem(text, "En gruppe kan ikke være del af sig selv.", "Ret feltet.")
            elif group.group_id not in texts:
                yield problem(group.group_id, "Gruppen findes ikke.",
                           choices_hint(group.group_id, sorted(texts)))  # fmt: skip
        within = {
            above.group_id
            for group in groups[own] if group.group_id != own
            for above in wholes_of(group.group_id, groups)
        }  # fmt: skip
        if own in within:
            yield problem(text, "Grupperne er dele af hinanden i ring.", "Ret ét af felterne.")
