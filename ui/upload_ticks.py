"""The ticks of a file's warnings: what a person says to have looked at before it is published."""

from zlib import crc32

import streamlit as st

from kpi.domain import format as fmt
from kpi.views.warning_kinds import WarningKind
from ui.badges import plain, small
from ui.upload_files import KeyOf


def is_seen(kind: WarningKind, key: KeyOf) -> bool:
    """The tick of a kind of warnings, over its worst examples and what to do about them."""
    with st.container(gap="xsmall"):
        # Other evidence takes another look: a tick does not outlive the figures it was set for.
        evidence = crc32(repr((kind.count, kind.examples)).encode())
        seen = st.checkbox(kind.label, key=key(f"set-{kind.key}-{evidence:x}"))
        lines = [*kind.examples, *([kind.hint] if kind.hint else [])]
        if kind.count > len(kind.examples) > 1:
            count = fmt.number(kind.count, 0)
            lines.insert(0, f"De {len(kind.examples)}, der afviger mest, af {count}:")
        if lines:
            st.markdown("\n\n".join(small(plain(line)) for line in lines))
    return bool(seen)
