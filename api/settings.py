"""Settings of the service, each from an environment variable HUOYAN_<NAME>; docs/operate.md lists
them.
"""

from __future__ import annotations

import os
import secrets
import socket
import tempfile
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, IPvAnyNetwork, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

_KEY_BYTES = 32  # AES-256
# Packets at a time that nobody asked for; each takes a process that judges, some 200 MB.
_MOST_BY_ITSELF = 4


class BadKey(RuntimeError):
    """The file of the service's key holds something else.

    A new key would open nothing that the old one sealed.
    """

    code = "bad_key"

    def __init__(self, place: Path) -> None:
        super().__init__(
            f"密钥文件 {place} 已损坏，请从备份恢复 / the key file {place} is damaged: put the one of "
            "your backup there"
        )


class Settings(BaseSettings):
    """What an operator may set. Sizes in bytes, times in seconds."""

    model_config = SettingsConfigDict(env_prefix="HUOYAN_", extra="ignore", frozen=True)

    data: Path = Field(
        Path("out/service"),
        description="Folder of the database, the blobs and the keys, unless these are set apart.",
    )
    database_url: str = Field(
        "",
        pattern=r"^$|^sqlite:///|^postgres(ql)?://",
        description="sqlite:///… or postgresql://…; empty: SQLite in the data folder.",
    )
    blobs: str = Field(
        "", description="Folder, or s3://bucket/prefix; empty: a folder in the data folder."
    )
    s3_endpoint: str = Field(
        "", description="Address of an S3-compatible store other than the default one."
    )
    public_url: str = Field(
        "http://127.0.0.1:8080", description="The address at which people reach the service."
    )
    executor: str = Field(
        "",
        description=(
            "A name of this process that stays the same over restarts; empty: the host's name."
        ),
    )
    workers: int | None = Field(
        None,
        ge=0,
        le=64,
        description="Packets that this process verifies at a time; 0: none, others do; empty: as"
        " many as the machine has cores, at most 4.",
    )
    jobs: int = Field(2, ge=1, le=64, description="Files that a packet's reading opens at a time.")
    lease_seconds: float = Field(
        30, gt=0, description="A worker silent for longer loses its packets to others."
    )
    attempts: int = Field(
        3, ge=1, le=10, description="Attempts at a packet before it is put into quarantine."
    )
    queue_limit: int = Field(
        20_000, ge=1, description="Packets that one organisation may have waiting."
    )
    context_packets: int = Field(
        200,
        ge=1,
        description="Other applications that one report is compared with, the nearest first.",
    )
    session_hours: float = Field(12, gt=0, description="A session ends this long after it began.")
    session_idle_minutes: float = Field(
        60, gt=0, description="A session ends when unused this long."
    )
    requests_per_minute: int = Field(
        1_200, ge=1, description="Requests of one person or key a minute."
    )
    logins_per_minute: int = Field(
        10, ge=1, description="Wrong attempts to log in of one network a minute."
    )
    trusted_proxies: list[IPvAnyNetwork] = Field(
        [],
        description=(
            "Networks of the proxies whose X-Forwarded-For is believed, as a JSON list of CIDR."
        ),
    )
    upload_minutes: int = Field(
        15,
        ge=1,
        le=30,
        description="How long an address holds to which a file is put without log-in.",
    )
    idempotency_hours: float = Field(
        24, gt=0, description="How long an Idempotency-Key is remembered."
    )
    retention_days: int = Field(
        0, ge=0, description="Packets untouched for longer are erased; 0: kept."
    )
    checkpoint_rows: int = Field(
        100, ge=1, description="The audit is signed again after so many rows …"
    )
    checkpoint_minutes: float = Field(
        60, gt=0, description="… or after this long, whichever comes first."
    )
    webhook_allow_http: bool = Field(False, description="Webhooks without TLS, for development.")
    webhook_ports: list[int] = Field(
        [443, 8443], description="Ports that webhooks may use, as a JSON list; empty: any."
    )
    webhook_networks: list[IPvAnyNetwork] = Field(
        [], description="Networks of the house that webhooks may reach, as a JSON list of CIDR."
    )
    secure_cookies: bool = Field(
        False,
        description="Cookies over HTTPS only; set it wherever the service is reached over HTTPS.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    metrics_token: str = Field(
        "", description="Bearer token of /metrics; empty: /metrics answers to this machine alone."
    )
    oidc_issuer: str = Field("", description="Issuer of an OpenID provider; empty: none.")
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_organisation: str = Field(
        "", description="Name of the organisation that people from the provider belong to."
    )
    oidc_create: bool = Field(
        True,
        description="A person who comes from the provider for the first time becomes a reviewer.",
    )
    oidc_networks: list[IPvAnyNetwork] = Field(
        [],
        description=(
            "Networks of the house in which the provider may stand, as a JSON list of CIDR."
        ),
    )
    oidc_allow_http: bool = Field(False, description="A provider without TLS, for development.")

    @field_validator("public_url", "s3_endpoint", "oidc_issuer")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not _is_web_address(value):
            raise ValueError(
                "须为 http:// 或 https:// 开头的完整地址"
                " / must be a whole address that begins with http:// or https://"
            )
        return value

    @field_validator("database_url")
    @classmethod
    def _database_address(cls, value: str) -> str:
        try:
            named = not value or bool(make_url(value).database)
        except (ArgumentError, ValueError):
            named = False
        if not named:
            raise ValueError(
                "须写明数据库，如 postgresql://用户@主机/库名"
                " / must name a database, such as postgresql://user@host/name"
            )
        return value

    @field_validator("blobs")
    @classmethod
    def _store(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        if separator and (scheme != "s3" or not rest.split("/")[0]):
            raise ValueError("须为文件夹或 s3://桶/前缀 / must be a folder or s3://bucket/prefix")
        return value

    @model_validator(mode="after")
    def _whole_provider(self) -> Settings:
        needed = ("oidc_client_id", "oidc_client_secret", "oidc_organisation")
        missing = [f"HUOYAN_{name.upper()}" for name in needed if not getattr(self, name)]
        if self.oidc_issuer and missing:
            names = ", ".join(missing)
            raise ValueError(
                f"设置了 HUOYAN_OIDC_ISSUER，还须设置 {names}"
                f" / HUOYAN_OIDC_ISSUER also needs {names}"
            )
        return self

    @cached_property
    def url(self) -> str:
        """The database's address with its driver."""
        if not self.database_url:
            return f"sqlite:///{self.data / 'huoyan.db'}"
        return self.database_url.replace("postgres://", "postgresql://").replace(
            "postgresql://", "postgresql+psycopg://"
        )

    @cached_property
    def at_once(self) -> int:
        """Packets that this process verifies at a time."""
        if self.workers is not None:
            return self.workers
        return min(len(os.sched_getaffinity(0)), _MOST_BY_ITSELF)

    @cached_property
    def executor_id(self) -> str:
        return self.executor or socket.gethostname()

    @cached_property
    def key(self) -> bytes:
        """32 secret bytes that seal passwords and sign checkpoints; made once, kept beside the
        data, readable by the owner alone. Raises BadKey.
        """
        place = self.data / "secret.key"
        self.data.mkdir(parents=True, exist_ok=True)
        if not place.exists():
            _make_key(place)
        key = place.read_bytes()
        if len(key) != _KEY_BYTES:
            raise BadKey(place)
        return key


def _is_web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host, and a port where one is given."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    plain = not parts.query and not parts.fragment and text.isprintable() and " " not in text
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain


def _make_key(place: Path) -> None:
    """Whole or not at all, and never in place of another: processes may start together, and a power
    cut may come between.
    """
    with tempfile.NamedTemporaryFile(dir=place.parent) as new:  # readable by the owner alone
        new.write(secrets.token_bytes(_KEY_BYTES))
        new.flush()
        os.fsync(new.fileno())
        with suppress(FileExistsError):
            os.link(new.name, place)
