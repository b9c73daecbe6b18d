"""Hostile PDFs, made here byte by byte: loops, broken tables, filter bombs, active content, endless
trees, floods of pixels, locks.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping

Case = tuple[str, str, bytes]  # family, name, bytes


def pdf(
    objects: Mapping[int, bytes], *, trailer: bytes = b"", root: int = 1, table: bool = True
) -> bytes:
    """A file of numbered objects; without `table` its cross-references are missing."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    if table:
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        out += b"".join(
            b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n"
            for n in range(1, size)
        )
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        trailer,
        start,
    )
    return bytes(out)


def stream(data: bytes, entries: bytes = b"", length: int | None = None) -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (
        len(data) if length is None else length,
        entries,
        data,
    )


def page(
    content: bytes = b"",
    resources: bytes = b"",
    catalog: bytes = b"",
    extra: Mapping[int, bytes] | None = None,
    entries: bytes = b"",
) -> bytes:
    """One page (object 3, its content 4) with more objects beside it."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>%s>>"
        % (resources, entries),
        4: stream(content),
    }
    return pdf(objects | dict(extra or {}))


_TEXT = b"BT /F1 12 Tf 50 700 Td (Some words that are no paper of a loan) Tj ET"
_FONT = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def loops() -> Iterator[tuple[str, bytes]]:
    tree = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R/Y 6 0 R>>>>"
    glyph = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]/Resources<</Font<</F 5 0 R>>>>>>"
    shade = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 1/YStep 1/Resources<</Pattern<</P 5 0 R>>>>"
    deep = {
        n: b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1)
        for n in range(2, 20_000)
    }
    nested = b"[" * 50_000 + b"]" * 50_000
    doubling = {
        n: stream(
            b"/X Do /Y Do " * 2,
            form.replace(b"5 0", b"%d 0" % (n + 1)).replace(b"6 0", b"%d 0" % (n + 1)),
        )
        for n in range(5, 35)
    }
    yield "kids_of_themselves", pdf(tree | {2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"})
    yield (
        "kids_in_a_ring",
        pdf(
            tree
            | {
                2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                3: b"<</Type/Pages/Kids[2 0 R]/Count 1000000/Parent 2 0 R>>",
            }
        ),
    )
    yield "parent_in_a_ring", page(_TEXT, _FONT, entries=b"/Parent 3 0 R")
    yield (
        "form_in_itself",
        page(b"/X Do", b"/XObject<</X 5 0 R>>", extra={5: stream(b"/X Do /X Do", form)}),
    )
    yield (
        "forms_in_a_ring",
        page(
            b"/X Do",
            b"/XObject<</X 5 0 R>>",
            extra={5: stream(b"/Y Do", form), 6: stream(b"/X Do", form)},
        ),
    )
    yield (
        "forms_doubling",
        page(
            b"/X Do", b"/XObject<</X 5 0 R>>", extra=doubling | {35: stream(b"0 0 9 9 re f", form)}
        ),
    )
    yield (
        "glyph_in_itself",
        page(
            b"BT /F 9 Tf (aaa) Tj ET",
            b"/Font<</F 5 0 R>>",
            extra={5: glyph, 6: stream(b"9 0 d0 BT /F 9 Tf (aaa) Tj ET")},
        ),
    )
    yield (
        "pattern_in_itself",
        page(
            b"/Pattern cs /P scn 0 0 500 500 re f",
            b"/Pattern<</P 5 0 R>>",
            extra={5: stream(b"/Pattern cs /P scn 0 0 9 9 re f", shade)},
        ),
    )
    yield (
        "length_of_itself",
        page(_TEXT, _FONT, extra={4: b"<</Length 4 0 R>>\nstream\nq\nendstream"}),
    )
    yield "contents_of_themselves", page(extra={4: b"[4 0 R 4 0 R]"})
    yield "reference_to_itself", page(extra={4: b"4 0 R"})
    yield (
        "outlines_in_a_ring",
        page(
            _TEXT,
            _FONT,
            b"/Outlines 5 0 R",
            {
                5: b"<</First 6 0 R/Last 6 0 R>>",
                6: b"<</Title(a)/Next 6 0 R/First 6 0 R/Parent 5 0 R>>",
            },
        ),
    )
    yield (
        "names_in_a_ring",
        page(_TEXT, _FONT, b"/Names<</EmbeddedFiles 5 0 R>>", {5: b"<</Kids[5 0 R 5 0 R]>>"}),
    )
    yield (
        "fields_in_a_ring",
        page(
            _TEXT,
            _FONT,
            b"/AcroForm<</Fields[5 0 R]>>",
            {5: b"<</T(a)/FT/Sig/Kids[5 0 R]/Parent 5 0 R>>"},
        ),
    )
    yield (
        "mask_of_itself",
        page(
            b"/X Do",
            b"/XObject<</X 5 0 R>>",
            extra={
                5: stream(
                    b"\0" * 9,
                    b"/Subtype/Image/Width 3/Height 3/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 5 0 R",
                )
            },
        ),
    )
    yield (
        "tree_20000_deep",
        pdf(tree | deep | {20_000: b"<</Type/Page/Parent 19999 0 R/MediaBox[0 0 9 9]>>"}),
    )
    yield "arrays_50000_deep", page(_TEXT, _FONT, b"/X " + nested)
    yield "array_operands_50000_deep", page(nested + b" TJ")


def tables() -> Iterator[tuple[str, bytes]]:
    whole = page(_TEXT, _FONT)
    at = whole.rfind(b"xref\n0")

    def ended(trailer: bytes, start: int) -> bytes:
        return (
            whole[: whole.rfind(b"trailer")]
            + b"trailer\n<<"
            + trailer
            + b">>\nstartxref\n%d\n%%%%EOF\n" % start
        )

    yield "prev_of_itself", ended(b"/Size 5/Root 1 0 R/Prev %d" % at, at)
    yield "prev_negative", ended(b"/Size 5/Root 1 0 R/Prev -1", at)
    yield "prev_far_away", ended(b"/Size 5/Root 1 0 R/Prev 99999999999", at)
    yield "stream_table_of_itself", ended(b"/Size 5/Root 1 0 R/XRefStm %d" % at, at)
    yield "size_of_2_31", ended(b"/Size 2147483647/Root 1 0 R", at)
    yield "size_negative", ended(b"/Size -5/Root 1 0 R", at)
    yield "start_beyond_the_end", ended(b"/Size 5/Root 1 0 R", 10**9)
    yield "start_at_zero", ended(b"/Size 5/Root 1 0 R", 0)
    yield "root_missing", ended(b"/Size 5", at)
    yield "root_is_a_page", ended(b"/Size 5/Root 3 0 R", at)
    yield "no_table", whole[:at] + b"trailer<</Root 1 0 R>>"
    yield "table_of_a_million_entries", whole.replace(b"xref\n0 5", b"xref\n0 999999999")
    wide = b"/Type/XRef/Size 9999999/W[%s]/Root 1 0 R/Index[0 9999999]"
    for name, widths in (("wide", b"1 99999999 1"), ("negative", b"-1 2 1"), ("nothing", b"0 0 0")):
        body = whole[:at] + b"9 0 obj\n" + stream(b"\1\0\0\0" * 9, wide % widths) + b"\nendobj\n"
        yield f"stream_table_{name}", body + b"startxref\n%d\n%%%%EOF" % at
    yield "object_numbers_of_2_31", whole.replace(b"3 0 R", b"2147483646 0 R")


def filters() -> Iterator[tuple[str, bytes]]:
    def flated(data: bytes, times: int) -> bytes:
        for _ in range(times):
            data = zlib.compress(data, 9)
        return data

    many = b"/Filter[" + b"/FlateDecode" * 3 + b"]"
    yield "flate_thrice_of_100_mb", page(extra={4: stream(flated(b" " * (100 << 20), 3), many)})
    yield (
        "flate_of_100_mb_of_operators",
        page(extra={4: stream(flated(b"q Q " * (25 << 20), 1), b"/Filter/FlateDecode")}),
    )
    yield (
        "flate_of_50_mb_of_numbers",
        page(extra={4: stream(flated(b"1 " * (25 << 20), 1), b"/Filter/FlateDecode")}),
    )
    yield (
        "hex_200_times",
        page(extra={4: stream(b"20>", b"/Filter[" + b"/ASCIIHexDecode" * 200 + b"]")}),
    )
    yield (
        "run_length_bomb",
        page(
            extra={
                4: stream(flated(b"\x81 " * (4 << 20), 1), b"/Filter[/FlateDecode/RunLengthDecode]")
            }
        ),
    )
    yield "lzw_rubbish", page(extra={4: stream(bytes(range(256)) * 400, b"/Filter/LZWDecode")})
    yield (
        "predictor_of_2_31_columns",
        page(
            extra={
                4: stream(
                    flated(b"q" * 9, 1),
                    b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32/BitsPerComponent 16>>",
                )
            }
        ),
    )
    yield (
        "predictor_negative",
        page(
            extra={
                4: stream(
                    flated(b"q" * 9, 1),
                    b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns -5>>",
                )
            }
        ),
    )
    yield "length_of_2_63", page(extra={4: stream(b"q", b"", 2**63)})
    yield "length_negative", page(extra={4: stream(b"q", b"", -5)})
    yield "filter_unknown", page(extra={4: stream(b"q", b"/Filter/Nonsense")})
    yield (
        "crypt_filter",
        page(extra={4: stream(b"q", b"/Filter/Crypt/DecodeParms<</Name/Nobody>>")}),
    )
    heads = b" ".join(b"%d 0" % n for n in range(10, 100_010))
    for name, packed in {
        "of_100000": stream(
            zlib.compress(heads + b" null" * 100_000),
            b"/Type/ObjStm/N 100000/First %d/Filter/FlateDecode" % len(heads),
        ),
        "count_of_10_9": stream(b"1 0 null", b"/Type/ObjStm/N 1000000000/First 4"),
        "first_beyond": stream(b"1 0 null", b"/Type/ObjStm/N 1/First 999999999"),
        "of_itself": stream(b"5 0 5 0 R", b"/Type/ObjStm/N 1/First 4/Extends 5 0 R"),
    }.items():
        yield f"object_stream_{name}", page(_TEXT, _FONT, extra={5: packed})
    yield "many_operators", page(b"q 1 0 0 1 0 0 cm " * 200_000)
    yield "path_of_500000_lines", page(b"0 0 m " + b"9 9 l 1 1 l " * 250_000 + b"S")
    yield (
        "text_of_200000_letters",
        page(b"BT /F1 1 Tf " + b"(abcdefghij) Tj " * 20_000 + b"ET", _FONT),
    )


def active() -> Iterator[tuple[str, bytes]]:
    script = b"/S/JavaScript/JS(app.launchURL\\('http://127.0.0.1/'\\);while\\(1\\){})"
    for name, action in {
        "script": script,
        "launch": b"/S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>",
        "address": b"/S/URI/URI(http://127.0.0.1:9/x)",
        "form_sent": b"/S/SubmitForm/F(http://127.0.0.1:9/x)",
        "other_file": b"/S/GoToR/F(\\\\\\\\127.0.0.1\\\\share\\\\x)",
        "data_import": b"/S/ImportData/F(/etc/passwd)",
    }.items():
        yield (
            name,
            page(
                _TEXT,
                _FONT,
                b"/OpenAction<<%s>>/AA<</WC<<%s>>>>" % (action, action),
                entries=b"/AA<</O<<%s>>>>" % action,
            ),
        )
    yield (
        "script_by_name",
        page(_TEXT, _FONT, b"/Names<</JavaScript<</Names[(a)<<%s>>]>>>>" % script),
    )
    xfa = (
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><xdp>&e;</xdp>"
    )
    yield "xfa", page(_TEXT, _FONT, b"/AcroForm<</XFA 5 0 R/Fields[]>>", {5: stream(xfa)})
    for name, body, entries in (
        ("program", b"\x7fELF" + bytes(99), b""),
        ("xml_bomb", zlib.compress(b"<Invoice>" + b"<a/>" * (20 << 20)), b"/Filter/FlateDecode"),
        ("xml_with_entity", xfa, b""),
    ):
        names = b"/Names<</EmbeddedFiles<</Names[(a.xml)<</Type/Filespec/F(a.xml)/UF(a.xml)/EF<</F 5 0 R>>>>]>>>>"
        yield (
            f"attached_{name}",
            page(_TEXT, _FONT, names, {5: stream(body, b"/Type/EmbeddedFile" + entries)}),
        )
    yield (
        "external_stream",
        page(extra={4: b"<</Length 0/F(/etc/passwd)/FFilter/None>>\nstream\n\nendstream"}),
    )
    yield (
        "rich_media",
        page(
            _TEXT,
            _FONT,
            entries=b"/Annots[<</Subtype/RichMedia/Rect[0 0 9 9]/RichMediaContent<<>>>>]",
        ),
    )


def trees() -> Iterator[tuple[str, bytes]]:
    def counted(kids: bytes, count: int) -> bytes:
        leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>"
        return pdf(
            {
                1: b"<</Type/Catalog/Pages 2 0 R>>",
                2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
                3: leaf,
            }
        )

    yield "a_million_pages", counted(b"3 0 R " * 1_000_000, 1_000_000)
    yield "501_pages", counted(b"3 0 R " * 501, 501)
    yield "count_of_2_31", counted(b"3 0 R", 2**31 - 1)
    yield "count_of_10_18", counted(b"3 0 R", 10**18)
    yield "count_negative", counted(b"3 0 R", -1)
    yield "count_of_none", counted(b"", 400)
    yield "kids_that_are_missing", counted(b"".join(b"%d 0 R " % n for n in range(5, 405)), 400)
    for name, box in (
        ("of_10_9_points", b"0 0 999999999 999999999"),
        ("upside_down", b"9 9 0 0"),
        ("of_nothing", b"0 0 0 0"),
        ("not_a_number", b"/a (b) null 9"),
    ):
        yield (
            f"page_{name}",
            page(_TEXT, _FONT, entries=b"/MediaBox[%s]" % box).replace(
                b"/MediaBox[0 0 595 842]", b""
            ),
        )
    yield "page_scaled", page(_TEXT, _FONT, entries=b"/UserUnit 1e30/Rotate 1234567")


def pixels() -> Iterator[tuple[str, bytes]]:
    def shown(entries: bytes, data: bytes) -> bytes:
        return page(
            b"q 595 0 0 842 0 0 cm /X Do Q",
            b"/XObject<</X 5 0 R>>",
            extra={5: stream(data, b"/Type/XObject/Subtype/Image" + entries)},
        )

    grey, flate = b"/ColorSpace/DeviceGray/BitsPerComponent 1", b"/Filter/FlateDecode"
    segment = struct.pack(">IBBI", 0, 48, 0, 19) + struct.pack(
        ">IIIIBH", 2**31 - 1, 2**31 - 1, 0, 0, 0, 0
    )
    codestream = (
        b"\xff\x4f\xff\x51"
        + struct.pack(
            ">HHIIIIIIIIH", 41, 0, 2**31 - 1, 2**31 - 1, 0, 0, 2**31 - 1, 2**31 - 1, 0, 0, 1
        )
        + b"\x07\x01\x01\xff\xd9"
    )
    jpeg = (
        b"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
        + bytes(99)
        + b"\xff\xd9"
    )
    yield (
        "of_10_9_pixels",
        shown(b"/Width 50000/Height 20000" + grey + flate, zlib.compress(bytes(125_000_000), 9)),
    )
    yield (
        "of_10_10_pixels",
        shown(b"/Width 100000/Height 100000" + grey + flate, zlib.compress(bytes(99))),
    )
    yield "of_2_31_a_side", shown(b"/Width 2147483647/Height 2147483647" + grey, b"\0")
    yield (
        "of_99_megapixels",
        shown(
            b"/Width 9900/Height 9900/ColorSpace/DeviceRGB/BitsPerComponent 8" + flate,
            zlib.compress(bytes(294_030_000), 1),
        ),
    )
    yield "negative", shown(b"/Width -5/Height -5" + grey, b"\0")
    yield "jbig2_declared_small", shown(b"/Width 9/Height 9/Filter/JBIG2Decode" + grey, segment)
    yield "jbig2_huge", shown(b"/Width 99999/Height 99999/Filter/JBIG2Decode" + grey, segment)
    yield "jpx_declared_small", shown(b"/Width 9/Height 9/Filter/JPXDecode", codestream)
    yield "jpx_huge", shown(b"/Width 99999/Height 99999/Filter/JPXDecode", codestream)
    yield (
        "jpeg_of_65535_a_side",
        shown(
            b"/Width 65535/Height 65535/Filter/DCTDecode/ColorSpace/DeviceGray/BitsPerComponent 8",
            jpeg,
        ),
    )
    yield (
        "jpeg_declared_small",
        shown(b"/Width 9/Height 9/Filter/DCTDecode/ColorSpace/DeviceGray/BitsPerComponent 8", jpeg),
    )
    yield (
        "fax_of_10_9_columns",
        shown(
            b"/Width 9/Height 9/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 1000000000/Rows 1000000000>>"
            + grey,
            bytes(99),
        ),
    )
    yield (
        "palette_beyond",
        shown(
            b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace[/Indexed/DeviceRGB 255 <00>]",
            b"\xff" * 81,
        ),
    )
    yield "inline", page(b"q 595 0 0 842 0 0 cm BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI Q")


def locked() -> Iterator[tuple[str, bytes]]:
    import pikepdf

    for name, user, strength in (
        ("open_to_all", "", 6),
        ("unknown_password", "secret", 6),
        ("unknown_password_rc4", "secret", 3),
    ):
        with pikepdf.open(io.BytesIO(page(_TEXT, _FONT))) as document:
            out = io.BytesIO()
            document.save(
                out,
                encryption=pikepdf.Encryption(
                    owner="owner", user=user, R=strength, aes=strength > 4, metadata=strength > 4
                ),
                static_id=False,
            )
            yield name, out.getvalue()
    broken = {
        "of_no_kind": b"/Filter/Nobody/V 99",
        "of_nothing": b"",
        "keys_cut": b"/Filter/Standard/V 5/R 6/O()/U()/OE()/UE()/P -1/Length 256",
    }
    for name, entries in broken.items():
        yield (
            name,
            page(_TEXT, _FONT).replace(
                b"/Root 1 0 R", b"/Root 1 0 R/ID[(a)(b)]/Encrypt<<%s>>" % entries
            ),
        )


FAMILIES = {f"pdf_{f.__name__}": f for f in (loops, tables, filters, active, trees, pixels, locked)}


def hostile_pdfs() -> Iterator[Case]:
    for family, made in FAMILIES.items():
        for name, data in made():
            yield family, name, data
