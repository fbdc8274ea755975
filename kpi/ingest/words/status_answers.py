"""A column that asks how sure a figure is and answers yes or no: `Foreløbig`: `Ja` or `Nej`."""

import re
from collections.abc import Collection, Mapping

from kpi.ingest.words.lookup import folded
from kpi.ingest.words.statuses import says_how_sure, status_word

_ASKING = re.compile(r"(?:is|er)[ _]+|[ _]?(?:\(?ja/nej\)?|\?)\s*$", re.IGNORECASE)
_YES = frozenset(map(folded, ("ja", "j", "yes", "y", "sand", "sandt", "true", "x", "1", "1.0")))
_NO = frozenset(
    map(folded, ("nej", "n", "no", "falsk", "falskt", "false", "0", "0.0"))
)  # fmt: skip


def status_answers(
    name: str, texts: Collection[str], has_blanks: bool = False
) -> Mapping[str, str] | None:
    """The status of each answer; None where the column asks nothing, or says anything else.

    A blank is a no only where it is one to `preliminary`: figures without a status are final.
    """
    asked = _ASKING.sub("", name.strip()).strip()
    status = status_word(asked)
    is_final = status == "final"
    if status is None or not says_how_sure(asked) or not texts or (has_blanks and is_final):
        return None
    answers = {
        text: status if folded(text) in _YES else "preliminary" if is_final else "final"
        for text in texts
        if folded(text) in _YES | _NO
    }
    return answers if len(answers) == len(texts) else None
