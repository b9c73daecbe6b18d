"""Names and versions of what reads and judges."""

from __future__ import annotations

import hashlib
from importlib.metadata import version

from extractors.engines.installed import engine_names
from extractors.forensics.pdf.signed_bytes import trust_list


def engines() -> dict[str, str]:
    """Names and versions of what read and judged, for the report."""
    return {
        "pdf": f"pypdfium2 {version('pypdfium2')}",
        "pdf_second": f"pdfplumber {version('pdfplumber')}",
        "sheet": f"python-calamine {version('python-calamine')}",
        "contracts": f"spacy {version('spacy')}",
        **engine_names(),
        **({"trust_list": hashlib.sha256(trust_list()).hexdigest()[:16]} if trust_list() else {}),
        "qr": f"zxing-cpp {version('zxing-cpp')}",
        "huoyan": version("huoyan"),
    }
