"""Where a rule stands in the source: the policy apps that declare it, the tests that name it. Read from the syntax tree, nothing
is imported, so that a test which cannot run here (a browser is missing, say) is found all the same."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

FORM = re.compile(r"F(?:[1-9]|1\d|2[0-2])")
"""A form that the sources name and do not publish: `F1` to `F22`."""
CONVENTION = re.compile(r"P3-(?:0[1-9]|1\d|2[0-5])")
"""A convention users expect: `P3-01` to `P3-25`."""
CODE = re.compile(rf"[A-Z]{{1,3}}-(?:[A-Z]-)?[A-Z]?\d{{1,2}}|{CONVENTION.pattern}|{FORM.pattern}")
"""An official code: `XC-C01`, `XC-P5`, `XC-A-11`, `G-07`; a convention; a form."""
_QUOTED = re.compile(rf"[\"'](?:{CODE.pattern})[\"']")

Found = Mapping[str, tuple[str, ...]]
"""For each code, where it was found, in order."""


def declared(apps: Path, root: Path) -> Found:
    """Find the codes that the modules under `apps` declare: an argument of a call (`Condition("…")`), or its `code`."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in _modules(apps.rglob("*.py")):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for code in _codes_of_call(node):
                    found[code].add(path.relative_to(root).as_posix())
    return _ordered(found)


def covered(tests: Path, root: Path) -> Found:
    """Find the tests of each code: those marked `rule("…")` with it or that have it among their parameters (also in a list of
    the module that they are taken from); where there is none, those that name it in their body."""
    marked: dict[str, set[str]] = defaultdict(set)
    named: dict[str, set[str]] = defaultdict(set)
    for path, tree in _modules(tests.rglob("test_*.py")):
        lists = _assigned(tree)
        for function in _tests(tree):
            place = f"{path.relative_to(root).as_posix()}::{function.name}"
            for code in _given(function, lists):
                marked[code].add(place)
            for code in _strings(function):
                named[code].add(place)
    return _ordered({**named, **marked})


def defines(path: Path, name: str) -> bool:
    """Say whether a module defines a function, class or constant of this name at its top."""
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return name in names | set(_assigned(tree))


def _modules(paths: Iterable[Path]) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(paths):
        text = path.read_text(encoding="utf-8")
        if _QUOTED.search(text):  # most tests are about no single rule, and reading them would take the longest
            yield path, ast.parse(text, str(path))


def _codes_of_call(call: ast.Call) -> Iterator[str]:
    given = [*call.args, *(word.value for word in call.keywords if word.arg == "code")]
    yield from (code for argument in given for code in _strings(argument) if isinstance(argument, ast.Constant))


def _tests(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            yield node


def _assigned(tree: ast.Module) -> dict[str, ast.expr]:
    """Return what the module gives a name at its top."""
    values = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            values.update({target.id: node.value for target in node.targets if isinstance(target, ast.Name)})
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            values[node.target.id] = node.value
    return values


def _given(function: ast.FunctionDef, lists: Mapping[str, ast.expr]) -> Iterator[str]:
    """Yield the codes in the marks and parameters of a test, and in the lists of the module that they name."""
    for decorator in function.decorator_list:
        yield from _strings(decorator)
        for node in ast.walk(decorator):
            if isinstance(node, ast.Name) and node.id in lists:
                yield from _strings(lists[node.id])


def _strings(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and CODE.fullmatch(each.value):
            yield each.value


def _ordered(found: Mapping[str, set[str]]) -> Found:
    return {code: tuple(sorted(places)) for code, places in found.items()}
