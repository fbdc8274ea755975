"""A file's table as text, before any meaning."""
