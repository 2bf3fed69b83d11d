"""The policy vocabulary stands on the standard library alone; a policy app on the vocabulary alone.

import-linter watches the arrows inside the project; this watches the ones that lead out of it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from checks.tree import ROOT, project_files, report

VOCABULARY = "portal/policy/"
POLICIES = "portal/jurisdictions/"


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def allowed(name: str, module: str) -> bool:
    """May the file of this project-relative name import that module?"""
    top = module.partition(".")[0]
    if top in sys.stdlib_module_names:
        return True
    if name.startswith(VOCABULARY):
        return module == "portal" or module.startswith("portal.policy")
    own = ".".join(name.split("/")[:3])
    if name.endswith("/apps.py") and module.startswith("django.apps"):
        return True
    return module.startswith(("portal.policy", own))


def findings(root: Path = ROOT) -> list[str]:
    found = []
    for path in project_files((".py",), root):
        name = path.relative_to(root).as_posix()
        if not name.startswith((VOCABULARY, POLICIES)):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [
            f"{path}:{line}: may not import {module}" for line, module in imported(tree) if not allowed(name, module)
        ]
    return found


if __name__ == "__main__":
    sys.exit(report(findings()))
