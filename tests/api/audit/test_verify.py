"""A chain that was tampered with in any way is told of, with the first bad row (T19)."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from postgres import own_database
from sqlalchemy import text
from typer.testing import CliRunner

from api.audit import service
from api.audit.checkpoints import Signer, sign_due
from api.audit.files import checkpoints_file, line_of, read_checkpoints, verify_files
from api.audit.verify import Link, Verdict, verify
from api.cli import app
from api.people.service import found_organisation
from api.settings import Settings
from api.store.audit_chain import START, append_audit, canonical, link_hash
from api.store.database import Database
from api.store.migrate import migrate
from api.wiring import Wiring, wire

ORG, ROWS = "org_1", 60
MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
SIGNER = Signer(b"k" * 32)
PLACES = (1, 2, ROWS // 2, ROWS - 1, ROWS)


def _chain(rows: int = ROWS, org: str = ORG) -> list[Link]:
    links: list[Link] = []
    for n in range(1, rows + 1):
        at, detail = (
            (MONDAY + timedelta(minutes=n)).isoformat(),
            canonical({"revision": n, "说明": "核查\u2028"}),
        )
        links.append(_linked(links[-1].hash if links else START, org, n, at, detail))
    return links


def _linked(before: str, org: str, seq: int, at: str, detail: str) -> Link:
    values = (org, seq, at, "usr_1", "packet.submitted", f"pkt_{seq}", detail, before)
    return Link(**dict(zip(Link.__slots__, (*values, link_hash(*values)), strict=True)))


CHAIN = _chain()
SIGNED = [SIGNER.sign(ORG, n, CHAIN[n - 1].hash, MONDAY) for n in (25, 50, ROWS)]
BODY = b"".join(line_of(x) for x in CHAIN)
CHECKPOINTS = b"".join(checkpoints_file(SIGNER.public_text, SIGNED))


def _checked(links: list[Link]) -> Verdict:
    return verify(links, SIGNED, SIGNER.public, ORG)


def test_whole_chain_is_whole() -> None:
    assert _checked(CHAIN) == Verdict(rows=ROWS, covered=ROWS)
    assert verify_files(BODY, CHECKPOINTS, SIGNER.public_text) == Verdict(rows=ROWS, covered=ROWS)


def test_every_byte_of_an_export_counts() -> None:
    """Each byte of ten rows flipped: the row is named, or the one after (where two lines became
    one).
    """
    body = b"".join(line_of(x) for x in CHAIN[:10])
    signed = b"".join(
        checkpoints_file(SIGNER.public_text, [SIGNER.sign(ORG, 10, CHAIN[9].hash, MONDAY)])
    )
    assert verify_files(body, signed).whole and len(body) > 2_500
    for offset in range(len(body)):
        row = body.count(b"\n", 0, offset) + 1
        changed = bytearray(body)
        changed[offset] ^= (1, 0x20, 0x80)[offset % 3]
        found = verify_files(bytes(changed), signed)
        assert found.code and found.first_bad in (row, row + 1), (offset, found)


def test_every_byte_of_the_checkpoints_counts() -> None:
    for offset in range(len(CHECKPOINTS)):
        body = bytearray(CHECKPOINTS)
        body[offset] ^= 1
        assert verify_files(BODY, bytes(body)).code == "bad_checkpoint", offset


def test_every_field_of_a_row_counts() -> None:
    for place in PLACES:
        for name in Link.__slots__:
            value = getattr(CHAIN[place - 1], name)
            links = list(CHAIN)
            links[place - 1] = replace(
                links[place - 1], **{name: value + 1 if isinstance(value, int) else value + "x"}
            )
            found = _checked(links)
            assert found.code and found.first_bad == place, (place, name, found)


def test_removed_moved_and_inserted_rows() -> None:
    chance = random.Random(19)
    for place in range(1, ROWS + 1):
        gone = CHAIN[: place - 1] + CHAIN[place:]
        assert _checked(gone) == Verdict(
            rows=place - 1,
            code="cut_off" if place == ROWS else "wrong_place",
            first_bad=place,
            covered=_covered(place),
        )
        other = chance.choice([n for n in range(1, ROWS + 1) if n != place])
        swapped = list(CHAIN)
        swapped[place - 1], swapped[other - 1] = swapped[other - 1], swapped[place - 1]
        assert _checked(swapped).first_bad == min(place, other)
        added = [*CHAIN[: place - 1], CHAIN[other - 1], *CHAIN[place - 1 :]]
        assert _checked(added).first_bad == place
        assert _checked([*CHAIN[:place], CHAIN[place - 1], *CHAIN[place:]]).first_bad == place + 1
        if place < ROWS:
            assert _checked(CHAIN[:place]) == Verdict(
                rows=place, code="cut_off", first_bad=place + 1, covered=_covered(place + 1)
            )
            assert _checked(CHAIN[place:]) == Verdict(rows=0, code="wrong_place", first_bad=1)
    assert _checked([]).code == "cut_off"


def test_a_chain_written_anew_is_not_the_signed_one() -> None:
    for place in range(1, ROWS + 1):
        links = CHAIN[: place - 1]
        for old in CHAIN[place - 1 :]:
            detail = canonical({"revision": 0}) if old.seq == place else old.detail
            links.append(_linked(links[-1].hash if links else START, ORG, old.seq, old.at, detail))
        found = _checked(links)
        assert found.code == "rewritten" and found.first_bad == next(
            s.seq for s in SIGNED if s.seq >= place
        )
        assert verify_files(b"".join(line_of(x) for x in links), CHECKPOINTS).code == "rewritten"


def test_checkpoints_of_another_key_or_chain() -> None:
    other = Signer(b"o" * 32)
    forged = [other.sign(ORG, ROWS, CHAIN[-1].hash, MONDAY)]
    assert verify(CHAIN, forged, SIGNER.public, ORG).code == "bad_checkpoint"
    body = b"".join(checkpoints_file(other.public_text, forged))
    assert (
        verify_files(BODY, body).whole
        and verify_files(BODY, body, SIGNER.public_text).code == "bad_checkpoint"
    )
    assert verify(_chain(org="org_2"), SIGNED, SIGNER.public, ORG).code == "other_organisation"


def _covered(place: int) -> int:
    return max((s.seq for s in SIGNED if s.seq < place), default=0)


@pytest.fixture(params=["sqlite", "postgresql"])
def wiring(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Wiring]:
    with own_database() if request.param == "postgresql" else nullcontext("") as url:
        made = wire(Settings(data=tmp_path, database_url=url, checkpoint_rows=10))
        migrate(made.database)
        yield made
        made.close()


def _founded(wiring: Wiring, name: str = "甲银行") -> str:
    user, _ = found_organisation(wiring.database, name, "admin", wiring.now())
    return user.org_id


def _write(database: Database, org: str, rows: int, actor: str = "usr_1") -> None:
    for n in range(rows):
        with database.writing(org) as session:
            append_audit(session, MONDAY, actor, "packet.created", f"pkt_{n}", {"n": n})


def test_eight_writers_at_once_make_one_whole_chain(wiring: Wiring) -> None:
    org = _founded(wiring)
    writers = [
        threading.Thread(target=_write, args=(wiring.database, org, 10, f"usr_{n}"))
        for n in range(8)
    ]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert sign_due(wiring) == 1 and sign_due(wiring) == 0
    with wiring.database.reading(org) as session:
        assert service.verified(wiring, session, org) == Verdict(rows=81, covered=81)


EDITS: tuple[tuple[str, int], ...] = (
    ("update audit set detail = '{}' where org_id = :org and seq = 7", 7),
    ("update audit set actor = 'usr_9' where org_id = :org and seq = 20", 20),
    ("update audit set at = '2026-01-01T00:00:00+00:00' where org_id = :org and seq = 1", 1),
    ("delete from audit where org_id = :org and seq = 1", 1),
    ("delete from audit where org_id = :org and seq = 9", 9),
    ("delete from audit where org_id = :org and seq > 15", 16),
    ("delete from audit where org_id = :org", 1),
    ("update audit set seq = -1 where org_id = :org and seq = 3", 1),
    (
        "insert into audit select org_id, seq + 100, at, actor, action, subject, detail, before, hash from audit where org_id = :org and seq = 5",
        22,
    ),
    ("update checkpoints set seq = 5 where org_id = :org", 5),
)


def test_edits_in_the_database(wiring: Wiring) -> None:
    for n, (edit, row) in enumerate(EDITS):
        org = _founded(wiring, f"银行{n}")
        _write(wiring.database, org, 20)
        assert sign_due(wiring) == 1
        with wiring.database.writing(org) as session:
            session.execute(text(edit), {"org": org})
        with wiring.database.reading(org) as session:
            found = service.verified(wiring, session, org)
        assert found.code and found.first_bad == row, edit


def test_what_is_not_whole_is_not_signed(wiring: Wiring) -> None:
    org = _founded(wiring)
    _write(wiring.database, org, 20)
    with wiring.database.writing(org) as session:
        session.execute(text("update audit set actor = 'usr_9' where seq = 20"))
    assert sign_due(wiring) == 0


def test_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUOYAN_DATA", str(tmp_path / "data"))
    wiring = wire(Settings(data=tmp_path / "data"))
    migrate(wiring.database)
    org = _founded(wiring)
    _write(wiring.database, org, 5)
    chain, signed = tmp_path / "chain.jsonl", tmp_path / "checkpoints.jsonl"

    def run(*arguments: object) -> int:
        return CliRunner().invoke(app, ["audit", *map(str, arguments)]).exit_code

    assert run("export", "--out", chain, "--checkpoints", signed) == 0 and run("verify") == 0
    key = read_checkpoints(signed.read_bytes()).key
    assert run("verify", chain, "--checkpoints", signed, "--key", key) == 0
    assert run("verify", chain, "--checkpoints", signed, "--key", "00" * 32) == 1
    lines = chain.read_bytes().splitlines(keepends=True)
    chain.write_bytes(b"".join(lines[:-1]))
    assert run("verify", chain) == 0 and run("verify", chain, "--checkpoints", signed) == 1
    assert run("verify", tmp_path / "nothing") == 2
    with wiring.database.writing(org) as session:
        session.execute(text("update audit set subject = 'pkt_9' where seq = 3"))
    assert run("verify") == 1
    wiring.close()
