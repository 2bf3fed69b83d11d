"""A skip is a failure where FORBID_SKIPS says so, and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = {
    "skip": "import pytest\n\n@pytest.mark.skip(reason='no browser here')\ndef test_it():\n    assert True\n",
    "skipif": "import pytest\n\n@pytest.mark.skipif(True, reason='no browser here')\ndef test_it():\n    assert True\n",
    "inside": "import pytest\n\ndef test_it():\n    pytest.skip('no browser here')\n",
    "module": "import pytest\n\npytest.skip('no browser here', allow_module_level=True)\n",
    "xfail": "import pytest\n\n@pytest.mark.xfail(reason='no browser here')\ndef test_it():\n    assert False\n",
}


def run(folder: Path, text: str, *, forbid: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """One pytest session of its own over the given module and one more test, which passes."""
    (folder / "test_given.py").write_text(text)
    (folder / "test_green.py").write_text("def test_green():\n    assert 1 + 1 == 2\n")
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.no_skips", "-p", "no:django", "-p", "no:cacheprovider"]
    environment = {**os.environ, "FORBID_SKIPS": forbid, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*command, *options, str(folder)], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("kind", sorted(MODULES))
def test_a_skip_fails_the_session_and_is_named(tmp_path: Path, kind: str) -> None:
    ended = run(tmp_path, MODULES[kind], forbid="1")

    assert ended.returncode == pytest.ExitCode.TESTS_FAILED
    assert "test_given.py" in ended.stdout
    assert "no browser here" in ended.stdout.split("FORBID_SKIPS allows none")[1]


def test_the_controller_counts_what_its_workers_skip(tmp_path: Path) -> None:
    ended = run(tmp_path, MODULES["inside"], forbid="1", options=("-n", "2"))

    assert ended.returncode == pytest.ExitCode.TESTS_FAILED
    assert "no browser here" in ended.stdout.split("FORBID_SKIPS allows none")[1]


@pytest.mark.parametrize("forbid", ["", "0"])
def test_elsewhere_a_skip_is_only_a_skip(tmp_path: Path, forbid: str) -> None:
    ended = run(tmp_path, MODULES["skip"], forbid=forbid)

    assert ended.returncode == pytest.ExitCode.OK
    assert "1 passed, 1 skipped" in ended.stdout


def test_a_session_without_skips_passes(tmp_path: Path) -> None:
    ended = run(tmp_path, "def test_it():\n    assert 'a' < 'b'\n", forbid="1")

    assert ended.returncode == pytest.ExitCode.OK
    assert "2 passed" in ended.stdout
