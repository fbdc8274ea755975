"""Figures that are fetched from their sources, and go the way of every extract."""
