"""Only journeys are walked again, and only a few of them; what fails twice has failed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bin import journeys_again

WALK, OTHER = "tests/journeys/test_public.py::test_a", "tests/policy/test_lint.py::test_b"


@pytest.mark.parametrize(
    ("failed", "again"),
    [
        ([], []),
        ([OTHER], []),
        ([WALK, OTHER], []),
        ([WALK, f"{WALK}_too"], ["tests/journeys/test_public.py"]),
        ([f"tests/journeys/test_{each}.py::test_a" for each in "abc"], []),
    ],
)
def test_which_files_are_walked_again(failed: list[str], again: list[str]) -> None:
    assert journeys_again.files_of(failed) == again


@pytest.mark.parametrize(("failed", "status"), [(None, 1), ([OTHER], 1), ([WALK], 7)])
def test_the_second_walk_decides(failed: list[str] | None, status: int, tmp_path: Path) -> None:
    if failed is not None:
        told = tmp_path / journeys_again.FAILED
        told.parent.mkdir(parents=True)
        told.write_text(json.dumps(dict.fromkeys(failed, True)))
    show = "import os; assert os.environ['ARGS'] == 'tests/journeys/test_public.py'; raise SystemExit(7)"
    command = [sys.executable, str(Path(journeys_again.__file__)), sys.executable, "-c", show]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert ("Walked a second time" in done.stdout) == (status == 7)
