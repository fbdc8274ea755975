"""A definition is fetched, or decided about, by one at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kpi.domain.errors import KpiError
from kpi.system.os_errors import why_not_written


@contextmanager
def alone(home: Path, name: str, title: str, *, is_decision: bool) -> Iterator[None]:
    """While nobody else fetches or decides about the same figures; nobody waits for it.

    `name` and `title` are the definition's, `is_decision` what is wanted: a decision, or a fetch.
    Raises KpiError where somebody does, or the folder cannot be written.
    """
    path = home / "fetch" / f"{name}.lock"
    try:
        path.parent.mkdir(exist_ok=True)
        with FileLock(path, timeout=0):
            yield
    except Timeout as error:
        raise KpiError(
            "Filen er optaget" if is_decision else "Tallene hentes allerede",
            f"»{title}« bliver hentet, udgivet eller afvist lige nu. Prøv igen om lidt.",
        ) from error
    except OSError as error:
        raise KpiError(
            "Filen kan ikke behandles" if is_decision else "Tallene kan ikke hentes",
            why_not_written(path.name, error),
        ) from error
