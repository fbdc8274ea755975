"""What a text may hold: no sign that a file of Office cannot contain or that turns what is read.

Texts that are pasted from slides, PDFs and spreadsheets bring vertical tabs, bells and marks that
turn the direction. With one of the former in a remark no Word or PowerPoint file could be written.
"""

import re

# They part lines: a space is what they leave.
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NEVER = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def writable(text: str) -> str:
    """A text without controls, turning marks and halves of letters; line ends and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return _NEVER.sub("", _BREAKS.sub(" ", text))
