"""A package from outside announces its policy by an entry point; the portal finds it at start-up, with no line changed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal.policy import registry
from portal.policy.traceability import trace
from tests.extension.world import HERE, registered

ROOT = HERE.parents[1]
METADATA = "Metadata-Version: 2.1\nName: riverland-policy\nVersion: 1.0\n"
ENTRY_POINTS = "[portal.editions]\nriverland = riverland.editions\n"


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, str]:
    """The environment of a process in which the package is installed: its folder and its metadata are on the path."""
    metadata = tmp_path / "riverland_policy-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(METADATA, encoding="utf-8")
    (metadata / "entry_points.txt").write_text(ENTRY_POINTS, encoding="utf-8")
    (tmp_path / "riverland").symlink_to(HERE / "riverland")
    return {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "PORTAL_VAR_DIR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "portal.settings.development",
    }


def manage(environment: dict[str, str], *arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_an_installed_policy_is_listed_and_exported(installed: dict[str, str]) -> None:
    assert "RL-2024" not in [edition.code for edition in registry.registry]
    listed = manage(installed, "policy", "check").splitlines()
    assert "RL-2024: sound (溪川市技能实训基地认定办法（试行）)" in listed
    assert len(listed) == len(list(registry.registry)) + 1
    exported = json.loads(manage(installed, "policy", "export", "riverland"))
    assert (exported["code"], exported["edition"]) == ("riverland", "RL-2024")
    assert [each["code"] for each in exported["conditions"]][:2] == ["XC-C01", "XC-C02"]


def test_a_start_gives_the_installed_policy_its_tenant(installed: dict[str, str]) -> None:
    manage(installed, "migrate", "--verbosity", "0")
    asked = (
        "from portal.tenancy.models import Organisation;"
        "print(list(Organisation.objects.filter(jurisdiction__code='riverland').order_by('id')"
        ".values_list('name', flat=True)))"
    )
    said = manage(installed, "shell", "--verbosity", "0", "-c", asked)
    assert said.strip().splitlines()[-1] == "['溪川市人力资源和社会保障局', '上溪镇人民政府', '下溪镇人民政府']"


def test_the_traceability_table_is_of_the_policies_in_the_tree_alone() -> None:
    before = trace(ROOT, registry.registry)
    with registered() as edition:
        assert edition in list(registry.registry)
        assert trace(ROOT, registry.registry) == before
