"""What an answer is judged by, beside its bytes and its recipe: the program, and the metadata.

An area that is made, a limit that is moved, or a check that is new may make another answer of the
same bytes: then they are fetched and judged again, though their source has nothing new.
"""

from hashlib import sha256

from kpi.domain.catalog import Catalog
from kpi.ingest.mapping.recipe import Recipe
from kpi.store.same_data import program_hash


def judged_by(recipe: Recipe, catalog: Catalog) -> str:
    """Some characters that change with the program, and with the metadata a recipe's rows need."""
    digest = sha256(program_hash())
    indicators = catalog.indicators
    ids = recipe.indicator_ids() or indicators
    digest.update(repr([indicators.get(each) for each in ids]).encode())
    digest.update(repr(catalog.sources.get(recipe.source_id)).encode())
    for entities in (catalog.areas, catalog.groups):
        digest.update(repr(list(entities.values())).encode())
    return digest.hexdigest()[:16]
