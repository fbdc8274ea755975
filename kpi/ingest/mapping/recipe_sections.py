"""The sections of a TOML text, read and checked for unknown keys; each fault has its line."""

import re
import tomllib
from collections.abc import Collection, Iterator
from typing import Any, ClassVar

from kpi.domain.errors import KpiError, choices_hint
from kpi.domain.personal import refuse_personal_texts

_IN_RECIPE = (
    "En opskrift gemmes og kan læses af andre. Skriv dens navn, nøgler, værdier og bemærkninger "
    "uden CPR-numre."
)


class RecipeError(KpiError):
    """A recipe that cannot be read; the command line ends with 2."""


class RecipeText:
    """The TOML text of a recipe: its keys, and where a fault is. Raises RecipeError.

    What else people write in the same manner says what it is called, its error and its title.
    """

    noun: ClassVar[str] = "opskrift"
    the_noun: ClassVar[str] = "Opskriften"
    error: ClassVar[type[KpiError]] = RecipeError

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.keys = self._parsed()
        # Escapes write a number that the text itself does not show.
        message = (
            f"En {self.noun} gemmes og kan læses af andre. Skriv dens navn, nøgler, værdier og "
            "bemærkninger uden CPR-numre."
        )
        refuse_personal_texts(text, name, *_texts(self.keys), error=self.error, message=message)
        for halves in (_names, _values):
            refuse_personal_texts(*halves(self.keys), error=self.error, message=message)

    def refused(self, fault: str, key: str = "") -> KpiError:
        """The error to raise: the recipe, the line of the key, and what is wrong."""
        line = self._line(key) if key else ""
        message = f"{self.the_noun} »{self.name}«: {f'{line} {fault}'.strip()}"
        return self.error(f"{self.the_noun} kan ikke bruges", message)

    def section(self, key: str) -> dict[str, Any]:
        """A section's keys; empty where the recipe has no such section."""
        section = self.keys.get(key, {})
        if not isinstance(section, dict):
            raise self.refused(f"»{key}« skal være et afsnit: [{key}].", key)
        return section

    def labels(self, key: str, needs_labels: bool) -> tuple[str, dict[str, str], bool]:
        """A section of labels: its column, what each label means, whether they are summed."""
        section = self.section(key)
        if not section:
            return "", {}, False
        column = section.get("column")
        if not isinstance(column, str) or not column:
            raise self.refused(f"[{key}] skal nævne sin »column«.", key)
        # A file may well have the label »sum«; then it is text.
        is_sum = section.get("sum") is True
        named = {label: given for label, given in section.items() if label != "column"}
        if isinstance(named.get("sum"), bool):
            del named["sum"]
        texts = self.texts(named, key)
        if is_sum and key != "group":
            raise self.refused(f"»sum« hører til [group], ikke til [{key}].", key)
        if needs_labels and not texts:
            raise self.refused(f"[{key}] skal oversætte mindst én værdi.", key)
        return column, texts, is_sum

    def texts(
        self, section: dict[str, Any], key: str, known: Collection[str] | None = None
    ) -> dict[str, str]:
        """A section whose keys are texts; `known` are the only keys it may have."""
        for label, given in section.items():
            self._hold_known(label, key, known)
            if not isinstance(given, str):
                raise self.refused(f"»{label}« under [{key}] skal være tekst.", label)
        return section

    def lists(self, key: str, known: Collection[str] | None = None) -> dict[str, tuple[str, ...]]:
        """A section whose keys are texts or lists of them."""
        return self.lists_of(self.section(key), key, known)

    def lists_of(
        self,
        section: dict[str, Any],
        key: str,
        known: Collection[str] | None = None,
        may_be_empty: bool = False,
    ) -> dict[str, tuple[str, ...]]:
        """The texts, or lists of them, of a section within another."""
        lists = {}
        for label, given in section.items():
            self._hold_known(label, key, known)
            values = given if isinstance(given, list) else [given]
            if not (values or may_be_empty) or not all(isinstance(each, str) for each in values):
                raise self.refused(
                    f"»{label}« under [{key}] skal være tekst eller en liste.", label
                )
            lists[label] = tuple(values)
        return lists

    def _parsed(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+)", str(error))
            line = place[1] if place else str(len(self.text.splitlines()))
            raise self.refused(
                f"Linje {line}: Den er ikke gyldig TOML. Navne med æ, ø, å eller mellemrum skal "
                "stå i anførselstegn, og ingen må stå to gange."
            ) from error
        except RecursionError as error:
            raise self.refused("Den har for mange niveauer.") from error

    def _hold_known(self, label: str, key: str, known: Collection[str] | None) -> None:
        if known is not None and label not in known:
            hint = choices_hint(label, known)
            raise self.refused(f"Ukendt nøgle »{label}« under [{key}]. {hint}", label)

    def _line(self, key: str) -> str:
        """`Linje 7:`, where a key is; empty where it cannot be found."""
        for number, line in enumerate(self.text.splitlines(), start=1):
            if re.match(rf"""\s*\[?\s*["']?{re.escape(key)}["']?\s*[=\].]""", line):
                return f"Linje {number}:"
        return ""


def _texts(given: object, key: str = "") -> Iterator[str]:
    """Every value with its key, as text."""
    if isinstance(given, dict):
        for name, inner in given.items():
            yield from _texts(inner, name)
    elif isinstance(given, list):
        for inner in given:
            yield from _texts(inner, key)
    else:
        yield f"{key}: {given}"


def _names(given: object) -> Iterator[str]:
    """Every key, in the order of the text."""
    if isinstance(given, dict):
        for name, inner in given.items():
            yield name
            yield from _names(inner)
    elif isinstance(given, list):
        for inner in given:
            yield from _names(inner)


def _values(given: object) -> Iterator[str]:
    """Every value, in the order of the text."""
    if isinstance(given, (dict, list)):
        for inner in given.values() if isinstance(given, dict) else given:
            yield from _values(inner)
    else:
        yield str(given)
