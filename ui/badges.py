"""Badges: a word with an icon and a colour, as markdown that fits in text and tables alike."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import streamlit as st

from kpi.domain.format import NO_BREAK_SPACE, joined
from kpi.domain.wording import Badge, BadgeKind

# kind: icon and colour. Meaning never rests on the colour alone.
_LOOKS: Mapping[BadgeKind, tuple[str, str]] = {
    "better": ("check_circle", "green"),
    "worse": ("error", "orange"),
    "higher": ("arrow_upward", "blue"),
    "lower": ("arrow_downward", "blue"),
    "same": ("drag_handle", "gray"),
    "unknown": ("question_mark", "gray"),
    "approximate": ("radio_button_unchecked", "yellow"),
    "hidden": ("visibility_off", "gray"),
    "doubted": ("warning", "yellow"),
    "disputed": ("calculate", "violet"),
    "rounded": ("calculate", "gray"),
    "agrees": ("check", "green"),
    "on_time": ("check", "green"),
    "overdue": ("schedule", "orange"),
    "unknown_rhythm": ("question_mark", "gray"),
    "planned": ("schedule", "gray"),
    "in_progress": ("play_circle", "blue"),
    "in_operation": ("autorenew", "green"),
    "completed": ("task_alt", "green"),
    "blocked": ("pause_circle", "orange"),
    "not_mentioned": ("remove", "gray"),
    "new": ("add_circle", "blue"),
    "waits": ("warning", "yellow"),
    "failed": ("cancel", "red"),
    "changed": ("edit", "blue"),
    "withdrawn": ("undo", "gray"),
}


# Longer texts are rarely shown twice, and would take more room than time.
_SHORT = 200
_WORD_JOINER = "\u2060"
_LETTER_ALONE = re.compile(r"(?<![\w-])[^\W\d_]-(?=\w)")
_SHORTCODE = re.compile(r":(?=[a-z+-][\w+/-]*:)", re.IGNORECASE)
_SPAN = re.compile(r"(?<![\w-])\d{1,3}-(?=\d{1,3}(?![\w-]))")


def badge_icon(badge: Badge) -> str:
    """The name of the badge's icon."""
    return _LOOKS[badge.kind][0]


def badge_text(badge: Badge) -> str:
    """The badge as a markdown directive; without its fill where the uncertainty is not known."""
    icon, colour = _LOOKS[badge.kind]
    if not badge.is_sure:
        return f":small[:{colour}[:material/{icon}: **{plain(badge.text)}**]]"
    return f":{colour}-badge[:material/{icon}: {plain(badge.text)}]"


def badges_text(badges: Iterable[Badge]) -> str:
    """Several badges on a line."""
    return " ".join(badge_text(badge) for badge in badges)


def show_badges(badges: Iterable[Badge]) -> None:
    """Draws badges on a line of their own."""
    text = badges_text(badges)
    if text:
        st.markdown(text)


def small(text: str) -> str:
    """Small print that keeps its contrast."""
    return f":gray[:small[{text}]]"


def unbroken(text: str) -> str:
    """A short text that stays on one line, such as a date beside a badge."""
    return text.replace(" ", NO_BREAK_SPACE)


def plain(text: str) -> str:
    """Text from data, escaped so that markdown shows it unchanged, its dates on one line.

    Addresses get an invisible word joiner, or they would become links, also from a stranger's text.
    """
    return _escaped_again(text) if len(text) <= _SHORT else _escaped(text)


@lru_cache(maxsize=4096)
def _escaped_again(text: str) -> str:
    """The same few thousand names and numbers stand on page after page."""
    return _escaped(text)


def _escaped(text: str) -> str:
    text = joined(text)
    for linked in ("://", "www.", "@"):
        text = text.replace(linked, linked[:-1] + _WORD_JOINER + linked[-1])
    # Streamlit draws icons and emoji (`:material/home:`, `:house:`) of escaped marks as well.
    text = _SHORTCODE.sub(rf"\g<0>{_WORD_JOINER}", text)
    for mark in "\\`*_[]<>$#~|:":
        text = text.replace(mark, "\\" + mark)
    # No line ends at the hyphen of a letter alone (`Y-aksen`) or of a span (`16-64 år`).
    text = _LETTER_ALONE.sub(rf"\g<0>{_WORD_JOINER}", text)
    text = _SPAN.sub(rf"\g<0>{_WORD_JOINER}", text)
    # At the start `1. kvartal` would become a numbered list and `- x` a bulleted one; a mark alone
    # (`-` for a figure that is missing) would be a list of nothing and not be seen at all.
    return re.sub(r"^(\d+)([.)])(?=\s|$)|^([-+=])", r"\1\\\2\3", text)


# An escaped mark waits beyond the letters while the others are taken away.
_ESCAPED, _BEYOND = re.compile(r"\\(.)"), 0xE000
_ICON = re.compile(r":material/\w+: ?")
_DIRECTIVE = re.compile(r":[a-z]+(?:-badge)?\[([^\[\]]*)\]")
_UNSEEN = str.maketrans({"\u00ad": "", _WORD_JOINER: "", NO_BREAK_SPACE: " "})


def unmarked(markdown: str) -> str:
    """The words of a cell's markdown as they are read, its lines parted by `\\n`; without icons."""
    text = _ESCAPED.sub(lambda match: chr(_BEYOND + ord(match[1])), markdown)
    text = _ICON.sub("", text)
    while (without := _DIRECTIVE.sub(r"\1", text)) != text:
        text = without
    text = text.replace("**", "").replace("  \n", "\n").translate(_UNSEEN)
    return re.sub(r"[\ue000-\ue07f]", lambda match: chr(ord(match[0]) - _BEYOND), text).strip()
