"""The ways in which pages change what is published: all of them shut where nothing is taken in.

No page calls the store's own writing functions: a form that forgets to ask whether it may be shown
still changes nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from kpi.domain.errors import KpiError
from kpi.store import adding, entering, uploads, withdrawing_entries
from ui import upload_work
from ui.middleware import uploads_are_open

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def _door(write: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    @wraps(write)
    def through(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
        if not uploads_are_open():
            raise KpiError(
                "Her kan intet ændres",
                "Indlæsning og rettelser er slået fra på denne server. Intet er ændret.",
            )
        return write(*args, **kwargs)

    return through


enter = _door(entering.enter)
add = _door(adding.add)
publish = _door(upload_work.publish)
withdraw = _door(uploads.withdraw)
keep_recipe = _door(uploads.keep_recipe)
withdraw_entry = _door(withdrawing_entries.withdraw_entry)
remove_claim = _door(withdrawing_entries.remove_claim)
