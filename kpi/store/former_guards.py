"""Guards that stay hidden though the number that they guarded asks for none any more."""

from kpi.store.ever_shown import Memory

_SIZE = 6


def with_former_guards(
    hidden: list[tuple[object, ...]], memory: Memory
) -> list[tuple[object, ...]]:
    """The hidden rows, and those that were hidden until now of an indicator that is disclosed.

    A number that a public source tells needs no guard any more. Were its guard shown again, whoever
    guesses the number and calls his guess public would see that he is right. Rows are those of
    `hidden_row`.
    """
    still = {row[:_SIZE] for row in hidden}
    disclosed = {row[0] for row in hidden if row[-1]}
    former = sorted(row for row in memory.withheld if row[0] in disclosed and row not in still)
    return hidden + [(*row, False, False, False) for row in former]
