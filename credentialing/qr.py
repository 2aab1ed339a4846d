"""The key of an authenticator as a QR code, inline: the content security policy lets no image of `data:` in."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def svg(uri: str) -> SafeString:
    """An `<svg>` element of the address of a key (`otpauth://…`), black on white, as large as its frame."""
    written = io.BytesIO()
    # Error level M: screens are clean, and a smaller code is easier to aim at.
    segno.make(uri, error="m", micro=False).save(
        written, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False, svgns=True, nl=False,
        svgclass="qr", lineclass=None,
    )  # fmt: skip
    # The library draws it from numbers alone; nothing of the address is in it as text.
    return mark_safe(written.getvalue().decode())  # noqa: S308
