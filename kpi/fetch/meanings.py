"""That a source's codes mean what a recipe says: a code is a guess until its text has been seen."""

from collections.abc import Iterator, Mapping

from kpi.fetch.definition import Definition
from kpi.fetch.failure import ChangedError
from kpi.ingest.mapping.recipe import Recipe, fits_pattern
from kpi.ingest.words.lookup import folded


def hold_meanings(
    definition: Definition, recipe: Recipe, texts: Mapping[str, Mapping[str, str]]
) -> None:
    """Refuses a table in which a code has another text than the recipe says beside it.

    `texts` is each dimension's codes with their texts. A recipe names codes and texts alike, as
    either may come; a code whose meaning it does not say in words is taken as it is. Raises
    ChangedError.
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


def _columns(recipe: Recipe) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each column that a recipe reads labels of, and what each label means to it."""
    for labels in (recipe.indicator, recipe.group):
        if labels is not None:
            yield labels.column, labels.ids
    for column, kept in recipe.keep.items():
        yield column, dict.fromkeys(kept, "kept")
    if recipe.area:
        yield recipe.area, recipe.area_ids


def _says(word: str, text: str) -> bool:
    return folded(word) == folded(text) or fits_pattern(word, text)
