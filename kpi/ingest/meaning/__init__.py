"""From texts to observations: every distinct text of a column is understood once."""
