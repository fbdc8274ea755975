"""Who asks for true numbers: nothing that puts anything out; checks leave hidden ones out."""

import re
from pathlib import Path

from tests.conftest import DATA

REPOSITORY = DATA.parent
# The tables of true numbers, of today and of every day, and the view of all rows ever published.
TRUE = re.compile(
    r"\b(hidden_observation|past_observation|published_outline)\b"
    r"|\b(FROM|JOIN)\s+(spor\.)?observation\b"
)
# A check compares with what was published before where nothing of it is hidden.
CHECKS = {"older_figures.py", "withdrawn_figures.py", "standing.py"}


def asking(path: Path) -> list[str]:
    """The files beneath a folder that name a true table."""
    files = [each for each in path.rglob("*") if each.suffix in (".py", ".sql", ".js")]
    assert files
    return [each.name for each in files if TRUE.search(each.read_text(encoding="utf-8"))]


def test_nothing_that_puts_anything_out_asks_for_true_numbers() -> None:
    folders = [each for each in (REPOSITORY / "kpi").iterdir() if each.is_dir()]
    folders = [each for each in folders if each.name not in ("store", "__pycache__")]
    folders += [REPOSITORY / "ui", REPOSITORY / "pages"]
    of_folders = {name for folder in folders if any(folder.rglob("*.py"))
                  for name in asking(folder)}  # fmt: skip
    assert of_folders == CHECKS
    assert len(asking(REPOSITORY / "kpi" / "store")) > len(CHECKS)


def test_a_check_leaves_hidden_rows_out() -> None:
    """By the rows that are hidden, or by asking whether there was one, not for its number."""
    ingest = (REPOSITORY / "kpi" / "ingest").rglob("*.py")
    code = {path.name: path.read_text(encoding="utf-8") for path in ingest}
    assert "ANTI JOIN spor.hidden_row" in code["older_figures.py"]
    assert not re.search(r"\bpast\.(value|numerator|denominator)", code["withdrawn_figures.py"])
    # A hidden one is changed whatever the file says of it.
    assert "WHERE own.is_same AND published.value" in code["standing.py"]
    assert "published.is_hidden OR valid.value IS DISTINCT FROM" in code["difference.py"]
