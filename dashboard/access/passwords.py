"""Passwords: which are good enough, and how they are kept (argon2id). Knows no account but the name it is given."""

from __future__ import annotations

import base64
import secrets
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from zxcvbn import zxcvbn

from dashboard.access.errors import AccessError

SHORTEST, LONGEST = 12, 128
ENOUGH = 3  # of zxcvbn's 0 to 4: more than a hundred million guesses
_JUDGED = 24  # letters given to zxcvbn: 40 that look like other letters would keep it busy for three seconds
_EXPECTED = (  # what is guessed here first and stands in none of zxcvbn's lists
    *("diemnong", "matkhau", "congan", "canhsat", "banchidao", "vietnam", "hanoi", "saigon", "tinh", "huyen", "phuong"),
    *("anhyeuem", "emyeuanh", "quantri", "canbo", "chihuy", "truongcongan", "113", "doimatkhau", "xinchao"),
)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another one
_AT_ONCE = BoundedSemaphore(2)  # each reckoning takes 64 MiB: a storm of logins must not take them all

Hasher = PasswordHasher
HASHER = PasswordHasher()  # argon2id by RFC 9106's second choice: 64 MiB, 3 passes, 4 lanes; about 0.1 s


def normal(password: str) -> str:
    """One form of each letter: a Vietnamese letter may be typed as one sign or as several."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, name: str) -> None:
    """Raise AccessError where it is too short, too long, the account's name, or soon guessed."""
    text = normal(password[: 4 * LONGEST])
    if len(text) < SHORTEST:
        raise AccessError(
            "the password has fewer than {n} letters; a few words that have nothing to do with one another are long "
            "and easy to remember",
            n=SHORTEST,
        )
    if len(text) > LONGEST:
        raise AccessError("the password has more than {n} letters; take a shorter one", n=LONGEST)
    if not text.isprintable():
        raise AccessError("the password holds signs that nobody can type again; type it anew")
    rest = text.casefold().replace(name.casefold(), "")
    if len(rest) < SHORTEST // 2:
        raise AccessError("the password is little more than the account's name; take another one")
    if zxcvbn(text[:_JUDGED], user_inputs=[name, *_EXPECTED])["score"] < ENOUGH:
        raise AccessError(
            "the password is one of those that are guessed first: a common one, a name with a year, or a row of keys. "
            "Take a few words that have nothing to do with one another"
        )


def kept(password: str, hasher: Hasher = HASHER) -> str:
    """What is kept of a password: its argon2id hash with a salt of its own."""
    with _AT_ONCE:
        return hasher.hash(normal(password))


def matches(held: str, password: str, hasher: Hasher = HASHER) -> bool:
    """Whether the password is the one that ``held`` was made of. Takes as long for a wrong one as for the right one."""
    if len(password) > 4 * LONGEST:
        return False
    try:
        with _AT_ONCE:
            return hasher.verify(held, normal(password))
    except (Argon2Error, InvalidHashError, UnicodeEncodeError):  # halves of characters come in JSON
        return False


def decoy(hasher: Hasher = HASHER) -> str:
    """What no password matches, and what takes as long to find out as with an account's own."""
    salt, tag = (_base64(secrets.token_bytes(n)) for n in (hasher.salt_len, hasher.hash_len))
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${tag}"


def generated() -> str:
    """A password to be used once: twenty letters that cannot be misread, 99 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")
