"""The day that an answer is for: today where none is given, `all` for relations of all days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import wrong
from api.runtime.business_day import day_in_china

if TYPE_CHECKING:
    from graphs.model import PartyGraph

ALL_DAYS = "all"
DayOrAll = Annotated[
    str,
    typer.Option(
        "--as-of",
        help="Relations live on this day (2026-01-31; today without it), or `all`.",
    ),
]


def chosen_day(told: str) -> date | None:
    """None for all days; ends with exit code 2 for what is no day."""
    if told == ALL_DAYS:
        return None
    if not told:
        return day_in_china(datetime.now(UTC))
    try:
        return date.fromisoformat(told)
    except ValueError:
        wrong(f"--as-of: 应为 2026-01-31 或 all / expected 2026-01-31 or all: {told}")


def live_on(graph: PartyGraph, told: str) -> tuple[PartyGraph, int, str]:
    """The graph on the day, how many relations are left out, and the day in words."""
    day = chosen_day(told)
    if day is None:
        return graph, 0, ALL_DAYS
    live = graph.as_of(day)
    return live, len(graph.relations) - len(live.relations), day.isoformat()
