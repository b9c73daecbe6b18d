"""The examples of the documentation run against a service as they stand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from firm import make_firm
from other_layouts import invoice
from running_service import Service

from api.http.write_collection import collection
from api.http.write_openapi import openapi

EXAMPLES = ROOT / "docs" / "examples"
COMMANDS = {
    "python": [sys.executable, str(EXAMPLES / "verify.py")],
    "curl": ["bash", str(EXAMPLES / "verify.sh")],
    "java": ["java", str(EXAMPLES / "Verify.java")],
}
NEEDED = {"python": (sys.executable,), "curl": ("curl", "jq"), "java": ("java", "javac")}


@pytest.mark.parametrize("language", COMMANDS)
def test_an_example_verifies_a_file(
    language: str, service: Service, address: str, tmp_path: Path
) -> None:
    if not all(shutil.which(program) for program in NEEDED[language]):
        pytest.skip(f"{language} is not here")
    paper = tmp_path / "发票.pdf"
    paper.write_bytes(invoice(make_firm(100).sales[0]))
    env = os.environ | {"HUOYAN_ADDRESS": address, "HUOYAN_KEY": service.key()}
    env |= {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    command = [*COMMANDS[language], f"EX-{language}", str(paper)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    band, score = done.stdout.split()
    assert band in ("low", "medium", "high") and 0 <= float(score) <= 100


def test_an_example_says_what_is_wrong(service: Service, address: str, tmp_path: Path) -> None:
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"x")
    env = os.environ | {"HUOYAN_ADDRESS": address, "HUOYAN_KEY": "hyk_wrong"}
    env |= {"PYTHONPATH": str(ROOT)}
    command = [*COMMANDS["python"], "EX-wrong", str(paper)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "not_logged_in" in done.stderr


def test_the_collection_is_that_of_the_document() -> None:
    kept = json.loads((EXAMPLES / "huoyan.postman_collection.json").read_text("utf-8"))
    assert kept == collection(openapi()), "run python -m api.http.write_collection"


def test_the_collection_has_every_operation() -> None:
    spec = openapi()
    asked = {each["name"] for folder in collection(spec)["item"] for each in folder["item"]}
    methods = ("get", "post", "put", "patch", "delete")
    there = {
        f"{method.upper()} {path}"
        for path, item in spec["paths"].items()
        for method in methods
        if method in item
    }
    assert asked == there
