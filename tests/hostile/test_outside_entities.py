"""XML that reaches outside or grows: every kind of attack in every part of an OFD and of a
workbook, and as an invoice. No address is called, no file is read, and a DOCTYPE is refused
wherever it stands.

Kinds: Späth, Mainka, Mladenov, Schwenk, SoK: XML parser vulnerabilities, WOOT 2016.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hostile_packages import ofd_parts, workbook, zipped

from extractors.intake.limits import Limits
from extractors.read import read_file

_SECRET = "secret-of-this-machine"


class Canary:
    """A server on loopback that counts who calls, and a file that nobody is to read."""

    def __init__(self, folder: Path) -> None:
        self.calls: list[str] = []
        calls = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calls.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"<!ENTITY e 'fetched'>")

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/x"
        self.file = folder / "secret"
        self.file.write_text(_SECRET)


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    made = Canary(tmp_path_factory.mktemp("secret"))
    yield made
    made.server.shutdown()
    made.server.server_close()


def _attacks(address: str, file: str) -> dict[str, tuple[str, str, bool]]:
    """Kind to prolog, content, and whether it has a DOCTYPE."""
    laughs = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'ha' * 9}'>" for n in range(12))
    xi, xsi = (
        'xmlns:xi="http://www.w3.org/2001/XInclude"',
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    )
    return {
        "laughs": (f"<!DOCTYPE r [{laughs}]>", "&e11;", True),
        "quadratic": (f"<!DOCTYPE r [<!ENTITY e '{'a' * 50_000}'>]>", "&e;" * 5_000, True),
        "entity_of_itself": ("<!DOCTYPE r [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>", "&a;", True),
        "parameter_laughs": ("<!DOCTYPE r [<!ENTITY % a 'x'><!ENTITY % b '%a;%a;'>%b;]>", "", True),
        "endless_device": ("<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///dev/zero'>]>", "&e;", True),
        "file": (f"<!DOCTYPE r [<!ENTITY e SYSTEM 'file://{file}'>]>", "&e;", True),
        "file_by_path": (f"<!DOCTYPE r [<!ENTITY e SYSTEM '{file}'>]>", "&e;", True),
        "address": (f"<!DOCTYPE r [<!ENTITY e SYSTEM '{address}'>]>", "&e;", True),
        "public_address": (f"<!DOCTYPE r [<!ENTITY e PUBLIC '-//x' '{address}'>]>", "&e;", True),
        "parameter_entity": (f"<!DOCTYPE r [<!ENTITY % p SYSTEM '{address}'>%p;]>", "&e;", True),
        "file_sent_to_address": (
            f"<!DOCTYPE r [<!ENTITY % f SYSTEM 'file://{file}'><!ENTITY % p \"<!ENTITY &#37; s SYSTEM '{address}?%f;'>\">%p;%s;]>",
            "",
            True,
        ),
        "definition_fetched": (f"<!DOCTYPE r SYSTEM '{address}'>", "", True),
        "definition_public": (f"<!DOCTYPE r PUBLIC '-//x' '{address}'>", "", True),
        "attribute_entity": (
            f"<!DOCTYPE r [<!ENTITY e SYSTEM '{address}'><!ATTLIST r a CDATA '&e;'>]>",
            "",
            True,
        ),
        "notation": (
            f"<!DOCTYPE r [<!NOTATION n SYSTEM '{address}'><!ENTITY e SYSTEM '{address}' NDATA n>]>",
            "",
            True,
        ),
        "behind_a_comment": (
            f"<!--{'x' * 90_000}--><!DOCTYPE r [<!ENTITY e SYSTEM 'file://{file}'>]>",
            "&e;",
            True,
        ),
        "included": (
            "",
            f'<xi:include {xi} href="{file}" parse="text"/><xi:include {xi} href="{address}"/>',
            False,
        ),
        "schema": (
            "",
            f'<a {xsi} xsi:schemaLocation="x {address}" xsi:noNamespaceSchemaLocation="{address}"/>',
            False,
        ),
        "stylesheet": (f'<?xml-stylesheet type="text/xsl" href="{address}"?>', "", False),
        "in_utf_7": (
            "",
            "+ADwAIQ-DOCTYPE r +AFsAPAAh-ENTITY e SYSTEM 'file:///etc/passwd'+AD4AXQA+-",
            False,
        ),
    }


KINDS = sorted(_attacks("http://127.0.0.1:9/x", "/secret"))


def _attacked(part: bytes, prolog: str, content: str, encoding: str = "utf-8") -> bytes:
    """A part with a prolog before its root element and content at the end of it."""
    text = part.decode()
    declared, _, rest = text.partition("?>")
    name = rest[1:].split(" ")[0].split(">")[0].split("/")[0]
    if f"</{name}>" in rest:
        rest = content.join((rest[: rest.rfind(f"</{name}>")], f"</{name}>"))
    else:
        rest = f"{rest.rstrip().removesuffix('/>')}>{content}</{name}>"
    head = '<?xml version="1.0" encoding="UTF-16"?>' if encoding == "utf-16" else f"{declared}?>"
    return (head + prolog + rest).encode(encoding)


def _check(data: bytes, has_doctype: bool, canary: Canary) -> None:
    reading = read_file("f", data, Limits())
    assert _SECRET not in repr(reading) and "fetched" not in repr(reading)
    assert not canary.calls
    if has_doctype:
        assert [f.code for f in reading.failures] == ["unsafe_archive"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", sorted(ofd_parts()))
def test_no_part_of_an_ofd_reaches_outside(part: str, kind: str, canary: Canary) -> None:
    prolog, content, doctype = _attacks(canary.address, str(canary.file))[kind]
    for encoding in ("utf-8", "utf-16"):
        parts = ofd_parts() | {part: _attacked(ofd_parts()[part], prolog, content, encoding)}
        _check(zipped(list(parts.items())), doctype, canary)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", sorted(workbook()))
def test_no_part_of_a_workbook_reaches_outside(part: str, kind: str, canary: Canary) -> None:
    prolog, content, doctype = _attacks(canary.address, str(canary.file))[kind]
    for encoding in ("utf-8", "utf-16"):
        parts = workbook() | {part: _attacked(workbook()[part], prolog, content, encoding)}
        _check(zipped(list(parts.items())), doctype, canary)


@pytest.mark.parametrize("kind", KINDS)
def test_no_invoice_reaches_outside(kind: str, canary: Canary) -> None:
    prolog, content, doctype = _attacks(canary.address, str(canary.file))[kind]
    _check(
        _attacked(b"<?xml version='1.0'?><eInvoice></eInvoice>", prolog, content), doctype, canary
    )


@pytest.mark.parametrize("declared", ["UTF-7", "IBM037", "UTF-32", "x-user-defined"])
def test_a_workbook_in_an_encoding_for_tricks_is_refused(declared: str) -> None:
    part = "xl/worksheets/sheet1.xml"
    parts = workbook() | {
        part: workbook()[part].replace(
            b'version="1.0"', b'version="1.0" encoding="%s"' % declared.encode()
        )
    }
    assert [
        f.code for f in read_file("f.xlsx", zipped(list(parts.items())), Limits()).failures
    ] == ["unsafe_archive"]
