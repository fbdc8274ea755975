"""The room that labels take, so that none is written over another."""

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
