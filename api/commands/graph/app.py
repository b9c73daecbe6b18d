"""The commands under `huoyan graph`, each from the file that it stands in."""

from __future__ import annotations

import typer

from api.commands.graph.parties import contacts, control, neighbours, path, same
from api.commands.graph.risk import cut, maturities, stress
from api.commands.graph.sources import build, declared, export, import_
from api.commands.graph.structures import check, circles, communities, flows, rings

graph_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Who guarantees, owns and controls whom."
)
graph_app.command("build")(build)
graph_app.command("import")(import_)
graph_app.command("export")(export)
graph_app.command("declared")(declared)
graph_app.command("circles")(circles)
graph_app.command("communities")(communities)
graph_app.command("check")(check)
graph_app.command("rings")(rings)
graph_app.command("flows")(flows)
graph_app.command("stress")(stress)
graph_app.command("cut")(cut)
graph_app.command("maturities")(maturities)
graph_app.command("contacts")(contacts)
graph_app.command("control")(control)
graph_app.command("same")(same)
graph_app.command("path")(path)
graph_app.command("neighbours")(neighbours)
