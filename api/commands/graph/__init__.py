"""huoyan graph: the graph of parties and guarantees from the command line."""

from api.commands.graph.app import graph_app

__all__ = ["graph_app"]
