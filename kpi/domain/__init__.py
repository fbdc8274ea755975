"""Domain entities and pure functions of them: comparisons, statistics, words. No files, no SQL."""
