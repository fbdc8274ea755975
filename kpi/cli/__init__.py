"""The command line: its words, its commands, its answers as JSON and in Danish."""
