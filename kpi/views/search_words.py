"""What indicators are called in everyday speech, by those who do not know their names."""

from collections.abc import Iterable, Mapping

from kpi.domain.folding import fold

# Other words for what an indicator measures, by how a word of its names begins.
_EVERYDAY_WORDS: Mapping[str, str] = {
    "fravær": "pjæk pjækkeri",
    "elev": "skole skoler skoleelever",
    "ledig": "arbejdsløs arbejdsløse arbejdsløshed",
    "beskæftigelse": "job jobs",
    "indkomst": "indtægt indtægter",
    "kontanthjælp": "bistandshjælp",
    "dømte": "kriminalitet kriminelle",
    "folketal": "indbyggere indbyggertal",
}
# Words that say how something is measured, and not what: folded, as parts of compounds.
MEASURES = frozenset(fold("procent procenten andel andelen antal gennemsnit").words)
_BY_BEGINNING = {fold(word).text: others for word, others in _EVERYDAY_WORDS.items()}


def everyday_words(names: Iterable[str]) -> tuple[str, ...]:
    """Other words for what an indicator of these names measures, each once.

    >>> everyday_words(["Fuldtidsledige", "Ledighed"])
    ('arbejdsløs', 'arbejdsløse', 'arbejdsløshed')
    """
    words = {word for name in names for word in fold(name).words}
    meant = (
        other
        for beginning, others in _BY_BEGINNING.items()
        if any(word.startswith(beginning) for word in words)
        for other in others.split()
    )
    return tuple(dict.fromkeys(meant))
