"""What each column contains: by the template, by a recipe, or as the contents propose."""
