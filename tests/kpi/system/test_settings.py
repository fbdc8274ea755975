"""Settings whose name is written wrong: they are told, as they would otherwise change nothing."""

import pytest

from kpi.cli.commands import main
from kpi.system.settings import SETTINGS, unknown_setting_lines, unknown_settings
from tests.tables import for_each


@for_each(
    ("name", "meant"),
    [
        ("KPI_UPLOAD", "KPI_UPLOADS"),
        ("kpi_uploads", "KPI_UPLOADS"),
        ("KPI_UPLAODS", "KPI_UPLOADS"),
        ("KPI_HOMES", "KPI_HOME"),
        ("KPI_HJEM", ""),
        ("KPI_", ""),
    ],
)
def test_a_name_that_is_no_setting(name: str, meant: str) -> None:
    assert unknown_settings(["PATH", "KPI_HOME", name]) == {name: meant}
    (line,) = unknown_setting_lines([name])
    assert f"»{meant}«" in line if meant else "Vælg en af: KPI_HOME, " in line


def test_what_is_a_setting_is_not_reported() -> None:
    assert unknown_settings([*SETTINGS, "KPI_TOKEN_JOBINDSATS", "KPI_TOKEN_X_FILE", "PATH"]) == {}


def test_the_command_line_names_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("KPI_HJEM", "/data")
    monkeypatch.setattr("kpi.cli.commands._say", lambda text: None)
    with pytest.raises(SystemExit):
        main(["--version"])
    assert "Indstillingen KPI_HJEM findes ikke. Vælg en af" in caplog.text
