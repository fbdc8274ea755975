"""From bytes to a table of text: one reader a format."""
