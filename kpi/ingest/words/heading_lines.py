"""A line between the rows of a table that is no row: a heading of those below it, or a remark."""

from kpi.ingest.words.telling_words import TITLE, telling_words

_AROUND = " \t\u00a0-–—=*_#.:|~+"
_MOST_CHARACTERS = 60
_BREAK = "databrud"

# Message and remedy.
MessageAndRemedy = tuple[str, str]


def heading_line(text: str) -> MessageAndRemedy | None:
    """What to say of a line that is this text alone; None where it has no letters."""
    plain = text.strip(_AROUND)
    if not any(map(str.isalpha, plain)):
        return None
    if len(plain) > _MOST_CHARACTERS:
        plain = f"{plain[:_MOST_CHARACTERS].rstrip()}…"
    if _BREAK in {telling.meaning for telling in telling_words(text, TITLE)}:
        return (
            f"»{plain}« er en linje om et brud i serien og ikke en række i tabellen.",
            "Slet linjen, og skriv bruddets dag på nøgletallet (»brud i serien«). Så sammenlignes "
            "tallene før og efter ikke.",
        )
    return (
        f"»{plain}« står alene mellem rækkerne, som en overskrift.",
        "Slet linjen. Gælder den kun rækkerne under den, så skriv den i en kolonne ved hver af "
        "dem, eller del filen op.",
    )


def heading_in_row(text: str) -> MessageAndRemedy | None:
    """What to say of a text in place of an area whose words say what figures are of; else None."""
    if not (meanings := {telling.meaning for telling in telling_words(text, TITLE)}):
        return None
    if _BREAK in meanings:
        return heading_line(text)
    return (
        f"»{text.strip(_AROUND)}« siger, hvad tallene er for, og er ikke et område.",
        "Er det en overskrift over rækkerne under den, så slet linjen, og skriv den i en kolonne "
        "ved hver af dem, eller del filen op. Ellers skriv områdets navn.",
    )
