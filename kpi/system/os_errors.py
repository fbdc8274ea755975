"""The operating system's refusals in Danish: why a file is not written or read, and what to do."""

import errno
from collections.abc import Mapping

# Each code has a sentence of writing and one of reading; `name` is the file or folder in question.
_SENTENCES: Mapping[int, tuple[str, str]] = {
    errno.ENOENT: (
        "Mappen til »{name}« findes ikke. Vælg en anden mappe.",
        "»{name}« findes ikke. Kontrollér navn og mappe.",
    ),
    errno.EACCES: (
        "Programmet må ikke skrive »{name}«. Giv det adgang, eller vælg en anden mappe.",
        "Programmet må ikke læse »{name}«. Giv det adgang til filen.",
    ),
    errno.ENOSPC: (
        "Der er ikke plads til »{name}«. Ryd op på disken, og prøv igen.",
        "Der er ikke plads til »{name}«. Ryd op på disken, og prøv igen.",
    ),
    errno.EISDIR: (
        "»{name}« er en mappe. Skriv et filnavn.",
        "»{name}« er en mappe. Vælg en fil.",
    ),
    errno.ENOTDIR: (
        "Stien til »{name}« går gennem en fil. Vælg en anden mappe.",
        "Stien til »{name}« går gennem en fil. Kontrollér stien.",
    ),
    errno.EEXIST: (
        "Der er allerede en fil, der hedder »{name}«. Vælg et andet navn.",
        "Der er allerede en fil, der hedder »{name}«. Vælg et andet navn.",
    ),
    errno.EROFS: (
        "Drevet med »{name}« kan kun læses. Vælg en anden mappe.",
        "Drevet med »{name}« kan kun læses. Vælg en anden mappe.",
    ),
    errno.ENAMETOOLONG: (
        "Navnet »{name}« er for langt. Vælg et kortere navn.",
        "Navnet »{name}« er for langt. Kontrollér navnet.",
    ),
    errno.EBUSY: (
        "»{name}« er i brug. Luk det program, der bruger filen, og prøv igen.",
        "»{name}« er i brug. Luk det program, der bruger filen, og prøv igen.",
    ),
    errno.EIO: (
        "Drevet med »{name}« svarer ikke. Kontrollér drevet, og prøv igen.",
        "Drevet med »{name}« svarer ikke. Kontrollér drevet, og prøv igen.",
    ),
}
_SAME = {
    errno.EPERM: errno.EACCES,
    errno.EDQUOT: errno.ENOSPC,
    errno.EFBIG: errno.ENOSPC,
    errno.ETXTBSY: errno.EBUSY,
    errno.ENOTEMPTY: errno.EEXIST,
}
_OTHER = (
    "»{name}« kan ikke skrives (systemfejl {code}). Vælg en anden mappe.",
    "»{name}« kan ikke læses (systemfejl {code}). Kontrollér filen.",
)


def readable_name(name: str) -> str:
    """A name of the system with `?` for the bytes that are no UTF-8; else as it is."""
    return name.encode("utf-8", "replace").decode("utf-8")


def why_not_written(name: str, error: OSError) -> str:
    """Why a file or folder of that name was not written, and the remedy, in whole sentences."""
    return _sentence(name, error, 0)


def why_not_read(name: str, error: OSError) -> str:
    """Why a file or folder of that name was not read, and the remedy, in whole sentences."""
    return _sentence(name, error, 1)


def _sentence(name: str, error: OSError, place: int) -> str:
    code = error.errno or 0
    sentences = _SENTENCES.get(_SAME.get(code, code), _OTHER)
    return sentences[place].format(name=name, code=code or "ukendt")
