"""PDFs, through the child process that alone opens them."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("child.py")
WALL_CLOCK = 30  # seconds: the child has 10 of processor time, the rest is waiting for a busy machine

REMAKE = "请在原软件中用“另存为 PDF”或“打印为 PDF”重新生成后上传"
MESSAGES = {
    "encrypted": "该 PDF 设有打开密码，请取消密码后重新上传",
    "restricted": "该 PDF 设有权限密码（限制打印、复制或编辑），请取消限制后重新上传",
    "truncated": "该 PDF 不完整，可能没有传完或已损坏，请确认本机能正常打开后重新上传",
    "damaged": f"该 PDF 已损坏，无法读取，{REMAKE}",
    "cyclic": f"该 PDF 的页面结构有误（页面被循环或重复引用），{REMAKE}",
    "endless": "该 PDF 的页数过多，请拆分后上传",
    "bomb": f"该 PDF 的内容展开后过大，无法安全打开，{REMAKE}",
    "no-size": f"该 PDF 第 {{page}} 页没有页面尺寸，{REMAKE}",
    "odd-size": "该 PDF 第 {page} 页的尺寸（{detail} 毫米）不是正常纸张，请按 A4 幅面重新生成后上传",
    "stopped": f"该 PDF 结构异常或过于复杂，无法安全打开，{REMAKE}",
}
SIGNED_ACTIVE = (
    "该 PDF 带有电子签名，又含有会自动执行的内容（{active}），清除后签名即失效，请上传不含这些内容的签名文件"
)


class Refused(Exception):
    """The PDF cannot be accepted; the message is a Chinese sentence for the person who uploaded it."""


@dataclass(frozen=True)
class Facts:
    """What the child found: counted pages, names of active content, and whether the file is digitally signed."""

    pages: int
    active: tuple[str, ...]
    signed: bool


def _run_child(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-I", str(CHILD), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=WALL_CLOCK, env={}, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return {"error": "stopped"}
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:  # ended by a limit before it could answer
        return {"error": "stopped"}
    return answer


def _facts(answer: dict[str, Any]) -> Facts:
    if code := answer.get("error"):
        raise Refused(MESSAGES[code].format(page=answer.get("page"), detail=answer.get("detail")))
    return Facts(answer["pages"], tuple(answer["active"]), answer["signed"])


def examine(path: Path) -> Facts:
    """Open the PDF at `path` in a child process and say what it holds. Raises `Refused`."""
    return _facts(_run_child("inspect", str(path)))


def sanitise(content: bytes) -> bytes:
    """A copy of the PDF without actions, scripts, embedded files and active annotations; pages look the same.

    The result is unsigned if `content` was signed. Raises `Refused` for a file that `examine` would refuse.
    """
    with tempfile.TemporaryDirectory(prefix="portal-pdf-") as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(content)
        _facts(_run_child("sanitise", str(source), str(target)))
        return target.read_bytes()
