"""An OpenID provider: where it is, what its tokens say.

Reached by the guarded connector alone; tokens verified by joserfc against its keys.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.outbound.addresses import Reach
from api.outbound.connector import NotSent

if TYPE_CHECKING:
    from api.parts import Parts

ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
)  # none that a secret signs
_KEPT = timedelta(minutes=10)  # how long a provider's keys and addresses are believed
_MOST = 512 * 1024  # bytes of an answer; descriptions and key sets are far smaller
_LEEWAY = 60  # seconds by which clocks of two machines may differ


class ProviderError(Exception):
    """The provider did not answer as it should, or its token is not right.

    `reason` is a stable code for the log.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Provider:
    """The provider of the settings. What it publishes is kept for some minutes."""

    def __init__(self, wiring: Parts) -> None:
        settings = wiring.settings
        self._w, self._issuer = wiring, settings.oidc_issuer
        self._reach = Reach(
            allow_http=settings.oidc_allow_http,
            ports=frozenset(),
            networks=tuple(settings.oidc_networks),
        )
        self._lock = threading.Lock()
        self._published: dict[str, tuple[datetime, dict[str, Any]]] = {}

    @property
    def redirect_uri(self) -> str:
        return self._w.settings.public_url.rstrip("/") + "/v1/oidc/callback"

    def address(self, state: str, nonce: str, verifier: str) -> str:
        """Where the person is sent to log in. Raises ProviderError."""
        place = self._place("authorization_endpoint")
        if not place.startswith(
            ("https://", "http://") if self._reach.allow_http else ("https://",)
        ):
            raise ProviderError("authorization_endpoint")
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
            .decode()
            .rstrip("=")
        )
        asked = {
            "response_type": "code",
            "client_id": self._w.settings.oidc_client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "openid profile email",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"

    def claims(self, code: str, nonce: str, verifier: str) -> dict[str, Any]:
        """What the provider says of the person who came back with a code. Raises ProviderError."""
        told = self._exchanged(code, verifier)
        token = told.get("id_token")
        if not isinstance(token, str):
            raise ProviderError("no_id_token")
        try:
            try:
                claims = jwt.decode(token, self._keys(), algorithms=ALGORITHMS).claims
            except (JoseError, ValueError):
                claims = jwt.decode(
                    token, self._keys(anew=True), algorithms=ALGORITHMS
                ).claims  # the provider's keys may have changed
            self._check(claims, nonce)
        except (JoseError, ValueError, TypeError) as error:
            raise ProviderError("id_token") from error
        return claims

    def _check(self, claims: dict[str, Any], nonce: str) -> None:
        """Raises JoseError or ProviderError."""
        client = self._w.settings.oidc_client_id
        registry = jwt.JWTClaimsRegistry(
            now=int(self._w.now().timestamp()),
            leeway=_LEEWAY,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": client},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        registry.validate(claims)
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != client:
            raise ProviderError("azp")

    def _exchanged(self, code: str, verifier: str) -> dict[str, Any]:
        settings = self._w.settings
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
        }
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "accept": "application/json",
        }
        methods = self._metadata().get("token_endpoint_auth_methods_supported") or [
            "client_secret_basic"
        ]
        if settings.oidc_client_secret and "client_secret_basic" in methods:
            pair = f"{quote(settings.oidc_client_id, safe='')}:{quote(settings.oidc_client_secret, safe='')}"
            headers["authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        else:
            form |= {"client_id": settings.oidc_client_id} | (
                {"client_secret": settings.oidc_client_secret}
                if settings.oidc_client_secret
                else {}
            )
        return self._json("POST", self._place("token_endpoint"), headers, urlencode(form).encode())

    def _place(self, name: str) -> str:
        place = self._metadata().get(name)
        if not isinstance(place, str):
            raise ProviderError(name)
        return place

    def _metadata(self) -> dict[str, Any]:
        address = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
        found = self._kept(
            address, lambda: self._json("GET", address, {"accept": "application/json"})
        )
        if found.get("issuer") != self._issuer:
            raise ProviderError("issuer")
        return found

    def _keys(self, anew: bool = False) -> KeySet:
        address = self._place("jwks_uri")
        if anew:
            with self._lock:
                self._published.pop(address, None)
        try:
            published = self._kept(
                address, lambda: self._json("GET", address, {"accept": "application/json"})
            )
            return KeySet.import_key_set(published)  # type: ignore[arg-type]
        except (JoseError, KeyError, TypeError, AttributeError) as error:
            raise ProviderError("jwks") from error

    def _kept(self, address: str, ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        with self._lock:
            at, found = self._published.get(address, (None, {}))
        if at is None or self._w.now() - at > _KEPT:
            found = ask()
            with self._lock:
                self._published[address] = (self._w.now(), found)
        return found

    def _json(
        self, method: str, address: str, headers: dict[str, str], content: bytes = b""
    ) -> dict[str, Any]:
        try:
            answer = self._w.connector.request(
                method, address, self._reach, headers, content, _MOST
            )
        except NotSent as error:
            raise ProviderError(error.reason) from error
        if answer.status != 200:
            raise ProviderError(f"status_{answer.status}")
        try:
            told = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise ProviderError("not_json") from error
        if not isinstance(told, dict):
            raise ProviderError("not_json")
        return told
