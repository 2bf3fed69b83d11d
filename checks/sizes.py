"""Keep rooms small: a file of 300 lines (500 at most), a function of 30 (60 at most), a test function of 60.

The hard limits fail. What lies between the soft and the hard limit is listed, and counted against a budget: most of the
project must be below the soft limits, or they would be no limits at all.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checks.tree import project_files, report

FILE_SOFT, FILE_HARD = 300, 500
FUNCTION_SOFT, FUNCTION_HARD = 30, 60
TEST_HARD = 60
SOFT_SHARE = 0.05  # of all functions (files) may lie between soft and hard
TEXT_SUFFIXES = (".py", ".html", ".js", ".css")


@dataclass(frozen=True)
class Sized:
    """A file or function with its length in lines and its limits."""

    where: str
    lines: int
    soft: int
    hard: int

    def too_long(self) -> bool:
        return self.lines > self.hard

    def longish(self) -> bool:
        return self.soft < self.lines <= self.hard


def functions(path: Path) -> Iterator[Sized]:
    """Yield every function of a Python file, a decorator not counted, a docstring not counted."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
        is_test = node.name.startswith("test_")
        soft, hard = (TEST_HARD, TEST_HARD) if is_test else (FUNCTION_SOFT, FUNCTION_HARD)
        yield Sized(f"{path}:{node.lineno} {node.name}", lines, soft, hard)


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return (first.end_lineno or first.lineno) - first.lineno + 1
    return 0


def file_size(path: Path) -> Sized:
    with path.open(encoding="utf-8") as handle:
        return Sized(str(path), sum(1 for _ in handle), FILE_SOFT, FILE_HARD)


def judge(kind: str, sized: list[Sized]) -> list[str]:
    """Every item over its hard limit, and the longish ones when there are more of them than the budget allows."""
    found = [f"{item.where}: {item.lines} lines, {item.hard} at most" for item in sized if item.too_long()]
    longish = [item for item in sized if item.longish()]
    if len(longish) > max(3, SOFT_SHARE * len(sized)):
        found += [f"{item.where}: {item.lines} lines, better {item.soft}" for item in longish]
        found.append(f"{len(longish)} of {len(sized)} {kind} are over the soft limit; {SOFT_SHARE:.0%} may be")
    return found


def main() -> int:
    files = [file_size(path) for path in project_files(TEXT_SUFFIXES)]
    every_function = [sized for path in project_files((".py",)) for sized in functions(path)]
    return report(judge("files", files) + judge("functions", every_function))


if __name__ == "__main__":
    sys.exit(main())
