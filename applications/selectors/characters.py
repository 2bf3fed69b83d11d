"""Characters that no document font can draw are refused where they are typed."""

from portal.documents.rendering.charset import drawable
from portal.documents.rendering.text import unsupported


def refuse_undrawable(text: str) -> str | None:
    """Return what to tell the person when `text` holds a character that cannot be printed, else None."""
    known = drawable()
    if known.issuperset(map(ord, text)):
        return None  # the usual case, without normalising every cell of a long table
    odd = unsupported(text)
    if not odd:
        return None
    shown = "、".join(f"“{char}”" for char in odd[:5])
    return f"含有公文字库中没有的字 {shown}，无法打印，请改用规范汉字或常用符号"
