"""An OpenID provider that stands within a test."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from api.outbound.addresses import Reach
from api.outbound.connector import MOST, Answer

ISSUER = "https://id.bank.example"
SETTINGS = {
    "oidc_issuer": ISSUER,
    "oidc_client_id": "huoyan",
    "oidc_client_secret": "secret/",
    "oidc_organisation": "甲银行",
}


class FakeProvider:
    """A connector that is the provider: discovery, keys and tokens of one person."""

    def __init__(self, now: Callable[[], Any]) -> None:
        self.now = now
        self.key = ECKey.generate_key("P-256", {"kid": "1", "alg": "ES256", "use": "sig"})
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self.forms: list[dict[str, str]] = []
        self.change: dict[str, Any] = {}
        self.sign: Callable[[dict[str, Any]], str] = lambda claims: jwt.encode(
            {"alg": "ES256", "kid": self.key.kid}, claims, self.key
        )

    def request(
        self,
        method: str,
        url: str,
        reach: Reach,
        headers: dict[str, str],
        content: bytes = b"",
        most: int = MOST,
    ) -> Answer:
        path = urlsplit(url).path
        if path == "/.well-known/openid-configuration":
            places = {
                "authorization_endpoint": "/authorize",
                "token_endpoint": "/token",
                "jwks_uri": "/keys",
            }
            return self._json({"issuer": ISSUER, **{n: ISSUER + p for n, p in places.items()}})
        if path == "/keys":
            return self._json(KeySet([self.key]).as_dict(private=False))
        assert (
            path == "/token"
            and headers["authorization"]
            == "Basic " + base64.b64encode(b"huoyan:secret%2F").decode()
        )
        form = {n: v[0] for n, v in parse_qs(content.decode()).items()}
        self.forms.append(form)
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
            .decode()
            .rstrip("=")
        )
        if challenge != self.asked["code_challenge"] or form["code"] != "a-code":
            return Answer(status=400, body=b"{}")
        at = int(self.now().timestamp())
        claims = (
            {
                "iss": ISSUER,
                "aud": "huoyan",
                "exp": at + 300,
                "iat": at,
                "sub": "7",
                "nonce": self.asked["nonce"],
            }
            | self.claims
            | self.change
        )
        return self._json(
            {"id_token": self.sign({n: v for n, v in claims.items() if v is not None})}
        )

    def _json(self, body: object) -> Answer:
        return Answer(status=200, body=json.dumps(body).encode())
