"""What counts as too long, and that the project is not."""

from pathlib import Path

from checks import sizes


def function(name: str, lines: int, docstring: int = 0) -> str:
    quoted = ['    """Say', *["    more"] * (docstring - 2), '    """'] if docstring else []
    return "\n".join([f"def {name}():", *quoted, *["    x = 1"] * (lines - 1)]) + "\n"


def sized(folder: Path, text: str) -> list[sizes.Sized]:
    path = folder / "module.py"
    path.write_text(text)
    return list(sizes.functions(path))


def test_a_function_is_measured_without_its_docstring(tmp_path: Path) -> None:
    assert [item.lines for item in sized(tmp_path, function("work", 30, docstring=10))] == [30]


def test_sixty_lines_pass_and_sixty_one_do_not(tmp_path: Path) -> None:
    edge, over = sized(tmp_path, function("edge", 60) + function("over", 61))

    assert (edge.too_long(), over.too_long()) == (False, True)


def test_a_test_function_has_no_soft_limit(tmp_path: Path) -> None:
    (item,) = sized(tmp_path, function("test_something", 59))

    assert (item.longish(), item.too_long()) == (False, False)


def test_nested_and_async_functions_are_measured_too(tmp_path: Path) -> None:
    text = "async def outer():\n    def inner():\n        return 1\n    return inner\n"

    assert {item.where.split()[-1]: item.lines for item in sized(tmp_path, text)} == {"outer": 4, "inner": 2}


def test_a_few_longish_functions_are_let_be_and_many_are_not() -> None:
    short = [sizes.Sized(f"s{n}", 8, 30, 60) for n in range(60)]
    longish = [sizes.Sized(f"l{n}", 40, 30, 60) for n in range(4)]

    assert sizes.judge("functions", short + longish[:3]) == []
    assert len(sizes.judge("functions", short + longish)) == len(longish) + 1


def test_a_file_over_its_hard_limit_is_named_with_its_length(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("x = 1\n" * 501)

    assert sizes.judge("files", [sizes.file_size(path)]) == [f"{path}: 501 lines, 500 at most"]
