"""Boxes to choose in, which follow the address when a link or the back button changes it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, Literal, NoReturn, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from kpi.domain.errors import KpiError
from ui.picture_mode import is_picture

T = TypeVar("T")
W = TypeVar("W", bound=str)
_SEEN, _SHOWN, _TOUCHED = "set-i-felter", "vist-i-felter", "felt-er-roert"
_UNWRITTEN = "adresse-uden-valg"
_NOTHING = object()
# What has the letters that were typed side by side; strewn letters would find anything.
_TYPED: Literal["contains"] = "contains"


@dataclass(frozen=True)
class OneBox(Generic[W]):
    """A box of ids shown by name, of which one is chosen; starts at `wanted`, again if it changes.

    It can be asked for its choice before it is drawn: what a choice decides is then sent first, and
    the boxes, which show it already, after that.
    """

    label: str
    options: Sequence[W]
    wanted: W
    name: Callable[[W], str]
    key: str

    def chosen(self) -> W:
        """What is chosen, as `show` will say."""
        if is_picture():
            return self._start()
        follow(self.key, self._start())
        chosen: W = st.session_state[self.key]
        return chosen if chosen in self.options else self._start()

    def show(self) -> W:
        """Draws it as a list that opens; what is chosen."""
        if is_picture():
            return self._start()
        follow(self.key, self._start())
        chosen: W = st.selectbox(
            self.label, self.options, format_func=self.name, key=self.key, placeholder="Vælg",
            filter_mode=_TYPED,
        )  # fmt: skip
        return remember(self.key, chosen)

    def show_row(self) -> W:
        """Draws it as a row of buttons, with `wanted` among them; what is chosen."""
        if is_picture():
            return self.wanted
        follow(self.key, self.wanted)
        chosen = st.segmented_control(
            self.label, list(self.options), format_func=self.name, key=self.key, required=True
        )
        remember(self.key, chosen)
        return chosen or self.wanted

    def _start(self) -> W:
        return self.wanted if self.wanted in self.options else self.options[0]


@dataclass(frozen=True)
class ManyBox:
    """A box of ids shown by name, of which any may be chosen; starts at `wanted`, as `OneBox`."""

    label: str
    options: Sequence[str]
    wanted: Sequence[str]
    name: Callable[[str], str]
    key: str

    def chosen(self) -> tuple[str, ...]:
        """What is chosen, as `show` will say."""
        if is_picture():
            return self._known(self.wanted)
        follow(self.key, [*self._known(self.wanted)])
        return self._known(st.session_state[self.key])

    def show(self) -> tuple[str, ...]:
        """Draws it; what is chosen."""
        if is_picture():
            return self._known(self.wanted)
        follow(self.key, [*self._known(self.wanted)])
        chosen = st.multiselect(
            self.label, self.options, format_func=self.name, key=self.key, placeholder="Vælg",
            wrap=True, filter_mode=_TYPED,
        )  # fmt: skip
        return tuple(remember(self.key, chosen))

    def _known(self, chosen: Sequence[str]) -> tuple[str, ...]:
        return tuple(option for option in chosen if option in self.options)


def choose_one(
    label: str, options: Sequence[str], wanted: str, name: Callable[[str], str], key: str
) -> str:
    """A select box of ids shown by name; starts at `wanted`, and again whenever that changes."""
    return OneBox(label, options, wanted, name, key).show()


def choose_word(label: str, options: Mapping[W, str], wanted: W, key: str) -> W:
    """A row of buttons, with the names of the options, of which one is always chosen."""
    return OneBox(label, list(options), wanted, options.__getitem__, key).show_row()


def opened_one(options: Sequence[str], wanted: str, key: str) -> str:
    """Which of the ids is open; starts at `wanted`, and again whenever that changes. Or none."""
    follow(key, wanted)
    chosen: str = st.session_state[key]
    return remember(key, chosen if chosen in options else "")


@contextmanager
def until_the_end() -> Iterator[None]:
    """Around a run: what its boxes show counts as seen once it has come to its end.

    A run that a press cuts off has not written its choices to the address. The next one would find
    boxes as they were seen, and set them back to an address that lacks the choice. So would the one
    after a run that has ended early; what its boxes show was seen all the same: a link moves them.
    """
    # Both by themselves: at a stopped run's end its state cannot be asked for them.
    shown: dict[str, object] = {}
    seen: dict[str, object] = st.session_state.setdefault(_SEEN, {})
    st.session_state[_SHOWN] = shown
    try:
        yield
    except RerunException:
        shown.clear()
        raise
    except KpiError:
        _note_unwritten()
        raise
    finally:
        seen.update(shown)


def end_here() -> NoReturn:
    """Ends a page that can show nothing of what is chosen; its boxes keep that all the same."""
    _note_unwritten()
    st.stop()


def _note_unwritten() -> None:
    st.session_state[_UNWRITTEN] = st.query_params.to_dict()


def note_touched() -> None:
    """Notes whether boxes show what the address lacks; every page begins so.

    A person has changed one since it was last seen, or the last run ended early and nobody has
    followed a link since.
    """
    seen = st.session_state.get(_SEEN, {})
    is_unwritten = st.session_state.pop(_UNWRITTEN, None) == st.query_params.to_dict()
    st.session_state[_TOUCHED] = is_unwritten or any(
        # A box that was left with its page is forgotten there.
        key in st.session_state and st.session_state[key] != value
        for key, value in seen.items()
    )


def follow(key: str, wanted: object, *, again: bool = False) -> None:
    """Sets a box to what the address asks for, unless this run began with a choice in a box.

    A choice reaches the address at the end of a run. A run that a choice began may find an address
    that is not there yet: when choices come faster than the page, it is the boxes that are right.
    A box that shows it already is left alone: what is set is sent, and undoes a choice that is made
    in the browser meanwhile. A section of a page is set `again`: what is set of it lasts one run.
    """
    is_chosen = key in st.session_state and st.session_state.get(_TOUCHED)
    if not is_chosen and (again or st.session_state.get(key, _NOTHING) != wanted):
        st.session_state[key] = wanted


def remember(key: str, chosen: T) -> T:
    """Notes what the box shows, so that the next run knows whether a person has changed it."""
    st.session_state.setdefault(_SHOWN, {})[key] = chosen
    return chosen
