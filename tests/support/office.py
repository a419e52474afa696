"""LibreOffice, where it is installed, opens what was written as a user would."""

import shutil
import subprocess
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed"
)


def convert(data: bytes, ending: str, form: str, folder: Path) -> list[Path]:
    """Let LibreOffice write a file in another form, and give what it wrote."""
    source = folder / f"report.{ending}"
    source.write_bytes(data)
    made = folder / "made"
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--convert-to", form, "--outdir", str(made), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return sorted(made.iterdir())
