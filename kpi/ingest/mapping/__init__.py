"""Which column holds what: by the template, by a recipe, or as the contents propose."""
