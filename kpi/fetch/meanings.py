"""That a source's codes mean what a recipe says: a code is a guess until its text has been seen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kpi.cpr.typed import typed_holds_number
from kpi.domain.model import Area
from kpi.domain.wording import first_listed
from kpi.fetch.definition import Definition
from kpi.fetch.failure import ChangedError
from kpi.fetch.tokens import holds_token
from kpi.ingest.mapping.recipe import Recipe, fits_pattern
from kpi.ingest.meaning.adding_up import codes_of_texts, is_whole
from kpi.ingest.words.lookup import folded

_MOST_NAMED = 12


def hold_meanings(
    definition: Definition, recipe: Recipe, texts: Mapping[str, Mapping[str, str]]
) -> None:
    """Refuses a table in which a code has another text than the recipe says beside it.

    `texts` is each dimension's codes with their texts. A recipe names codes and texts alike, as
    either may come; a code whose meaning it does not say in words is taken as it is. Where it adds
    up a dimension, it must name all that the table has there, but for totals: a sum would else be
    of fewer people than its name says. Raises ChangedError.
    """
    of_table = {folded(name): codes for name, codes in texts.items()}
    for column, meanings in _columns(recipe):
        codes = of_table.get(folded(column), {})
        for code, text in codes.items():
            meaning = meanings.get(code)
            if meaning is None or code == text:
                continue
            words = [word for word, other in meanings.items() if other == meaning]
            in_words = [word for word in words if word not in codes]
            if in_words and not any(_says(word, text) for word in in_words):
                raise ChangedError(
                    f"Koden »{code}« i {column} er hos {definition.table} »{text}«, men i "
                    f"opskriften »{in_words[0]}«. Ret opskriften »{recipe.name}«."
                )
    for column, labels in recipe.added_up().items():
        if codes := of_table.get(folded(column), {}):
            _hold_whole(definition, recipe, column, labels, codes)


def hold_areas(
    definition: Definition,
    recipe: Recipe,
    texts: Mapping[str, Mapping[str, str]],
    areas: Iterable[Area],
) -> None:
    """Refuses a table in which a code that the definition names is another area than ours.

    Only of codes that are asked for one by one: who asks for all takes what the table has. Raises
    ChangedError.
    """
    column = folded(recipe.area or "")
    asked = {
        code
        for name, values in definition.query.values.items()
        if folded(name) == column
        for code in values
    }
    of_table = {folded(name): codes for name, codes in texts.items()}.get(column, {})
    for area in areas:
        text = of_table.get(area.code or "", "")
        if area.code in asked and text not in ("", area.code) and not _is_called(area, text):
            raise ChangedError(
                f"Koden »{area.code}« i {recipe.area} er hos {definition.table} »{text}«, men i "
                f"Spor »{area.name}«. Ret koden i definitionen eller på området."
            )


def _is_called(area: Area, text: str) -> bool:
    """Whether a text has the area's name, or the first word of it: `9097 Gellerup (Aarhus …)`."""
    words = folded(text)
    names = (area.name, area.name.partition(" ")[0], *area.aliases)
    return any(folded(name) in words for name in names)


def texts_for(recipe: Recipe, texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """What the codes mean in the columns whose labels the recipe reads, fit to be kept.

    None that holds a person's number or a source's key: they are kept with a file that waits.
    """
    read = {folded(column) for column in recipe.labelled_columns()}
    return {
        column: {
            code: text
            for code, text in codes.items()
            if not typed_holds_number(f"{code} {text}") and not holds_token(f"{code} {text}")
        }
        for column, codes in texts.items()
        if folded(column) in read
    }


def _hold_whole(
    definition: Definition, recipe: Recipe, column: str, labels: Sequence[str],
    codes: Mapping[str, str],
) -> None:  # fmt: skip
    """Refuses a dimension that lacks a label, or has one more, of those that are added up."""
    named = {folded(label) for label in labels}
    texts = codes_of_texts({"": labels})
    paired = {folded(text): folded(code) for text, code in texts.items()}
    there = {folded(name) for pair in codes.items() for name in pair}
    gone = [
        label
        for label in labels
        if not {folded(label), paired.get(folded(label), folded(label))} & there
        and label not in texts.values()
    ]
    more = [
        text
        for code, text in codes.items()
        if not {folded(code), folded(text)} & named and not is_whole(text) and not is_whole(code)
    ]
    if gone or more:
        lacks = f"har ikke {_listed(gone)} i {column}" if gone else ""
        has = f"har {_listed(more)} i {column}, som opskriften ikke nævner" if more else ""
        raise ChangedError(
            f"{definition.table} {' og '.join(filter(None, (lacks, has)))}. Ret opskriften "
            f"»{recipe.name}«."
        )


def _listed(names: Sequence[str]) -> str:
    return first_listed([f"»{name}«" for name in names], _MOST_NAMED)


def _columns(recipe: Recipe) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each column that a recipe reads labels of, and what each label means to it."""
    for labels in (recipe.indicator, recipe.group):
        if labels is not None:
            yield labels.column, labels.ids
    for column, kept in recipe.keep.items():
        yield column, dict.fromkeys(kept, "kept")
    for column, added in recipe.added_up().items():
        texts = codes_of_texts({"": added})
        yield column, {name: text for text, code in texts.items() for name in (code, text)}
    if recipe.area:
        yield recipe.area, recipe.area_ids


def _says(word: str, text: str) -> bool:
    return folded(word) == folded(text) or fits_pattern(word, text)
