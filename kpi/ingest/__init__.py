"""Reading figures from files, and telling what is wrong with them by row."""
