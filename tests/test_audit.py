"""`make audit`: advisories are listed, and a service that did not answer is named as such."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from tests.tables import for_each
from tools.audit import Answers, answers_of, pinned, unlike_pins, verdict

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = frozenset({"duckdb", "pandas"})
SOUND = {"name": "duckdb", "version": "1.5.5", "vulns": []}
FOUND = {
    "name": "pandas", "version": "3.1.1",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["3.1.2"], "aliases": []}],
}  # fmt: skip
SKIPPED = {"name": "pandas", "skip_reason": "Dependency not found on PyPI"}


def report(*packages: Mapping[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


@for_each(
    ("answers", "code", "message"),
    [
        (answers_of(report(SOUND, {**FOUND, "vulns": []})), 0, "None of 2 packages"),
        (answers_of(report(SOUND, FOUND)), 1, "pandas 3.1.1: PYSEC-2026-1, mended in 3.1.2"),
        # A package that the service does not know passes for sound in its own summary.
        (answers_of(report(SOUND, SKIPPED)), 2, "NOT CHECKED: no advisory service answered"),
        (answers_of("", "Name or service not known"), 2, "could not be reached: Name or service"),
        (answers_of("<html>"), 2, "could not be reached: it gave no answer"),
        (answers_of(report()), 2, "answered about 2 of 2 packages"),
    ],
)
def test_what_is_reported(answers: Answers, code: int, message: str) -> None:
    ended, lines = verdict(PACKAGES, {"pypi.org": answers})
    assert ended == code
    assert message in "\n".join(lines)


def test_what_one_service_does_not_know_another_may() -> None:
    services = {
        "pypi.org": answers_of(report(SOUND, SKIPPED)),
        "api.osv.dev": answers_of(report({**FOUND, "vulns": []})),
    }
    assert verdict(PACKAGES, services)[0] == 0


@for_each("name", ["requirements", "requirements-dev", "requirements-audit"])
def test_every_package_is_pinned_with_its_hashes(name: str) -> None:
    pins = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    wanted = (ROOT / f"{name}.in").read_text(encoding="utf-8")
    for line in wanted.splitlines():
        if line and not line.startswith(("#", "-r")):
            assert f"\n{line} " in f"\n{pins}", f"{line}: run `make lock`"
    packages = re.split(r"\n(?=[^\s#])", pins)
    without = [
        package.split()[0]
        for package in packages
        if "==" in package and "--hash=sha256:" not in package
    ]
    assert without == []


def test_names_of_pins() -> None:
    pins = "# make lock\nDuckDB==1.5.5 \\\n    --hash=sha256:ab\ncolorama==0.4.6 ; os == 'x' \\\n"
    assert pinned(pins) == {"duckdb", "colorama"}


def test_a_bill_of_materials_that_says_something_else_than_the_pins() -> None:
    first, second = "a" * 64, "b" * 64
    pins = f"# make lock\nDuckDB==1.5.5 ; os == 'x' \\\n    --hash=sha256:{first} \\\n    "
    pins += f"--hash=sha256:{second}\npandas==3.1.1 \\\n    --hash=sha256:{first}\n"

    def bill(version: str, *hashes: str) -> str:
        duck = {
            "name": "duckdb", "version": version,
            "externalReferences": [{"hashes": [{"alg": "SHA-256", "content": h} for h in hashes]}],
        }  # fmt: skip
        pandas = duck | {
            "name": "pandas", "version": "3.1.1",
            "externalReferences": [{"hashes": [{"alg": "SHA-256", "content": first}]}],
        }  # fmt: skip
        return json.dumps({"components": [duck, pandas]})

    assert unlike_pins(bill("1.5.5", second, first), pins) == []
    assert unlike_pins(bill("1.5.5", first), pins) == ["duckdb 1.5.5"]
    assert unlike_pins(bill("1.5.4", first, second), pins) == ["duckdb 1.5.4", "duckdb 1.5.5"]
    assert unlike_pins('{"components": []}', pins) == ["duckdb 1.5.5", "pandas 3.1.1"]
    # One without hashes is never as pinned.
    assert unlike_pins(bill("1.5.5"), pins.replace("--hash", "--was")) == [
        "duckdb 1.5.5", "pandas 3.1.1"
    ]  # fmt: skip
