"""Whether a section of a page (`st.fragment`) is drawn by itself, and not with its page."""

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType


def is_alone() -> bool:
    """Whether this run draws sections alone: the page, its title and its address are not made."""
    context = get_script_run_ctx()
    return bool(context and context.fragment_ids_this_run)


def is_waited_for() -> bool:
    """Whether a press waits for this run to end, which then leaves what takes long to the next one.

    A press that makes the page interrupts a run at once. One that draws a section alone does not,
    and Streamlit has no public way to see it: with another edition than the pinned one it waits.
    """
    requests = getattr(get_script_run_ctx(), "script_requests", None)
    return getattr(requests, "_state", None) is ScriptRequestType.RERUN
