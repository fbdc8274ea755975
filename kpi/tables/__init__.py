"""The embedded tables of data/: one specification a table, read and checked as a whole."""
