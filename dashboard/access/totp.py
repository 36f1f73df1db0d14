"""Codes of a telephone beside the password (RFC 6238): secret, picture, check. Knows no account and keeps nothing."""

from __future__ import annotations

import hmac
import io
from datetime import datetime

import pyotp

STEP_S = 30
_AROUND = (0, -1, 1)  # clocks of telephones are up to half a minute off


def new_secret() -> str:
    """160 random bits in base 32, as telephones take them."""
    return pyotp.random_base32()


def address(secret: str, name: str, issuer: str = "Điểm Nóng") -> str:
    """The ``otpauth:`` address that a telephone reads from a picture."""
    return pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=name, issuer_name=issuer)


def picture(secret: str, name: str) -> str:
    """The address as a QR code in SVG, black on white whatever the theme, to stand in a page."""
    import segno  # noqa: PLC0415 - 60 ms that only this picture needs

    out = io.BytesIO()
    segno.make(address(secret, name), error="m").save(
        out, kind="svg", scale=5, dark="#000000", light="#ffffff", xmldecl=False, svgns=True
    )
    return out.getvalue().decode("utf-8").strip()


def drawing(secret: str, name: str) -> str:
    """The same for a terminal: half blocks of text."""
    import segno  # noqa: PLC0415

    out = io.StringIO()
    segno.make(address(secret, name), error="l").terminal(out, compact=True)
    return out.getvalue()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute a code was made in, None where it is none of those around ``now``.

    Whoever counts a code once keeps this number and takes only greater ones.
    """
    given = "".join(code.split())
    if len(given) != 6 or not (given.isascii() and given.isdigit()):
        return None
    current, maker = int(now.timestamp()) // STEP_S, pyotp.TOTP(secret, interval=STEP_S)
    for step in (current + around for around in _AROUND):
        if hmac.compare_digest(maker.generate_otp(step), given):
            return step
    return None
