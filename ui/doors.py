"""What pages may be forbidden to do, each behind the switch that forbids it.

No page calls the store's own writing functions: a form that forgets to ask whether it may be shown
still changes nothing. A new switch has its refusal here, and is named at every door that it shuts.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

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


# Of every door, the switches that shut it.
SHUT_BY: dict[Callable[..., object], tuple[Switch, ...]] = {}


def _door(do: Callable[_Given, _Answer], *switches: Switch) -> Callable[_Given, _Answer]:
    """The function, which does nothing but refuse while one of the switches is off."""

    @wraps(do)
    def through(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        for switch in switches:
            if not is_on(switch):
                raise KpiError(*REFUSALS[switch])
        return do(*args, **kwargs)

    SHUT_BY[through] = switches
    return through


enter = _door(entering.enter, "KPI_UPLOADS")
add = _door(adding.add, "KPI_UPLOADS")
new_draft = _door(drafts.new_draft, "KPI_UPLOADS")
keep_draft = _door(drafts.keep_draft, "KPI_UPLOADS")
copy_draft = _door(drafts.copy_draft, "KPI_UPLOADS")
remove_draft = _door(drafts.remove_draft, "KPI_UPLOADS")
keep_standing = _door(drafts.keep_standing, "KPI_UPLOADS")
publish = _door(upload_work.publish, "KPI_UPLOADS")
approve = _door(upload_work.approve, "KPI_UPLOADS")
reject = _door(deciding.throw_away, "KPI_UPLOADS")
fetch_now = _door(background.fetch_now, "KPI_UPLOADS")
withdraw = _door(uploads.withdraw, "KPI_UPLOADS")
keep_recipe = _door(uploads.keep_recipe, "KPI_UPLOADS")
withdraw_entry = _door(withdrawing_entries.withdraw_entry, "KPI_UPLOADS")
remove_claim = _door(withdrawing_entries.remove_claim, "KPI_UPLOADS")
