"""The office's own sign-in (OpenID Connect): there and back, and whose account it is. Knows no route and no cookie.

The code flow with PKCE, state and nonce; what comes back counts only when its signature, issuer, audience, age and
nonce are right. It leads to an account that the administrator has tied to that identity, and never makes one.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from itsdangerous import BadData, URLSafeTimedSerializer

from dashboard.access.accounts import Account
from dashboard.access.book import AccountBook
from dashboard.access.errors import AccessError
from dashboard.access.private import check_private
from geodata.errors import N_, DiemNongError

SECRET_FILE = "oidc-secret"  # noqa: S105 - the name of a file
CLAIMS = ("sub", "email")
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")  # never "none", never one whose key the client knows too
_THERE_AND_BACK_S = 600
_LEEWAY_S = 60
_PATIENCE_S = 10
_AT_HOME = {"127.0.0.1", "localhost", "::1"}


class OidcError(AccessError):
    """The office's sign-in did not say who somebody is; nobody is let in."""


NOT_KNOWN = N_("The office's sign-in knows you, but no account here is tied to it. Ask the administrator.")
NOT_SAID = N_("The office's sign-in did not say who you are ({detail}). Try again, or use name and password.")


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """Where people sign in, as which client, and which claim names the person."""

    issuer: str
    client: str
    secret: str
    claim: str = "sub"

    def __post_init__(self) -> None:
        address = urlsplit(self.issuer)
        if address.scheme != "https" and not (address.scheme == "http" and address.hostname in _AT_HOME):
            raise AccessError(
                "DIEMNONG_OIDC_ISSUER is «{found}»: an address with https:// is needed", found=self.issuer
            )
        if self.claim not in CLAIMS:
            raise AccessError(
                "DIEMNONG_OIDC_CLAIM is «{found}»; it may be: {known}", found=self.claim, known=", ".join(CLAIMS)
            )


def settings_of(workspace: Path, environment: Mapping[str, str]) -> OidcSettings | None:
    """DIEMNONG_OIDC_ISSUER, _CLIENT, _CLAIM and the workspace's file ``oidc-secret``; None where no issuer is named."""
    issuer = environment.get("DIEMNONG_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    client, path = environment.get("DIEMNONG_OIDC_CLIENT", ""), workspace / SECRET_FILE
    if not client or not path.is_file():
        raise AccessError(
            "DIEMNONG_OIDC_ISSUER is set, so DIEMNONG_OIDC_CLIENT and the file {file} with the client's secret are "
            "needed too",
            file=path,
        )
    check_private(path)
    secret = path.read_text(encoding="utf-8").strip()
    return OidcSettings(issuer, client, secret, environment.get("DIEMNONG_OIDC_CLAIM") or CLAIMS[0])


@dataclass(frozen=True, slots=True)
class Start:
    """Where the browser goes, and what it keeps meanwhile (in a cookie of its own: HttpOnly, SameSite=Lax)."""

    url: str
    ticket: str


class Oidc:
    """One provider. ``key`` signs what the browser keeps; nothing is kept here, so any process may finish."""

    def __init__(self, settings: OidcSettings, key: bytes) -> None:
        try:
            from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise AccessError(
                "DIEMNONG_OIDC_ISSUER is set and Authlib is not installed: pip install 'diemnong[oidc]'"
            ) from error
        self._settings = settings
        self._session = OAuth2Session
        self._tickets = URLSafeTimedSerializer(key, salt="oidc")

    def start(self, back: str) -> Start:
        """Begin: ``back`` is the address of this dashboard that the provider knows."""
        kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce")}
        kept["verifier"] = secrets.token_urlsafe(48)
        client = self._client(back)
        endpoint = self._metadata(client)["authorization_endpoint"]
        url, _ = client.create_authorization_url(
            endpoint, state=kept["state"], nonce=kept["nonce"], code_verifier=kept["verifier"]
        )
        return Start(str(url), str(self._tickets.dumps(kept)))

    def finish(self, args: Mapping[str, str], ticket: str, *, back: str, book: AccountBook, now: datetime) -> Account:
        """Whose account it is, from what the browser brings back. Raises OidcError where it is nobody's.

        A locked account is nobody's. The password and its first change do not matter to who comes this way.
        """
        try:
            kept = self._tickets.loads(ticket, max_age=_THERE_AND_BACK_S)
        except BadData:
            raise OidcError(NOT_SAID, detail="ticket") from None
        if not hmac.compare_digest(args.get("state", "").encode(), kept["state"].encode()):
            raise OidcError(NOT_SAID, detail="state")
        if args.get("error") or not args.get("code"):
            raise OidcError(NOT_SAID, detail=args.get("error", "code")[:40])
        if args.get("iss", self._settings.issuer).rstrip("/") != self._settings.issuer:
            raise OidcError(NOT_SAID, detail="iss")
        token, keys = self._fetched(args["code"], kept["verifier"], back)
        account = book.of_identity(identity(token, keys, self._settings, nonce=kept["nonce"], now=now))
        if account is None or account.locked:
            raise OidcError(NOT_KNOWN)
        return account

    def _fetched(self, code: str, verifier: str, back: str) -> tuple[str, Mapping[str, Any]]:
        """The ID token for the code, and the provider's keys of now."""
        client = self._client(back)
        try:
            metadata = self._metadata(client)
            answer = client.fetch_token(
                metadata["token_endpoint"], code=code, code_verifier=verifier, timeout=_PATIENCE_S
            )
            keys = client.get(metadata["jwks_uri"], withhold_token=True, timeout=_PATIENCE_S).json()
            return str(answer["id_token"]), keys
        except DiemNongError:
            raise
        except Exception as error:  # whatever a network, a provider or a library may say
            raise OidcError(NOT_SAID, detail=type(error).__name__) from error

    def _metadata(self, client: Any) -> dict[str, str]:  # noqa: ANN401 - Authlib has no types
        """The provider's own description, of the issuer it was asked for."""
        address = f"{self._settings.issuer}/.well-known/openid-configuration"
        try:
            found: dict[str, str] = client.get(address, withhold_token=True, timeout=_PATIENCE_S).json()
            issuer, needed = found["issuer"].rstrip("/"), ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if issuer == self._settings.issuer and all(isinstance(found[name], str) for name in needed):
                return found
        except Exception as error:
            raise OidcError(NOT_SAID, detail=type(error).__name__) from error
        raise OidcError(NOT_SAID, detail="issuer")

    def _client(self, back: str) -> Any:  # noqa: ANN401
        settings = self._settings
        scope = "openid email" if settings.claim == "email" else "openid"
        return self._session(
            settings.client, settings.secret, scope=scope, redirect_uri=back, code_challenge_method="S256"
        )


def identity(token: str, keys: Mapping[str, Any], settings: OidcSettings, *, nonce: str, now: datetime) -> str:
    """Who the ID token speaks of. Raises OidcError where anything in it is not as it must be.

    An e-mail address counts only where the provider says that it has verified it.
    """
    from authlib.oidc.core import CodeIDToken  # noqa: PLC0415 - an extra
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    options = {
        "iss": {"essential": True, "values": [settings.issuer, f"{settings.issuer}/"]},
        "aud": {"essential": True, "value": settings.client},
    }
    try:
        found = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=list(ALGORITHMS))  # type: ignore[arg-type]
        claims = CodeIDToken(found.claims, found.header, options, {"nonce": nonce, "client_id": settings.client})
        claims.validate(now=int(now.timestamp()), leeway=_LEEWAY_S)
    except Exception as error:  # each library has its own family of errors
        raise OidcError(NOT_SAID, detail=type(error).__name__) from error
    said = found.claims.get(settings.claim)
    if found.claims.get("nonce") != nonce or not isinstance(said, str) or not said.strip():
        raise OidcError(NOT_SAID, detail=settings.claim)
    if settings.claim == "email" and found.claims.get("email_verified") is not True:
        raise OidcError(NOT_SAID, detail="email_verified")
    return said
