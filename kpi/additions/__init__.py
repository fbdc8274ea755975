"""Rows that add or correct indicators, areas, groups, sources and themes."""
