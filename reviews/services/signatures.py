"""Signing on the screen: drawn by hand, or one's own name typed where a hand cannot draw."""

import base64
import binascii
import io

from PIL import Image

from reviews.selectors.wording import PNG_PREFIX, TYPED_PREFIX
from reviews.services.refusal import Refused

MAXIMUM_SIGNATURE = 300_000


def checked_signature(signature: str, name: str) -> str:
    """Return a signature as it is kept: a PNG as a data URL that shows something, or `typed:` and exactly `name`.

    Raise `Refused` with the field (`typed_name` or `signature`) for anything else.
    """
    if signature.startswith(TYPED_PREFIX):
        if signature.removeprefix(TYPED_PREFIX).strip() != name:
            raise Refused(f"请输入您的姓名“{name}”以确认签名", "typed_name")
        return TYPED_PREFIX + name
    if not signature.startswith(PNG_PREFIX):
        raise Refused("请在签名框中手写签名，或输入姓名确认", "signature")
    if len(signature) > MAXIMUM_SIGNATURE:
        raise Refused("签名图像过大，请清除后重新签名", "signature")
    try:
        content = base64.b64decode(signature.removeprefix(PNG_PREFIX), validate=True)
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            alpha = picture.convert("RGBA").getchannel("A").getextrema() if max(picture.size) <= 4000 else (0, 0)
    except (binascii.Error, OSError, SyntaxError, ValueError) as error:
        raise Refused("签名图像无法识别，请清除后重新签名", "signature") from error
    if alpha[1] == 0:
        raise Refused("签名框是空白的，请手写签名", "signature")
    return signature
