"""The office's own sign-in: there and back with a real provider, and everything that a forged answer lacks."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import requests
from joserfc import jwk, jwt
from oidc_provider_mock import User, run_server_in_thread

from dashboard.access.book import AccountBook
from dashboard.access.errors import AccessError
from dashboard.access.oidc import Oidc, OidcError, OidcSettings, Start, identity, settings_of
from dashboard.access.roles import Role
from tests.dashboard.access.people import NOON, added, book_in

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the provider's own libraries

BACK = "https://diemnong.example/login/back"
KEY = b"k" * 32
SETTINGS = OidcSettings("https://sign-in.example", "diemnong", "s3cret")
OWN, STRANGE = (jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}) for _ in range(2))
KEYS = {"keys": [OWN.as_dict(private=False)]}
PEOPLE = (
    User(sub="7f3a-lan", claims={"email": "lan@x.vn", "email_verified": True}),
    User(sub="9c1b-minh", claims={"email": "minh@x.vn", "email_verified": False}),
)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A provider of another make, on this machine."""
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def book(tmp_path: Path) -> AccountBook:
    """``lan`` is tied to a subject, ``thu`` to nothing."""
    made = book_in(tmp_path)
    added(made)
    made.set_identity("lan", "7f3a-lan")
    added(made, "thu", Role.ADMINISTRATOR)
    return made


def oidc_of(provider: str, claim: str = "sub") -> Oidc:
    return Oidc(OidcSettings(provider, "diemnong", "s3cret", claim), KEY)


def back_from(start: Start, sub: str) -> dict[str, str]:
    """What the provider sends the browser back with, once the person has signed in there."""
    answer = requests.post(start.url, data={"sub": sub}, allow_redirects=False, timeout=10)
    assert answer.headers["location"].startswith(BACK)
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


@pytest.mark.slow
def test_whoever_signed_in_there_is_the_account_tied_to_the_identity(provider: str, book: AccountBook) -> None:
    oidc = oidc_of(provider)
    start = oidc.start(BACK)
    args = back_from(start, "7f3a-lan")
    assert oidc.finish(args, start.ticket, back=BACK, book=book, now=datetime.now(UTC)).name == "lan"
    with pytest.raises(OidcError):  # the code is worth nothing the second time
        oidc.finish(args, start.ticket, back=BACK, book=book, now=datetime.now(UTC))


@pytest.mark.slow
def test_nobody_else_is_let_in_and_no_account_is_made(provider: str, book: AccountBook) -> None:
    oidc = oidc_of(provider)
    for sub in ("somebody", "lan", "thu", "9c1b-minh"):  # a name is no identity
        start = oidc.start(BACK)
        args = back_from(start, sub)
        with pytest.raises(OidcError, match="no account here"):
            oidc.finish(args, start.ticket, back=BACK, book=book, now=datetime.now(UTC))
    book.lock("lan")
    start = oidc.start(BACK)
    args = back_from(start, "7f3a-lan")
    with pytest.raises(OidcError, match="no account here"):
        oidc.finish(args, start.ticket, back=BACK, book=book, now=datetime.now(UTC))
    assert [each.name for each in book.all()] == ["lan", "thu"]


@pytest.mark.slow
def test_what_does_not_belong_together_is_refused(provider: str, book: AccountBook) -> None:
    oidc, now = oidc_of(provider), datetime.now(UTC)
    start, other = oidc.start(BACK), oidc.start(BACK)
    args = back_from(start, "7f3a-lan")
    stranger = Oidc(OidcSettings(provider, "diemnong", "s3cret"), b"x" * 32)
    wrong: tuple[tuple[Oidc, dict[str, str], str], ...] = (
        (oidc, args, other.ticket),  # somebody else's beginning: a code slipped to the person
        (oidc, args, ""),
        (oidc, args, start.ticket[:-2] + "xx"),
        (stranger, args, start.ticket),
        (oidc, {**args, "state": ""}, start.ticket),
        (oidc, {**args, "state": "\ud7ff"}, start.ticket),
        (oidc, {**args, "iss": "https://elsewhere.example"}, start.ticket),
        (oidc, {"state": args["state"]}, start.ticket),
        (oidc, {"state": args["state"], "error": "access_denied"}, start.ticket),
        (oidc, {**args, "code": "made-up"}, start.ticket),
    )
    for which, given, ticket in wrong:
        with pytest.raises(OidcError, match="did not say who you are"):
            which.finish(given, ticket, back=BACK, book=book, now=now)


@pytest.mark.slow
def test_the_way_there_carries_state_nonce_and_a_challenge_and_no_secret(provider: str) -> None:
    oidc = oidc_of(provider)
    asked = [parse_qs(urlsplit(oidc.start(BACK).url).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name][0]) == 43
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["redirect_uri"] == [BACK]
    assert "s3cret" not in str(asked)


def test_a_provider_that_is_not_there_is_told_in_words() -> None:
    with pytest.raises(OidcError, match="did not say who you are"):
        oidc_of("http://127.0.0.1:9").start(BACK)


def claims(**changed: object) -> dict[str, Any]:
    at = int(NOON.timestamp())
    held = {"iss": SETTINGS.issuer, "sub": "7f3a-lan", "aud": "diemnong", "nonce": "n" * 43, "iat": at, "exp": at + 300}
    return {name: value for name, value in {**held, **changed}.items() if value is not None}


def signed(payload: dict[str, Any], key: jwk.RSAKey = OWN, **header: str) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one", **header}, payload, key)


def whose(token: str, claim: str = "sub", *, at: datetime = NOON) -> str:
    settings = OidcSettings(SETTINGS.issuer, SETTINGS.client, SETTINGS.secret, claim)
    return identity(token, KEYS, settings, nonce="n" * 43, now=at)


def test_a_good_token_says_who_it_is() -> None:
    assert whose(signed(claims())) == "7f3a-lan"
    assert whose(signed(claims(aud=["diemnong"]))) == "7f3a-lan"
    assert whose(signed(claims(email="lan@x.vn", email_verified=True)), "email") == "lan@x.vn"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["another", "third"]},
        {"aud": ["diemnong", "another"], "azp": "another"},
        {"nonce": "m" * 43},
        {"nonce": None},
        {"exp": int(NOON.timestamp()) - 61},
        {"exp": None},
        {"iat": int(NOON.timestamp()) + 3600},
        {"nbf": int(NOON.timestamp()) + 3600},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": ["7f3a-lan"]},
    ],
)
def test_a_token_with_one_thing_wrong_says_nothing(changed: dict[str, object]) -> None:
    with pytest.raises(OidcError):
        whose(signed(claims(**changed)))


def test_an_unverified_address_says_nothing() -> None:
    for more in ({}, {"email": "lan@x.vn"}, {"email": "lan@x.vn", "email_verified": "true"}, {"email_verified": True}):
        with pytest.raises(OidcError):
            whose(signed(claims(**more)), "email")


def test_a_token_signed_by_another_or_by_nobody_says_nothing() -> None:
    good = signed(claims())
    head, body, _ = good.split(".")
    unsigned = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=").decode()
    by_public_key = jwk.OctKey.import_key(hashlib.sha256(OWN.as_pem(private=False)).digest())
    confused = jwt.encode({"alg": "HS256", "kid": "one"}, claims(), by_public_key)
    forged = (signed(claims(), STRANGE), f"{unsigned}.{body}.", f"{head}.{body}.", f"{head}.{body}.AAAA")
    for token in (*forged, confused, "", "x.y.z"):
        with pytest.raises(OidcError):
            whose(token)


def test_a_token_is_old_after_its_time_and_a_minute() -> None:
    token = signed(claims())
    assert whose(token, at=NOON + timedelta(seconds=350)) == "7f3a-lan"
    with pytest.raises(OidcError):
        whose(token, at=NOON + timedelta(seconds=362))


def test_settings_come_from_the_environment_and_a_closed_file(tmp_path: Path) -> None:
    said = {"DIEMNONG_OIDC_ISSUER": "https://sign-in.example/", "DIEMNONG_OIDC_CLIENT": "diemnong"}
    assert settings_of(tmp_path, {}) is None
    with pytest.raises(AccessError, match="oidc-secret"):
        settings_of(tmp_path, said)
    (tmp_path / "oidc-secret").write_text("s3cret\n", encoding="utf-8")
    (tmp_path / "oidc-secret").chmod(0o600)
    assert settings_of(tmp_path, said) == SETTINGS
    with pytest.raises(AccessError, match="sub, email"):
        settings_of(tmp_path, {**said, "DIEMNONG_OIDC_CLAIM": "preferred_username"})
    with pytest.raises(AccessError, match="https://"):
        settings_of(tmp_path, {**said, "DIEMNONG_OIDC_ISSUER": "http://sign-in.example"})
    (tmp_path / "oidc-secret").chmod(0o644)
    with pytest.raises(AccessError, match="chmod 600"):
        settings_of(tmp_path, said)
