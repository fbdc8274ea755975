"""The slides and shapes of a file that another program has saved and named as it likes.

They are known again by what they say: fingerprints of their texts and charts, and where they are.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kpi.export.as_written import AsWritten, Part, Piece
from kpi.export.deck_as_written import NOTES, key_of, part_of, piece_of

# Of a slide's pieces so many are as they were: on every slide are the day, the meeting, the number.
_LEAST_SHARE = 0.5
_NEAR_POINTS = 3


def name_again(presentation: Any, written: AsWritten) -> AsWritten:
    """Gives slides and shapes that have lost their names those that they were written with.

    What was written, to compare the file with: without looks where a program wrote them as it does.
    """
    slides = list(presentation.slides)
    known = {part.key: part for part in written.parts}
    named = {key_of(slide) for slide in slides if key_of(slide) in known}
    nameless = [slide for slide in slides if not key_of(slide)]
    for slide in [each for each in slides if key_of(each) not in known]:
        now = part_of(slide)
        left = [part for key, part in known.items() if key not in named]
        likest = max(left, key=lambda part: _alike(now, part), default=None)
        if likest is not None and _alike(now, likest) >= _LEAST_SHARE:
            slide._element.cSld.set("name", likest.key)
            named.add(likest.key)
    for slide in slides:
        if part := known.get(key_of(slide)):
            _name_shapes(slide, part)
    if len(nameless) < len(slides):
        return written
    return replace(written, parts=tuple(map(_without_looks, written.parts)))


def _without_looks(part: Part) -> Part:
    pieces = {name: replace(piece, look="", series={}) for name, piece in part.pieces.items()}
    return replace(part, pieces=pieces)


def _alike(now: Part, part: Part) -> float:
    """The share of the part's own texts and charts that the slide has."""
    said = {_says(piece) for piece in now.pieces.values()} - {""}
    own = [_says(piece) for name, piece in part.pieces.items() if name != NOTES and _says(piece)]
    return sum(words in said for words in own) / len(own) if own else 0.0


def _says(piece: Piece) -> str:
    return piece.text or piece.numbers


def _name_shapes(slide: Any, part: Part) -> None:
    shapes = {shape.name for shape in slide.shapes}
    lost = {name: piece for name, piece in part.pieces.items() if name not in shapes}
    for shape in slide.shapes:
        if shape.name in part.pieces:
            continue
        name = _name_of(piece_of(shape), lost)
        if name:
            shape.name = name
            del lost[name]


def _name_of(now: Piece, lost: Mapping[str, Piece]) -> str:
    """The lost piece that says the same, else the one that was there."""
    for name, piece in lost.items():
        if name != NOTES and _says(piece) and _says(piece) == _says(now):
            return name
    for name, piece in lost.items():
        sides = zip(piece.at, now.at, strict=False)
        if piece.at and all(abs(side - other) <= _NEAR_POINTS for side, other in sides):
            return name
    return ""
