"""Columns beside the figures by which people say which figures do not count, or what is right.

Nothing reads them: `slettes` with a cross, `godkendt` with `nej`, `rettet værdi` beside `værdi`.
"""

import re
from collections.abc import Iterable

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.words.statuses import status_to_write
from kpi.ingest.words.written_periods import period_of

_DROPS = re.compile(
    r"\b(?:slet(?:tes?|tet|ning|temarkering)?|udgår|udgået|annull\w+|ugyldig\w*|udelad\w*|udelukk\w*"
    r"|ekskluder\w*|fjern(?:es?|et)?|frasorter\w*|fejl(?:behæftet|meldt)|exclude\w*|deleted?|invalid)\b"
)
_KEEPS = re.compile(
    r"\b(?:godkend(?:t|es|else)|gyldig\w*|medtag\w*|inkluder\w*|kontrolleret|kvalitetssikret|tjekket"
    r"|verificer\w*|valider\w*|afstemt|udgives|publiceres|offentliggøres|approved|valid(?:ated)?"
    r"|include\w*|verified)\b"
)
_UNSURE = re.compile(
    r"\b(?:foreløbigt?e?|imputer\w+|estimer\w+|skøn(?:net)?|anslået|preliminary|provisional"
    r"|estimated?|imputed)\b"
)
# `2025 skøn` has that year's own figures and says nothing of the other columns'.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NO = frozenset((
    "", "nej", "no", "n", "false", "falsk", "0", "ikke", "ej", "mangler", "afvist", "afventer", "-",
))  # fmt: skip
_CORRECTED = re.compile(
    r"\b(?:rett?et|rettelser?|korrigeret|korrekte?|korrektion(?:er)?|justeret|justering(?:er)?"
    r"|revideret|opdateret|corrected|revised|(?:nye?|nyt|new) (?:værdi|tal|andel|procent|value))\b"
)
_SHOWN = 3
_TIME_OF_DAY = re.compile(r"[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?Z?$")
# When a row was made or changed; who did it is `describes_rows` of kpi/ingest/words/labels.py.
_MADE = re.compile(
    r"(?:sidst |senest |last )?(?:oprettet|opdateret|ændret|indtastet|indberettet|indlæst|rettet"
    r"|revideret|created|updated|modified)(?: (?:den|dato|kl|at|on|date))?"
)


def is_made_on(name: str, labels: Iterable[str]) -> bool:
    """Whether a column says on which day each row was made or changed: it has days alone."""
    if _MADE.fullmatch(_plain(name)) is None:
        return False
    days = [_TIME_OF_DAY.sub("", label) for label in labels if label.strip()]
    periods = [period_of(day) for day in days]
    return bool(days) and all(period and period.kind == "day" for period in periods)


def speaks_of_rows(name: str) -> bool:
    """Whether a column is called as one that says which rows count: its 1 and 0 are no figures."""
    head = _plain(name)
    if _UNSURE.search(head) and not _YEAR.search(head):
        return True
    return _DROPS.search(head) is not None or _KEEPS.search(head) is not None


def is_for_crosses(name: str) -> bool:
    """Whether a column is called as one to set a cross in for a row: `slettes`, `Skal slettes?`."""
    head = _plain(name)
    return _DROPS.search(head) is not None or _KEEPS.search(head) is not None


def rows_left_out(name: str, labels: Iterable[str]) -> Problem | None:
    """A question about a column that says of rows whose figures are read that they do not count.

    None where it says so of no row: everything is approved, nothing is to be deleted.
    """
    head = _plain(name)
    plain = [(label, _plain(label)) for label in labels]
    keeps = _KEEPS.search(head) is not None
    is_turned = re.search(r"\b(?:ikke|ej|not)\b", head) is not None
    if _UNSURE.search(head) and not is_turned and not _YEAR.search(head):
        unsure = [label for label, word in plain if word not in _NO]
        return _unsure(name, unsure[0]) if unsure else None
    if (keeps and is_turned) or (not keeps and not is_turned and _DROPS.search(head)):
        against = [label for label, word in plain if word not in _NO]
    elif keeps:
        against = [label or "tom" for label, word in plain if word in _NO or word[:5] == "ikke "]
    else:
        return None
    if not against:
        return None
    said = listing([f"»{label[:40]}«" for label in against[:_SHOWN]])
    return Problem(
        "text_words", "", None, name, against[0],
        f"Kolonnen »{name}« læses ikke, men siger {said}. Alle rækkernes tal læses.",
        "Slet de rækker, der ikke skal med, og derefter kolonnen.",
    )  # fmt: skip


def _unsure(name: str, label: str) -> Problem:
    return Problem(
        "text_words", "", None, name, label,
        f"Kolonnen »{name}« læses ikke, men siger »{label[:40]}«, og tallene gemmes som endelige.",
        f"Skriv {status_to_write('preliminary')} eller {status_to_write('approximate')} i "
        "status for de tal, det gælder, og slet kolonnen.",
    )  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()


def corrected_beside(name: str, value_name: str, labels: Iterable[str] = ()) -> Problem | None:
    """A question about figures beside the value that are called its correction.

    `labels` are the column's: the days on which rows were made are none.
    """
    if not _CORRECTED.search(_plain(name)) or is_made_on(name, labels):
        return None
    return Problem(
        "text_words", "", None, name, None,
        f"Kolonnen »{name}« læses ikke. Tallene læses fra »{value_name}«.",
        f"Gælder tallene i »{name}«, så skriv dem i »{value_name}«. Slet ellers kolonnen.",
    )  # fmt: skip
