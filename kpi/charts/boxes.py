"""The room that labels take, so that none is written over another."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A label's place in the plot, in pixels from its left and its lower end."""

    left: float
    right: float
    bottom: float
    top: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share any room."""
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.bottom < other.top and other.bottom < self.top


def apart(wishes: Iterable[tuple[int, Box]]) -> Sequence[int]:
    """The keys whose boxes overlap none of those before them, the most important first."""
    taken: list[Box] = []
    kept = []
    for key, box in wishes:
        if not any(box.overlaps(other) for other in taken):
            taken.append(box)
            kept.append(key)
    return kept
