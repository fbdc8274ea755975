"""What pages may be forbidden to do, each behind the switch that forbids it.

No page calls the store's own writing functions: a form that forgets to ask whether it may be shown
still changes nothing. A door says which act it is; a new switch has its refusal here, and is named
at the acts that it forbids.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Literal, ParamSpec, TypeVar

from kpi.domain.errors import KpiError
from kpi.export import drafts
from kpi.fetch import background, deciding
from kpi.store import adding, entering, uploads, withdrawing_entries
from kpi.system.settings import Switch, is_on
from ui import upload_work

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")

# Title and message.
REFUSALS: Mapping[Switch, tuple[str, str]] = {
    "KPI_UPLOADS": (
        "Her kan intet ændres",
        "Indlæsning og rettelser er slået fra på denne server. Intet er ændret.",
    ),
}
# `publish` is whatever may end in figures that all see, `enter` every other change of the store.
Act = Literal["enter", "publish"]
FORBIDDEN_BY: Mapping[Act, tuple[Switch, ...]] = {
    "enter": ("KPI_UPLOADS",),
    "publish": ("KPI_UPLOADS",),
}
# Of every door, what going through it is.
ACTS: dict[Callable[..., object], Act] = {}


def _door(do: Callable[_Given, _Answer], act: Act) -> Callable[_Given, _Answer]:
    """The function, which does nothing but refuse while a switch that forbids the act is off."""

    @wraps(do)
    def through(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        for switch in FORBIDDEN_BY[act]:
            if not is_on(switch):
                raise KpiError(*REFUSALS[switch])
        return do(*args, **kwargs)

    ACTS[through] = act
    return through


enter = _door(entering.enter, "enter")
add = _door(adding.add, "enter")
# Tried in a copy of the version.
check_hidden = _door(adding.check_hidden, "enter")
new_draft = _door(drafts.new_draft, "enter")
keep_draft = _door(drafts.keep_draft, "enter")
copy_draft = _door(drafts.copy_draft, "enter")
remove_draft = _door(drafts.remove_draft, "enter")
keep_standing = _door(drafts.keep_standing, "enter")
publish = _door(upload_work.publish, "publish")
approve = _door(upload_work.approve, "publish")
reject = _door(deciding.throw_away, "enter")
fetch_now = _door(background.fetch_now, "publish")
withdraw = _door(uploads.withdraw, "enter")
keep_recipe = _door(uploads.keep_recipe, "enter")
withdraw_entry = _door(withdrawing_entries.withdraw_entry, "enter")
remove_claim = _door(withdrawing_entries.remove_claim, "enter")
