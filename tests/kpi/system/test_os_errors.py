"""No English of the operating system reaches a Danish sentence."""

import errno
import os

from kpi.system.os_errors import why_not_read, why_not_written
from tests.tables import for_each


@for_each(
    ("code", "written", "read"),
    [
        (errno.ENOENT, "Mappen til »x.csv« findes ikke. Vælg en anden mappe.",
         "»x.csv« findes ikke. Kontrollér navn og mappe."),
        (errno.EPERM, "Programmet må ikke skrive »x.csv«. Giv det adgang, eller vælg en anden "
         "mappe.", "Programmet må ikke læse »x.csv«. Giv det adgang til filen."),
        (errno.EDQUOT, "Der er ikke plads til »x.csv«. Ryd op på disken, og prøv igen.",
         "Der er ikke plads til »x.csv«. Ryd op på disken, og prøv igen."),
        (errno.EISDIR, "»x.csv« er en mappe. Skriv et filnavn.",
         "»x.csv« er en mappe. Vælg en fil."),
        (errno.EPIPE, "»x.csv« kan ikke skrives (systemfejl 32). Vælg en anden mappe.",
         "»x.csv« kan ikke læses (systemfejl 32). Kontrollér filen."),
    ],
)  # fmt: skip
def test_the_sentence_says_why_and_what_to_do(code: int, written: str, read: str) -> None:
    error = OSError(code, os.strerror(code))
    assert (why_not_written("x.csv", error), why_not_read("x.csv", error)) == (written, read)


def test_nothing_of_the_system_stands_in_it() -> None:
    errors = [OSError(code, os.strerror(code)) for code in errno.errorcode]
    assert [
        sentence
        for error in errors
        for sentence in (why_not_written("x", error), why_not_read("x", error))
        if str(error.strerror) in sentence or "{" in sentence
    ] == []


def test_an_error_without_a_code() -> None:
    error = OSError([("a", "b", "No such file or directory")])
    assert why_not_written("x", error) == (
        "»x« kan ikke skrives (systemfejl ukendt). Vælg en anden mappe."
    )
