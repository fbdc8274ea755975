"""The command line: `python -m kpi COMMAND`."""

from kpi.cli.commands import run

if __name__ == "__main__":
    run()
