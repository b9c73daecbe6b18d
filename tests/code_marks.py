"""Measure how readable the code is: `python tests/code_marks.py`.

The marks come from libraries that are easy to read (followthemoney, nomenklatura, structlog,
monopoly, beancount, pyHanko). Until a package reaches them, its own figures of code_marks.json are
the limit (`--check`, part of `make check`), and they may only become better (`--tighten`).
"""

from __future__ import annotations

import ast
import io
import json
import math
import statistics
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grimp
import networkx

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("extractors", "graphs", "verify", "api")
RELEASED_MIGRATIONS = "versions"  # what Alembic wrote of a released schema is history
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LONGEST_LINE = 100
CEILINGS = Path(__file__).with_name("code_marks.json")
SESSION_CALLS = frozenset(
    ("add", "add_all", "delete", "execute", "flush", "get", "get_one", "merge", "scalar", "scalars")
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A measured value and the limit that it is held to."""

    name: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def is_reached(self) -> bool:
        return self.is_within(self.limit)

    def is_within(self, limit: float) -> bool:
        return self.value >= limit if self.at_least else self.value <= limit

    @property
    def ceiling(self) -> float:
        """The value as the next limit: one decimal, rounded towards the worse side, so that a line
        more or less does not matter.
        """
        rounded = math.floor if self.at_least else math.ceil
        return rounded(self.value * 10) / 10


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the product: its text and syntax tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def sources(*packages: str) -> list[Source]:
    """Read every module of some packages but released migrations."""
    found = []
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.parent.name == RELEASED_MIGRATIONS or "node_modules" in path.parts:
                continue
            text = path.read_text("utf-8")
            found.append(Source(path, text, ast.parse(text)))
    return found


def body_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    """Return the statements of a function without its docstring."""
    return function.body[1:] if ast.get_docstring(function) else function.body


def nodes_and_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[int, int]:
    """Count the syntax nodes of a function's body and the lines that they stand on."""
    body = body_of(function)
    if not body:
        return 0, 0
    nodes = sum(1 for statement in body for _ in ast.walk(statement))
    lines = (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1
    return nodes, lines


def local_names(source: Source) -> Iterator[str]:
    """Yield each name that a function assigns, but loop counters and ignored values."""
    for function in source.functions:
        assigned = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and is_stored(n)}
        yield from assigned - {"_"}


def is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def comments(text: str) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return sum(token.type == tokenize.COMMENT for token in tokens)


def session_calls(source: Source) -> int:
    """Count the calls of a database session outside repositories and the store."""
    parts = source.path.relative_to(ROOT).parts
    if source.path.name == "repository.py" or parts[:2] == ("api", "store"):
        return 0
    return sum(calls_session(node) for node in ast.walk(source.tree))


def calls_session(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SESSION_CALLS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "session"
    )


def import_circles() -> list[list[str]]:
    """Find the groups of modules that import each other in a circle."""
    sys.path.insert(0, str(ROOT))  # before `tests`, whose folders bear the packages' names
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    arrows = networkx.DiGraph()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            arrows.add_edge(module, imported)
    groups = networkx.strongly_connected_components(arrows)
    return [sorted(group) for group in groups if len(group) > 1]


def measured(found: list[Source]) -> list[Mark]:
    """Return every mark of the product with its limit."""
    counts = [nodes_and_lines(f) for s in found for f in s.functions]
    sizes = sorted(nodes for nodes, _ in counts)
    lines = sum(s.text.count("\n") for s in found)
    code_lines = sum(1 for s in found for line in s.text.splitlines() if line.strip())
    names = [name for s in found for name in local_names(s)]
    comprehensions = sum(isinstance(n, COMPREHENSIONS) for s in found for n in ast.walk(s.tree))
    long_lines = sum(len(line) > LONGEST_LINE for s in found for line in s.text.splitlines())
    body_lines = sum(count for _, count in counts)
    return [
        Mark("syntax nodes a function, median", statistics.median(sizes), 50),
        Mark("syntax nodes a function, 9th decile", sizes[int(len(sizes) * 0.9)], 190),
        Mark("syntax nodes a body line", sum(sizes) / body_lines, 8.5),
        Mark("lines over 100 columns, %", 100 * long_lines / lines, 0.5),
        Mark("comprehensions per 100 lines", 100 * comprehensions / code_lines, 2.5),
        Mark("one-letter local names, %", 100 * sum(len(n) == 1 for n in names) / len(names), 8),
        Mark("comment lines, %", 100 * sum(comments(s.text) for s in found) / code_lines, 3, True),
        Mark("session calls outside repositories", sum(session_calls(s) for s in found), 0),
    ]


def ceilings() -> dict[str, dict[str, float]]:
    """Return the limit of each mark that a package has not reached yet."""
    limits: dict[str, dict[str, float]] = json.loads(CEILINGS.read_text("utf-8"))
    return limits


def check() -> int:
    """Compare each package with its own ceilings; return 1 where one became worse."""
    limits = ceilings()
    worse = 0
    for package in PACKAGES:
        for mark in measured(sources(package)):
            limit = limits[package].get(mark.name, mark.limit)
            if not mark.is_within(limit):
                worse = 1
                sign = ">=" if mark.at_least else "<="
                print(f"{package}: {mark.name} is {mark.value:.3f}, must be {sign} {limit}")
    for circle in import_circles():
        worse = 1
        print("circle:", " ".join(circle))
    return worse


def tighten() -> int:
    """Write better figures as the new ceilings; a worse one leaves its ceiling."""
    limits = ceilings()
    for package in PACKAGES:
        own = limits[package]
        for mark in measured(sources(package)):
            if mark.is_reached:
                own.pop(mark.name, None)
            elif mark.is_within(own.get(mark.name, mark.limit)):
                own[mark.name] = mark.ceiling
    CEILINGS.write_text(json.dumps(limits, indent=2) + "\n", "utf-8")
    return 0


def main() -> int:
    """Print the table of marks; return 1 where one is missed."""
    if "--check" in sys.argv:
        return check()
    if "--tighten" in sys.argv:
        return tighten()
    marks = [
        *measured(sources(*PACKAGES)),
        Mark("import circles", len(import_circles()), 0),
    ]
    for mark in marks:
        word = "reached" if mark.is_reached else "MISSED"
        sign = ">=" if mark.at_least else "<="
        print(f"{mark.name:40} {mark.value:8.2f} {sign} {mark.limit:6.1f}  {word}")
    for circle in import_circles():
        print("circle:", " ".join(circle))
    return 0 if all(mark.is_reached for mark in marks) else 1


if __name__ == "__main__":
    sys.exit(main())
