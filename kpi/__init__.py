"""Spor's domain: reading, comparing and publishing key figures. Knows nothing of the screen."""
