"""Ways out of Spor: the figures as files."""
