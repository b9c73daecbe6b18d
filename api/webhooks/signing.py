"""Bodies and signatures by Standard Webhooks.

A rotated secret signs beside the new one for a day, so that no receiver misses an event.
"""

from __future__ import annotations

import base64
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

import standardwebhooks

LARGEST = 20_000  # bytes of an event, so that a receiver can hold it
OVERLAP = timedelta(hours=24)  # in which a receiver changes its secret


def new_secret() -> str:
    """24 random bytes as Standard Webhooks spells them."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def first(secret: str) -> str:
    """What is sealed of a webhook's only secret."""
    return json.dumps([{"secret": secret, "until": ""}])


def rotated(kept: str, secret: str, now: datetime) -> str:
    """What is sealed after a new secret came; the one before signs a while longer, those before it
    no more.
    """
    return json.dumps(
        [
            {"secret": secret, "until": ""},
            {"secret": json.loads(kept)[0]["secret"], "until": (now + OVERLAP).isoformat()},
        ]
    )


def body_of(kind: str, at: datetime, payload: dict[str, Any]) -> bytes:
    """The thin body: what happened and to what; the rest is for whoever may read it over the API.

    Raises ValueError over 20 kB.
    """
    body = json.dumps(
        {"type": kind, "timestamp": at.isoformat(), "data": payload},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    if len(body) > LARGEST:
        raise ValueError("an event's body is over 20 kB")
    return body


def headers_of(event_id: str, now: datetime, body: bytes, kept: str) -> dict[str, str]:
    """Headers that the receiver verifies. `kept` is as sealed."""
    valid = [
        s["secret"]
        for s in json.loads(kept)
        if not s["until"] or datetime.fromisoformat(s["until"]) > now
    ]
    signatures = " ".join(
        standardwebhooks.Webhook(s).sign(event_id, now, body.decode()) for s in valid
    )
    return {
        "content-type": "application/json",
        "user-agent": "Huoyan",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signatures,
    }
