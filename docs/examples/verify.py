"""Verify the files of one application and print its score: python verify.py REFERENCE FILE…

HUOYAN_ADDRESS and HUOYAN_KEY say where the service is and by which key. Only httpx is needed beside
the client.
"""

from __future__ import annotations

import os
import sys

from api.client import Client, ServiceError


def main() -> None:
    """Run one application from its files to its score."""
    reference, *paths = sys.argv[1:]
    address = os.environ.get("HUOYAN_ADDRESS", "http://127.0.0.1:8080")
    with Client(address, os.environ["HUOYAN_KEY"]) as client:
        try:
            report = client.verify(reference, paths)
        except ServiceError as error:
            sys.exit(f"{error.code}: {error.zh} / {error.en}")
    print(report["risk"]["band"], report["risk"]["score"])


if __name__ == "__main__":
    main()
