"""Hostile archives, workbooks, OFDs, tables and files that are two things at once."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from hostile_pdfs import page

Case = tuple[str, str, bytes]
Member = tuple[str, bytes]
CSV = b"a,b,c\n1,2,3\n4,5,6\n"
_DEFLATED, _STORED = zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED


def zipped(members: Sequence[Member], kind: int = _DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind, compresslevel=9) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name) if kind == _STORED else name, data)
    return out.getvalue()


def raw_zip(
    entries: Sequence[tuple[bytes, bytes, bytes, int]], *, count: int | None = None
) -> bytes:
    """An archive of (name, local record, packed bytes' length and size as packed by the caller,
    place of the local record).
    """
    body, directory = b"", b""
    for name, local, sizes, place in entries:
        body += local
        directory += (
            b"PK\1\2"
            + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33)
            + sizes
            + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, place)
            + name
        )
    told = len(entries) if count is None else count
    return (
        body
        + directory
        + b"PK\5\6"
        + struct.pack("<HHHHIIH", 0, 0, told & 0xFFFF, told & 0xFFFF, len(directory), len(body), 0)
    )


def local(name: bytes, packed: bytes, data_sum: int, size: int) -> tuple[bytes, bytes]:
    sizes = struct.pack("<III", data_sum, len(packed), size)
    return b"PK\3\4" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack(
        "<HH", len(name), 0
    ) + name + packed, sizes


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def overlapping(copies: int) -> bytes:
    """Fifield's bomb: every member quotes the local records of those after it in stored blocks, so
    that all share one kernel of zeros.
    """
    kernel = deflated(bytes(8 << 20))
    checksum, size, body, out = zlib.crc32(bytes(8 << 20)), 8 << 20, b"", []
    name = b"%04d.csv" % copies
    record, sizes = local(name, kernel, checksum, size)
    body, out = record, [(name, sizes)]
    packed_length = len(kernel)
    for number in range(copies - 1, 0, -1):
        name, quoted = b"%04d.csv" % number, body[: 30 + 8]
        prefix = b"\x00" + struct.pack("<HH", len(quoted), 0xFFFF ^ len(quoted))
        packed_length += len(prefix) + len(quoted)
        size += len(quoted)
        sizes = struct.pack("<III", checksum, packed_length, size)
        body = (
            b"PK\3\4"
            + struct.pack("<HHHHH", 20, 0, 8, 0, 33)
            + sizes
            + struct.pack("<HH", len(name), 0)
            + name
            + prefix
            + body
        )
        out.insert(0, (name, sizes))
    places, at = [], 0
    for _ in out:
        places.append(at)
        at += 30 + 8 + 5
    entries = [
        (name, body if n == 0 else b"", sizes, places[n]) for n, (name, sizes) in enumerate(out)
    ]
    return raw_zip(entries)


def zip_bombs() -> Iterator[tuple[str, bytes]]:
    zeros = bytes(24 << 20)
    nested = zipped([("f.csv", CSV)])
    for depth in range(6):
        nested = zipped([(f"{depth}.zip", nested)])
    wide = zipped([("0.csv", bytes(1 << 20))])
    for depth in range(6):
        wide = zipped([(f"{depth}{n}.zip", wide) for n in range(16)])
    yield "nested_6_deep", nested
    yield "nested_6_deep_16_wide", wide
    yield "flat_1000_to_1", zipped([("a.csv", zeros)])
    yield "flat_many", zipped([(f"{n}.csv", bytes(1 << 20)) for n in range(400)])
    yield "quoted_overlap", overlapping(250)
    yield (
        "one_body_named_900_times",
        raw_zip(
            [
                (
                    b"%04d.csv" % n,
                    local(b"0000.csv", deflated(CSV), zlib.crc32(CSV), len(CSV))[0]
                    if n == 0
                    else b"",
                    local(b"", deflated(CSV), zlib.crc32(CSV), len(CSV))[1],
                    0,
                )
                for n in range(900)
            ]
        ),
    )
    yield "1001_members", zipped([(f"{n}.csv", b"x") for n in range(1001)])
    yield "66000_members", zipped([(str(n), b"") for n in range(66_000)], _STORED)
    packed = deflated(zeros)
    for name, size in (("small", 10), ("nothing", 0), ("4_gb", 2**32 - 2)):
        record, sizes = local(b"a.csv", packed, zlib.crc32(zeros), size)
        yield f"declared_{name}", raw_zip([(b"a.csv", record, sizes, 0)])
    record, sizes = local(b"a.csv", packed, zlib.crc32(zeros), len(zeros))
    yield "count_of_65535", raw_zip([(b"a.csv", record, sizes, 0)], count=65_535)
    whole = zipped([("a.csv", CSV)], _STORED)
    end = whole.rfind(b"PK\5\6")
    big = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 2**62, 2**62, 281 * 10**12, 0)
    yield (
        "zip64_of_281_tb",
        whole[:end]
        + big
        + struct.pack("<IIQI", 0x07064B50, 0, end, 1)
        + b"PK\5\6"
        + b"\xff" * 16
        + bytes(2),
    )
    far = whole.replace(b"\x12\0\0\0\x12\0\0\0", b"\xff" * 8)
    yield "zip64_sizes_missing", far
    yield "directory_beyond", whole[: end + 12] + struct.pack("<II", 2**31, 2**31) + bytes(2)
    yield (
        "encrypted_by_flag",
        whole.replace(b"PK\1\2\x14\x03\x14\0\0\0", b"PK\1\2\x14\x03\x14\0\x01\0"),
    )
    yield (
        "method_unknown",
        zipped([("a.csv", CSV)]).replace(b"\x14\0\0\0\x08\0", b"\x14\0\0\0\x63\0"),
    )
    yield "lzma_rubbish", zipped([("a.csv", CSV * 99)], zipfile.ZIP_LZMA)[:-60] + bytes(60)


PATHS = (
    *(
        "../x.csv",
        "../../../../etc/x.csv",
        "/etc/x.csv",
        "//host/share/x.csv",
        "\\\\host\\share\\x.csv",
        "C:\\x.csv",
        "C:x.csv",
        "a/../../x.csv",
    ),
    *(
        "..\\x.csv",
        "a\\..\\..\\x.csv",
        "./../x.csv",
        "a/./../../x.csv",
        "....//x.csv/..",
        "\\\\?\\C:\\x.csv",
        "/dev/null",
        "file:///etc/passwd",
    ),
    *(
        "CON",
        "aux.csv",
        "COM1",
        "NUL.csv",
        "a" * 60_000 + ".csv",
        "caf\u00e9.csv",
        "cafe\u0301.csv",
        "A.csv",
        " ",
        ".",
        "a/",
        "\u202ecsv.exe",
        "-rf",
        "$(id).csv",
        "a\nb.csv",
    ),
)


def zip_paths() -> Iterator[tuple[str, bytes]]:
    for number, path in enumerate(PATHS):
        yield f"path_{number:02}", zipped([(path, CSV)])
    yield "case_clash", zipped([("x.csv", CSV), ("X.csv", CSV), ("x.CSV", CSV)])
    yield "same_name_twice", zipped([("x.csv", CSV), ("y.csv", CSV)]).replace(b"y.csv", b"x.csv")
    yield "nul_in_name", zipped([("aaaa_../x.csv", CSV)]).replace(b"aaaa_", b"aaaa\0")
    yield "names_that_differ", zipped([("x.csv", CSV)]).replace(b"x.csv", b"../x.csv"[:5], 1)
    for name, mode in (
        ("symlink", 0o120777),
        ("device", 0o020666),
        ("pipe", 0o010666),
        ("socket", 0o140777),
    ):
        info = zipfile.ZipInfo("x.csv")
        info.external_attr = mode << 16
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(info, "/etc/passwd")
        yield name, out.getvalue()


_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
_RELS = b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
_REL = b'<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>'


def workbook(
    rows: bytes = b'<row r="1"><c r="A1"><v>1</v></c></row>', **replaced: bytes
) -> dict[str, bytes]:
    """The parts of a small xlsx."""
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS % (_REL % (1, b"officeDocument", b"xl/workbook.xml")),
        "xl/workbook.xml": b'<?xml version="1.0"?><workbook %s xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
        % main,
        "xl/_rels/workbook.xml.rels": _RELS
        % (
            _REL % (1, b"worksheet", b"worksheets/sheet1.xml")
            + _REL % (2, b"sharedStrings", b"sharedStrings.xml")
            + _REL % (3, b"styles", b"styles.xml")
        ),
        "xl/worksheets/sheet1.xml": b'<?xml version="1.0"?><worksheet %s><sheetData>%s</sheetData></worksheet>'
        % (main, rows),
        "xl/sharedStrings.xml": b'<?xml version="1.0"?><sst %s><si><t>text</t></si></sst>' % main,
        "xl/styles.xml": b'<?xml version="1.0"?><styleSheet %s/>' % main,
        "docProps/core.xml": b'<?xml version="1.0"?><coreProperties/>',
    }
    return parts | {k.replace("__", "/"): v for k, v in replaced.items()}


def xlsx_files() -> Iterator[tuple[str, bytes]]:
    def made(parts: dict[str, bytes]) -> bytes:
        return zipped(list(parts.items()))

    sheet, plain = "xl/worksheets/sheet1.xml", workbook()
    yield (
        "cell_at_the_far_corner",
        made(workbook(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    )
    yield (
        "cells_at_two_corners",
        made(
            workbook(
                b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            )
        ),
    )
    yield (
        "cell_beyond_all",
        made(workbook(b'<row r="99999999999"><c r="ZZZZZZ99999999999"><v>1</v></c></row>')),
    )
    yield "row_negative", made(workbook(b'<row r="-1"><c r="A-1"><v>1</v></c></row>'))
    yield (
        "text_of_no_number",
        made(workbook(b'<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>')),
    )
    yield (
        "sheet_of_180_mb",
        made(
            plain
            | {sheet: plain[sheet].replace(b"<sheetData>", b"<sheetData>" + b" " * (180 << 20))}
        ),
    )
    yield (
        "sheet_of_220_mb",
        made(
            plain
            | {sheet: plain[sheet].replace(b"<sheetData>", b"<sheetData>" + b" " * (220 << 20))}
        ),
    )
    yield "elements_100000_deep", made(workbook(b"<a>" * 100_000))
    yield "attribute_of_30_mb", made(workbook(b'<row r="1" x="%s"/>' % (b"x" * (30 << 20))))
    yield (
        "formulas",
        made(
            workbook(
                b'<row r="1"><c r="A1"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>1</v></c><c r="B1" t="str"><f>cmd|\'/c calc\'!A0</f><v>=1+1</v></c></row>'
            )
        ),
    )
    yield (
        "numbers_of_no_size",
        made(
            workbook(
                b'<row r="1"><c r="A1"><v>1e999999</v></c><c r="B1"><v>nan</v></c><c r="C1"><v>-inf</v></c></row>'
            )
        ),
    )
    yield (
        "sheet_of_itself",
        made(
            plain
            | {"xl/_rels/workbook.xml.rels": _RELS % (_REL % (1, b"worksheet", b"workbook.xml"))}
        ),
    )
    yield (
        "sheet_outside",
        made(
            plain
            | {
                "xl/_rels/workbook.xml.rels": _RELS
                % (_REL % (1, b"worksheet", b"../../../../etc/passwd"))
            }
        ),
    )
    yield (
        "sheet_elsewhere",
        made(
            plain
            | {
                "xl/_rels/workbook.xml.rels": _RELS
                % (_REL % (1, b"worksheet", b"http://127.0.0.1:9/x"))
            }
        ),
    )
    yield (
        "10000_sheets",
        made(
            plain
            | {
                "xl/workbook.xml": plain["xl/workbook.xml"].replace(
                    b"<sheets>", b"<sheets>" + b'<sheet name="s" sheetId="1" r:id="r1"/>' * 10_000
                )
            }
        ),
    )
    yield "no_sheets", made({k: v for k, v in plain.items() if k != sheet})
    yield "not_xml", made(plain | {sheet: bytes(range(256)) * 99})
    yield "cut", made(plain)[:-99]
    yield "two_parts_of_one_name", zipped([*plain.items(), (sheet, b"<worksheet/>")])
    yield "macro", made(plain | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(999)})
    yield "xls_rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40
    yield (
        "xls_sectors_in_a_ring",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, 0, 0, 4096, 0, 1, 0, 1)
        + bytes(436)
        + bytes(2048),
    )
    yield (
        "xls_encrypted",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999) + "EncryptedPackage".encode("utf-16-le"),
    )


def ofd_parts(content: bytes = b"") -> dict[str, bytes]:
    """The parts of a small OFD with all the names that readers look for."""
    space = b'xmlns:ofd="http://www.ofdspec.org/2016"'
    head = b'<?xml version="1.0" encoding="UTF-8"?>'
    return {
        "OFD.xml": head
        + b"<ofd:OFD %s Version='1.0'><ofd:DocBody><ofd:DocInfo><ofd:Title>t</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>"
        % space,
        "Doc_0/Document.xml": head
        + b"<ofd:Document %s><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:TemplatePage ID='9' BaseLoc='Tpls/Tpl_0/Content.xml'/></ofd:CommonData><ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/Page_0/Content.xml'/></ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>"
        % space,
        "Doc_0/PublicRes.xml": head + b"<ofd:Res %s/>" % space,
        "Doc_0/DocumentRes.xml": head + b"<ofd:Res %s/>" % space,
        "Doc_0/Tpls/Tpl_0/Content.xml": head + b"<ofd:Page %s><ofd:Content/></ofd:Page>" % space,
        "Doc_0/Pages/Page_0/Content.xml": head
        + b"<ofd:Page %s><ofd:Template TemplateID='9'/><ofd:Content><ofd:Layer ID='2'>%s<ofd:TextObject ID='3' Boundary='10 10 100 10' Size='4'><ofd:TextCode X='0' Y='4' DeltaX='4 4 4'>text</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
        % (space, content),
        "Doc_0/Annots/Annotations.xml": head + b"<ofd:Annotations %s/>" % space,
        "Doc_0/Signs/Signatures.xml": head + b"<ofd:Signatures %s/>" % space,
        "Doc_0/Attachs/original_invoice.xml": head + b"<eInvoice/>",
    }


def ofd_files() -> Iterator[tuple[str, bytes]]:
    def made(content: bytes = b"", **replaced: bytes) -> bytes:
        return zipped(
            list(
                (
                    ofd_parts(content)
                    | {k.replace("__", "/").replace("_xml", ".xml"): v for k, v in replaced.items()}
                ).items()
            )
        )

    plain = ofd_parts()
    document, path = plain["Doc_0/Document.xml"], "Doc_0/Document.xml"
    yield (
        "pages_of_a_million",
        zipped(
            list(
                (
                    plain
                    | {
                        path: document.replace(
                            b"<ofd:Page ID",
                            b"<ofd:Page ID='8' BaseLoc='Pages/Page_0/Content.xml'/>" * 300_000
                            + b"<ofd:Page ID",
                        )
                    }
                ).items()
            )
        ),
    )
    yield (
        "document_of_itself",
        zipped(
            list(
                (
                    plain | {"OFD.xml": plain["OFD.xml"].replace(b"Doc_0/Document.xml", b"OFD.xml")}
                ).items()
            )
        ),
    )
    yield (
        "page_of_itself",
        zipped(
            list(
                (
                    plain | {path: document.replace(b"Pages/Page_0/Content.xml", b"Document.xml")}
                ).items()
            )
        ),
    )
    yield (
        "template_of_itself",
        zipped(
            list(
                (
                    plain
                    | {"Doc_0/Tpls/Tpl_0/Content.xml": plain["Doc_0/Pages/Page_0/Content.xml"]}
                ).items()
            )
        ),
    )
    yield (
        "page_outside",
        zipped(
            list((plain | {path: document.replace(b"Pages/Page_0", b"../../../../etc")}).items())
        ),
    )
    yield (
        "page_box_of_10_30",
        zipped(
            list(
                (
                    plain | {path: document.replace(b"0 0 210 297", b"-1e30 -1e30 1e308 1e308")}
                ).items()
            )
        ),
    )
    yield (
        "page_box_nan",
        zipped(
            list((plain | {path: document.replace(b"0 0 210 297", b"nan nan inf inf")}).items())
        ),
    )
    yield "elements_300_deep", made(b"<ofd:PageBlock>" * 300 + b"</ofd:PageBlock>" * 300)
    yield "elements_500000", made(b"<a/>" * 500_000)
    yield (
        "steps_of_10_9",
        made(
            b"<ofd:TextObject Boundary='0 0 9 9' Size='4'><ofd:TextCode X='0' Y='4' DeltaX='g 1000000000 1'>"
            + b"x" * 99
            + b"</ofd:TextCode></ofd:TextObject>"
        ),
    )
    yield (
        "path_of_30_mb",
        made(
            b"<ofd:PathObject Boundary='0 0 9 9'><ofd:AbbreviatedData>"
            + b"M 0 0 L 9 9 " * (5 << 19)
            + b"</ofd:AbbreviatedData></ofd:PathObject>"
        ),
    )
    yield (
        "composite_of_itself",
        made(
            b"<ofd:CompositeObject ResourceID='5' Boundary='0 0 9 9'/>",
            Doc_0__PublicRes_xml=b"<Res><CompositeGraphicUnits><CompositeGraphicUnit ID='5'><Content><CompositeObject ResourceID='5' Boundary='0 0 9 9'/><CompositeObject ResourceID='5' Boundary='0 0 9 9'/></Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>",
        ),
    )
    yield "encrypted", made(Encryptions_xml=b"<a/>")
    yield "part_of_33_mb", made(Doc_0__PublicRes_xml=b" " * (33 << 20))
    yield "two_parts_of_one_name", zipped([*plain.items(), ("Doc_0/Document.xml", b"<a/>")])
    yield "cut", zipped(list(plain.items()))[:-60]


def texts() -> Iterator[tuple[str, bytes]]:
    yield "csv_of_3_million_cells", b",".join([b"1"] * 3000) + b"\n" + (b"1," * 3000 + b"\n") * 1000
    yield "csv_one_line_of_20_mb", b"a,b,c\n1,2,3\n" + b"," * (20 << 20)
    yield "csv_quote_without_end", b'a,b,c\n1,2,3\n"' + b"x\n" * (5 << 20)
    yield "csv_formulas", b"a,b,c\n=1+1,@SUM(A1),+cmd|' /C calc'!A0\n-2+3,\t=1,\r=1\n"
    yield "csv_nul", b"a,b,c\n1,\x00,3\n" * 99
    yield "csv_field_of_10_mb", b"a,b,c\n1,2," + b"9" * (10 << 20) + b"\n1,2,3\n"
    yield "csv_utf16_cut", b"\xff\xfe" + "a,b,c\n1,2,3\n".encode("utf-16-le") + b"\x00"
    yield "xml_200000_deep", b"<?xml version='1.0'?><eInvoice>" + b"<a>" * 200_000
    yield (
        "xml_laughs",
        b"<?xml version='1.0'?><!DOCTYPE e [<!ENTITY a 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(20))
        + b"]><eInvoice>&u;</eInvoice>",
    )
    yield (
        "xml_outside",
        b"<?xml version='1.0'?><!DOCTYPE e [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><eInvoice><InvoiceNo>&a;</InvoiceNo></eInvoice>",
    )
    yield "html", b"<html><script>alert(1)</script><table><tr><td>1</td></tr></table></html>"
    yield (
        "mail",
        b"From: a@b\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf\n\n%PDF-1.7\n--b--\n",
    )
    yield "program", b"\x7fELF" + bytes(range(256)) * 99
    yield "noise", bytes((n * n * 31 + n // 7) & 255 for n in range(99_999))
    yield "regular_words", ("货币资金 " * 200_000).encode()


def two_at_once() -> Iterator[tuple[str, bytes]]:
    document, archive, picture = (
        page(b"BT ET"),
        zipped([("a.csv", CSV)]),
        b"\x89PNG\r\n\x1a\n" + bytes(99),
    )
    yield "pdf_then_zip", document + archive
    yield "zip_then_pdf", archive + document
    yield "zip_with_pdf_before_its_directory", zipped([("%PDF-1.7", document)], _STORED)
    yield "png_then_pdf", picture + document
    yield "pdf_then_png", document + picture
    yield "gif_then_zip", b"GIF89a" + bytes(9) + archive
    yield "pdf_after_1000_bytes", bytes(1000) + document
    yield "pdf_in_pdf", document[:99] + document + document
    yield "html_then_pdf", b"<html><!--" + document + b"-->"
    yield (
        "jpeg_with_zip_in_its_notes",
        b"\xff\xd8\xff\xfe" + struct.pack(">H", len(archive) + 2) + archive + b"\xff\xd9",
    )
    yield "xlsx_that_is_an_ofd", zipped([*workbook().items(), *ofd_parts().items()])
    yield "ofd_named_as_word", zipped([*ofd_parts().items(), ("word/document.xml", b"<a/>")])
    yield "xml_then_csv", b"<?xml version='1.0'?>\n" + CSV * 9
    yield "nothing", b""
    yield "one_byte", b"P"
    yield "marks_alone", b"%PDF-"
    yield "zip_mark_alone", b"PK\3\4"


FAMILIES = {
    "zip_bomb": zip_bombs,
    "zip_path": zip_paths,
    "xlsx": xlsx_files,
    "ofd": ofd_files,
    "text": texts,
    "polyglot": two_at_once,
}


def hostile_packages() -> Iterator[Case]:
    for family, made in FAMILIES.items():
        for name, data in made():
            yield family, name, data
