"""Secrets kept in the database (passwords of files, webhooks' secrets): sealed with the service's
key by Fernet.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken


class Sealer:
    """Seals and opens short texts with a key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(
            base64.urlsafe_b64encode(hashlib.sha256(b"huoyan.sealing" + key).digest())
        )

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode() if text else ""

    def open(self, sealed: str) -> str:
        """The text. Raises ValueError when it was sealed with another key."""
        if not sealed:
            return ""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise ValueError(
                "sealed with another key: restore secret.key beside the data"
            ) from error
