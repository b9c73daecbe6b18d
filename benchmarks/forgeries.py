"""How files are made: kinds of forgery, each with an honest look-alike, on the project's own
layouts; precision and recall by kind.

python benchmarks/forgeries.py [--seeds 25] [--kinds a,b]
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "fixtures"))

import forge_ofd  # noqa: E402 - the path is set above
import forge_pdf as pdf  # noqa: E402
import forge_picture as pic  # noqa: E402
import forge_signed as sign  # noqa: E402
import numpy as np  # noqa: E402
import other_layouts as other  # noqa: E402
import paper  # noqa: E402
from degrade import jpeg, page_picture  # noqa: E402
from firm import Firm, make_firm  # noqa: E402
from statement_layouts import LAYOUTS  # noqa: E402

from extractors.intake.limits import Limits  # noqa: E402
from extractors.model import Box  # noqa: E402
from extractors.read import assemble, read_file  # noqa: E402
from verify.context.context import context_of  # noqa: E402
from verify.model import Severity  # noqa: E402
from verify.pipeline import assess  # noqa: E402
from verify.policy import default_policy  # noqa: E402

_DPI = 200
_MAKING = ("FOR", "PIC")


@dataclass(frozen=True)
class Pair:
    """A forged file and an honest one that looks like it; the place changed, where there is one."""

    forged: tuple[bytes, ...]
    honest: tuple[bytes, ...]
    page: int = 1
    box: Box | None = None


def _statement(firm: Firm, dice: random.Random) -> bytes:
    return LAYOUTS[dice.choice(("ruled.pdf", "newest.pdf", "unruled.pdf"))](firm)


def _paper(firm: Firm, dice: random.Random) -> bytes:
    return (
        _statement(firm, dice)
        if dice.random() < 0.6
        else other.invoice(firm.sales[dice.randrange(len(firm.sales))])
    )


def _spot(data: bytes, dice: random.Random) -> pdf.Spot:
    return dice.choice([s for s in pdf.figures(data) if not s.text.startswith("¥")])


def _box(data: bytes, spot: pdf.Spot) -> Box:
    return _fractions(data, spot.page, spot.box)


def _fractions(data: bytes, page: int, edges: pdf.Edges) -> Box:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(data)
    width, height = document[page].get_size()
    document.close()
    left, bottom, right, top = edges
    return Box(left / width, 1 - top / height, right / width, 1 - bottom / height)


_STATEMENTS_ONLY = (pdf.same_font, pdf.set_anew, pdf.second_subset)


def _edit(
    change: Callable[[bytes, pdf.Spot, str], bytes],
    honest: Callable[[bytes, pdf.Spot, random.Random], bytes],
) -> Callable[[Firm, random.Random], Pair]:
    def make(firm: Firm, dice: random.Random) -> Pair:
        data = _statement(firm, dice) if change in _STATEMENTS_ONLY else _paper(firm, dice)
        spot = _spot(data, dice)
        new = pdf.another(spot.text, dice)
        if change is pdf.same_font:
            new = (
                dice.choice("123456789") + "," * (spot.text.find(",") == 3) + new
            )  # one digit more: ten times or a hundred thousand
        return Pair(
            (change(data, spot, new),), (honest(data, spot, dice),), spot.page + 1, _box(data, spot)
        )

    return make


def _saved(data: bytes, spot: pdf.Spot, dice: random.Random) -> bytes:
    import pikepdf

    return pdf.saved(pikepdf.open(io.BytesIO(data)))


def _hidden(firm: Firm, dice: random.Random) -> Pair:
    data = other.invoice(firm.sales[3])
    texts = [s.text for s in pdf.figures(data, 4)]
    return Pair(
        (
            pdf.hidden_layer(
                data,
                [
                    f"Total {dice.randrange(10**6, 10**7):,}.{dice.randrange(100):02d}",
                    "Net 987,654.32",
                ],
            ),
        ),
        (pdf.hidden_layer(data, texts),),
    )


def _lying(firm: Firm, dice: random.Random) -> Pair:
    data = _paper(firm, dice)
    return Pair((pdf.lying_digits(data, dice),), (_saved(data, _spot(data, dice), dice),))


def _named(firm: Firm, dice: random.Random) -> Pair:
    data = _statement(firm, dice)
    return Pair((pdf.lying_name(data, firm.name, dice),), (_saved(data, _spot(data, dice), dice),))


def _pictured(firm: Firm, dice: random.Random) -> Pair:
    data = other.invoice(firm.sales[dice.randrange(len(firm.sales))])
    spot = dice.choice([s for s in pdf.figures(data, 7) if s.text.startswith("¥")])
    return Pair(
        (pdf.pictured_over(data, spot, "¥" + pdf.another(spot.text[1:], dice)),),
        (pdf.sealed_over(data, spot),),
        spot.page + 1,
        _box(data, spot),
    )


def _exchanged(firm: Firm, dice: random.Random) -> Pair:
    data = LAYOUTS["ruled.pdf"](firm)
    with paper.in_font("STSong-Light"):
        odd = LAYOUTS["ruled.pdf"](firm)
    return Pair((pdf.other_page_in(data, odd, 2),), (data,), 3)


def _tool(firm: Firm, dice: random.Random) -> Pair:
    data = _statement(firm, dice)
    bad = dice.choice(
        (
            "Adobe Photoshop 25.0",
            "Canva",
            "Foxit PhantomPDF",
            "Microsoft® Word 2019",
            "WPS 文字",
            "CorelDRAW 2021",
        )
    )
    good = dice.choice(
        (
            "iText 2.1.7",
            "JasperReports 6.20",
            "Skia/PDF m120",
            "Microsoft: Print To PDF",
            "Apache FOP 2.3",
        )
    )
    return Pair((pdf.noted_as(data, Producer=bad),), (pdf.noted_as(data, Producer=good),))


def _early(firm: Firm, dice: random.Random) -> Pair:
    data = _statement(firm, dice)
    day = f"2025{dice.randrange(3, 11):02d}{dice.randrange(1, 28):02d}"
    return Pair(
        (pdf.noted_as(data, CreationDate=f"D:{day}101112+08'00'"),),
        (
            pdf.noted_as(
                data, CreationDate="D:20260105101112+08'00'", ModDate="D:20260125101112+08'00'"
            ),
        ),
    )


def _signed(kind: str, honest: str) -> Callable[[Firm, random.Random], Pair]:
    def make(firm: Firm, dice: random.Random) -> Pair:
        cases = sign.cases(dice.randrange(10**6))
        return Pair((cases[kind],), (cases[honest],))

    return make


def _ofd(kind: str, honest: str) -> Callable[[Firm, random.Random], Pair]:
    def make(firm: Firm, dice: random.Random) -> Pair:
        made = forge_ofd.make(dice.randrange(10**6))
        return Pair((made[kind],), (made[honest],))

    return make


def _data(firm: Firm, dice: random.Random) -> Pair:
    sale = firm.sales[dice.randrange(len(firm.sales))]
    page, own = other.invoice(sale), forge_ofd.invoice_xml(sale)
    return Pair((other.invoice(sale, total=(sale.net + sale.tax) * 10), own), (page, own))


def _picture(change: str) -> Callable[[Firm, random.Random], Pair]:
    def make(firm: Firm, dice: random.Random) -> Pair:
        noise = np.random.default_rng(dice.randrange(2**32))
        data = other.invoice(firm.sales[dice.randrange(len(firm.sales))])
        spot = dice.choice(
            [s for s in pdf.figures(data) if s.text.startswith("¥") or len(s.text) >= 8]
        )
        page = page_picture(data, spot.page + 1, _DPI)
        place = _pixels(page, _box(data, spot))
        scan = pic.scanned(page, noise)
        place = _moved(scan, place)
        new = pdf.another(spot.text, dice)
        if change == "spliced":
            forged = pic.spliced(
                scan,
                spot.text,
                [
                    _pixels(page, _fractions(data, spot.page, edges))
                    for edges in pdf.characters(data, spot)
                ],
            )
        elif change == "pasted":
            donor = dice.choice(
                [s for s in pdf.figures(data) if s is not spot and len(s.text) == len(spot.text)]
                or [spot]
            )
            forged = pic.pasted(scan, place, page, _pixels(page, _box(data, donor)))
        else:
            forged = getattr(pic, change)(scan, place, new)
        height, width = page.shape[:2]
        box = Box(place[0] / width, place[1] / height, place[2] / width, place[3] / height)
        quality = dice.randrange(80, 96)
        return Pair((jpeg(forged, quality),), (jpeg(scan, quality),), 1, box)

    return make


def _pixels(page: pic.Picture, box: Box) -> pic.Place:
    height, width = page.shape[:2]
    return (
        round(box.left * width),
        round(box.top * height),
        round(box.right * width),
        round(box.bottom * height),
    )


def _moved(scan: pic.Picture, place: pic.Place) -> pic.Place:
    """A place as wide as before, kept within the picture: a scan is turned by a pixel or two at
    most.
    """
    height, width = scan.shape[:2]
    return (
        max(1, place[0] - 2),
        max(1, place[1] - 3),
        min(width - 1, place[2] + 2),
        min(height - 1, place[3] + 3),
    )


KINDS: dict[str, Callable[[Firm, random.Random], Pair]] = {
    "incremental update | a clerk's mark in a second revision": _edit(
        pdf.incremental, lambda d, s, r: pdf.margin_note(d, r)
    ),
    "painted over | the same figure on a ground": _edit(
        pdf.painted_over, lambda d, s, r: pdf.reprinted(d, s)
    ),
    "retyped in another font | saved anew": _edit(pdf.retyped, _saved),
    "longer figure in its own font | saved anew": _edit(pdf.same_font, _saved),
    "set anew in its own font, as long | saved anew": _edit(pdf.set_anew, _saved),
    "set anew in a second subset | saved anew": _edit(pdf.second_subset, _saved),
    "name that lies | saved anew": _named,
    "picture of another figure over one | a seal over a figure": _pictured,
    "text box over a figure | marker over a figure": _edit(
        pdf.note_over, lambda d, s, r: pdf.note_over(d, s, "", "/Highlight")
    ),
    "old content left in the body | saved anew": _edit(pdf.left_behind, _saved),
    "hidden layer with other figures | a scanner's layer": _hidden,
    "digits that lie | saved anew": _lying,
    "page exchanged | as printed": _exchanged,
    "design or office program | an issuer's system": _tool,
    "made before its period ended | saved by a viewer later": _early,
    "changed after signing | a note after signing": _signed("changed", "annotated"),
    "signature taken out | signed twice": _signed("unsigned_field", "twice"),
    "OFD changed after sealing | sealed": _ofd("edited", "signed"),
    "OFD digest made anew | sealed": _ofd("redone", "signed"),
    "page against its data | both agree": _data,
    "scan: retyped in another font | scan": _picture("retyped"),
    "scan: retyped in its own font | scan": _picture("retyped_alike"),
    "scan: pasted from a sharper copy | scan": _picture("pasted"),
    "scan: digit copied | scan": _picture("spliced"),
}


@dataclass(frozen=True)
class Seen:
    """What is said above low: by how the file was made, of that at the place, and by any rule at
    the place.
    """

    making: bool
    placed: bool
    any_rule: bool


def _seen(files: tuple[bytes, ...], page: int, box: Box | None) -> Seen:
    readings = [read_file(f"{n}.bin", data, Limits()) for n, data in enumerate(files)]
    packet = assemble("p", readings)
    report = assess(packet, context_of([packet]), default_policy(), date(2026, 1, 31))
    told = [f for f in report.findings if f.severity in (Severity.MEDIUM, Severity.HIGH)]
    placed = [
        f
        for f in told
        if any(e.page == page and (box is None or _meet(e.box, box)) for e in f.evidence)
    ]
    return Seen(
        any(f.rule[:3] in _MAKING for f in told),
        any(f.rule[:3] in _MAKING for f in placed),
        bool(placed),
    )


def _meet(a: Box, b: Box) -> bool:
    wide, high = (
        min(a.right, b.right) - max(a.left, b.left),
        min(a.bottom, b.bottom) - max(a.top, b.top),
    )
    return wide > 0 and high > 0 and a.bottom - a.top < 0.35


def _one(job: tuple[str, int]) -> tuple[str, Seen, bool]:
    kind, seed = job
    dice = random.Random(f"{kind}{seed}")
    pair = KINDS[kind](make_firm(seed), dice)
    return (
        kind,
        _seen(pair.forged, pair.page, pair.box),
        _seen(pair.honest, pair.page, pair.box).making,
    )


def rows(seeds: int, kinds: list[str]) -> Iterator[str]:
    """A line of a table for each kind, then the sum."""
    jobs = [(kind, 500 + n) for kind in kinds for n in range(seeds)]
    with Pool(2) as pool:
        results = list(pool.imap_unordered(_one, jobs))
    yield "| forgery | found | at its place | by any rule | look-alike | alarms |"
    yield "|---|---|---|---|---|---|"
    for kind in kinds:
        own = [r for r in results if r[0] == kind]
        name, _, alike = kind.partition(" | ")
        counts = [
            sum(getattr(seen, what) for _, seen, _ in own)
            for what in ("making", "placed", "any_rule")
        ]
        shown = " | ".join(f"{n}/{len(own)}" for n in counts)
        yield f"| {name} | {shown} | {alike} | {sum(alarm for _, _, alarm in own)}/{len(own)} |"
    found, alarms = (
        sum(seen.making for _, seen, _ in results),
        sum(alarm for _, _, alarm in results),
    )
    yield f"\nrecall {found}/{len(results)} = {found / len(results):.1%}; precision {found / max(found + alarms, 1):.1%}; alarms {alarms}/{len(results)}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=25)
    parser.add_argument("--kinds", default="")
    given = parser.parse_args()
    kinds = [
        k for k in KINDS if not given.kinds or any(part in k for part in given.kinds.split(","))
    ]
    for line in rows(given.seeds, kinds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
