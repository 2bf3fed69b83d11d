"""A small project of its own for the checks to look at."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Plant = Callable[[str, str], Path]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Write a file into an empty repository; the checks read what git would track."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
