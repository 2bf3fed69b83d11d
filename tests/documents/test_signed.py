"""An expert's opinion stands on one page with its signature, wherever on the page it begins."""

import pytest

from portal.documents.rendering.engine import render
from tests.documents.printing import page
from tests.documents.reading import pages_of

OPINION = (
    '<table class="form signed"><tr class="with-next"><th>专家</th><td>测试专家</td></tr>'
    f'<tr class="long"><td class="wide-box" colspan="2"><p>{"该单位实训设备与所报工种相符，师资稳定。" * 12}</p></td></tr>'
    '<tr><td colspan="2"><div class="sign"><span class="sign-line">签名：测试专家</span></div></td></tr></table>'
)


@pytest.mark.parametrize("above", [170, 185, 200, 215])
def test_a_signature_is_never_alone_on_a_page(above: int) -> None:
    pages = pages_of(render(page(f'<div style="height: {above}mm"></div>{OPINION}')).pdf)
    signed = [text for text in pages if "签名：测试专家" in text]
    assert len(signed) == 1
    assert signed[0].count("该单位实训设备与所报工种相符") == 12
