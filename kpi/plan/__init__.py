"""The action plan's tables as people enter them: files, rows, checks, changes."""
