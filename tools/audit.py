"""What Spor is made of, and whether anything known is wrong with it: `make audit`.

Writes a software bill of materials (CycloneDX) of what Spor runs on, and asks the Python packaging
advisories about every pinned package. That nobody answered is reported as such: it does not mean
that nothing is wrong. Ends with 0 when every package was asked about and none has an advisory, with
1 when one has or the bill does not say what is pinned, and with 2 when some could not be asked
about.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_TOOLS = Path(sys.executable).parent
_SBOM = _ROOT / "build" / "spor.cdx.json"
# What tests are run with may be wrong as well, so it is asked about too.
_PINS = _ROOT / "requirements-dev.txt"
_RUN_PINS = _ROOT / "requirements.txt"
# A package begins a line; its hashes are on the lines that follow, set in.
_ENTRY, _HASH = re.compile(r"\n(?=[^\s#])"), re.compile(r"--hash=sha256:([0-9a-f]{64})")
_SERVICES = {"pypi": "pypi.org", "osv": "api.osv.dev"}
_MOST_SECONDS = 300
_MOST_NAMED = 5


@dataclass(frozen=True)
class Answers:
    """What a service said: advisories by package, and the packages that it did not know of.

    `failure` is why it said nothing at all.
    """

    advisories: dict[str, list[str]]
    asked: frozenset[str]
    failure: str = ""


def answers_of(report: str, failure: str = "") -> Answers:
    """The report of pip-audit (its JSON); one that cannot be read is no answer."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Answers({}, frozenset(), failure or "it gave no answer")
    # A package that the service does not know is skipped, and would pass for sound.
    asked = {
        package["name"]: package["vulns"] for package in packages if "skip_reason" not in package
    }
    advisories = {
        f"{package['name']} {package['version']}": [_advisory(each) for each in package["vulns"]]
        for package in packages
        if package.get("vulns")
    }
    return Answers(advisories, frozenset(asked))


def _advisory(advisory: dict[str, object]) -> str:
    versions = advisory.get("fix_versions")
    mended = f", mended in {', '.join(versions)}" if isinstance(versions, list) and versions else ""
    return f"{advisory.get('id', 'an advisory without a number')}{mended}"


def pinned(pins: str) -> frozenset[str]:
    """The names of the packages in a list of pins."""
    lines = (line for line in pins.splitlines() if "==" in line and not line.startswith((" ", "#")))
    return frozenset(line.partition("==")[0].strip().lower() for line in lines)


def verdict(packages: frozenset[str], services: dict[str, Answers]) -> tuple[int, list[str]]:
    """The exit code and the lines to print: advisories, or which packages got no answer."""
    lines: list[str] = []
    advisories: dict[str, list[str]] = {}
    asked: set[str] = set()
    for host, answers in services.items():
        advisories |= answers.advisories
        asked |= {name.lower() for name in answers.asked}
        if answers.failure:
            lines.append(f"{host} could not be reached: {answers.failure}")
        elif len(answers.asked) < len(packages):
            lines.append(f"{host} answered about {len(answers.asked)} of {len(packages)} packages.")
    silent = sorted(packages - asked)
    for package, numbers in sorted(advisories.items()):
        lines.append(f"{package}: {'; '.join(numbers)}")
    if silent:
        named = ", ".join(silent[:_MOST_NAMED]) + (" ..." if len(silent) > _MOST_NAMED else "")
        lines.append(
            f"NOT CHECKED: no advisory service answered about {len(silent)} of {len(packages)} "
            f"packages ({named}). Nothing is known of them, good or bad. Run this again where "
            f"{' or '.join(services)} can be reached."
        )
    if advisories:
        return 1, lines
    return (2, lines) if silent else (0, [f"None of {len(packages)} packages has an advisory."])


def ask(service: str, pins: Path) -> Answers:
    """What an advisory service says of the pinned packages; its failure when it cannot be asked."""
    with tempfile.TemporaryDirectory(prefix="spor-audit-") as folder:
        report = Path(folder) / "report.json"
        command = [
            str(_TOOLS / "pip-audit"), "--requirement", str(pins), "--require-hashes",
            "--disable-pip", "--vulnerability-service", service, "--format", "json",
            "--output", str(report), "--progress-spinner", "off", "--timeout", "15",
        ]  # fmt: skip
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=_MOST_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return Answers({}, frozenset(), f"no answer in {_MOST_SECONDS} seconds")
        answer = report.read_text(encoding="utf-8") if report.exists() else ""
    words = done.stderr.strip().splitlines()
    return answers_of(answer, words[-1] if words else "")


def write_sbom() -> None:
    """Writes what Spor runs on, with hashes, as CycloneDX; the same list for the same pins."""
    _SBOM.parent.mkdir(exist_ok=True)
    subprocess.run(
        [
            str(_TOOLS / "cyclonedx-py"), "requirements", str(_RUN_PINS),
            "--pyproject", str(_ROOT / "pyproject.toml"), "--output-reproducible",
            "--of", "JSON", "-o", str(_SBOM),
        ],
        check=True,
    )  # fmt: skip


def unlike_pins(sbom: str, pins: str) -> list[str]:
    """The packages that the bill lacks, has too many, or has with another version or hashes."""
    listed = {
        (component["name"].lower(), component["version"]): {
            each["content"]
            for reference in component.get("externalReferences", ())
            for each in reference.get("hashes", ())
        }
        for component in json.loads(sbom).get("components", ())
    }
    pinned_hashes: dict[tuple[str, str], set[str]] = {}
    for entry in _ENTRY.split(pins):
        name, is_pinned, rest = entry.partition("==")
        if is_pinned and not name.startswith("#"):
            pinned_hashes[name.strip().lower(), rest.split()[0]] = set(_HASH.findall(rest))
    keys = listed.keys() | pinned_hashes.keys()
    return sorted(
        f"{name} {version}"
        for name, version in keys
        if not pinned_hashes.get((name, version))
        or listed.get((name, version)) != pinned_hashes[name, version]
    )


def main(services: Sequence[str] = tuple(_SERVICES)) -> int:
    """The command line."""
    write_sbom()
    unlike = unlike_pins(_SBOM.read_text(encoding="utf-8"), _RUN_PINS.read_text(encoding="utf-8"))
    if unlike:
        print(f"{_SBOM.name} does not say what is pinned of {', '.join(unlike)}: run `make lock`.")
        return 1
    print(f"Bill of materials: {_SBOM.relative_to(_ROOT)}, as pinned in {_RUN_PINS.name}")
    packages = pinned(_PINS.read_text(encoding="utf-8"))
    answers: dict[str, Answers] = {}
    for service in services:
        answers[_SERVICES[service]] = ask(service, _PINS)
        # The second is asked only about what the first leaves open.
        if not packages - {package.lower() for each in answers.values() for package in each.asked}:
            break
    code, lines = verdict(packages, answers)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
