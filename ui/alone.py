"""Whether a section of a page (`st.fragment`) is drawn by itself, and not with its page."""

from streamlit.runtime.scriptrunner import get_script_run_ctx


def is_alone() -> bool:
    """Whether this run draws sections alone: the page, its title and its address are not made."""
    context = get_script_run_ctx()
    return bool(context and context.fragment_ids_this_run)
