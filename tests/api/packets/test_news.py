"""Who waits for a packet is woken from any thread, misses nothing, and hears nothing of other
packets.
"""

from __future__ import annotations

import asyncio
import threading

import pytest

from api.runtime.progress_feed import ProgressFeed

LONG, SOON = 3600.0, 30.0


def test_it_wakes_all_who_wait_from_any_thread() -> None:
    news = ProgressFeed()

    async def waits() -> None:
        with news.about("pkt_1") as one, news.about("pkt_1") as other:
            threading.Timer(0.05, news.tell, ["pkt_1"]).start()
            await asyncio.wait_for(asyncio.gather(one.hear(LONG), other.hear(LONG)), SOON)

    asyncio.run(waits())


def test_what_was_told_before_it_listened_closely_is_heard_once() -> None:
    news = ProgressFeed()

    async def waits() -> None:
        with news.about("pkt_1") as ear:
            news.tell("pkt_1")
            await asyncio.wait_for(ear.hear(LONG), SOON)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(ear.hear(LONG), 0.05)

    asyncio.run(waits())


def test_other_packets_are_no_news_and_patience_ends() -> None:
    news = ProgressFeed()

    async def waits() -> None:
        with news.about("pkt_1") as ear:
            news.tell("pkt_2")
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(ear.hear(LONG), 0.05)
            await asyncio.wait_for(ear.hear(0.01), SOON)

    asyncio.run(waits())


def test_who_waits_for_the_end_is_not_woken_by_steps() -> None:
    news = ProgressFeed()

    async def waits() -> None:
        with news.about("pkt_1", end=True) as ear, news.about("pkt_1") as other:
            news.tell("pkt_1")
            await asyncio.wait_for(other.hear(LONG), SOON)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(ear.hear(LONG), 0.05)
            news.tell("pkt_1", end=True)
            await asyncio.wait_for(asyncio.gather(ear.hear(LONG), other.hear(LONG)), SOON)

    asyncio.run(waits())


def test_who_is_gone_keeps_nobody_from_telling() -> None:
    news = ProgressFeed()

    async def leaves() -> None:
        with news.about("pkt_1"):
            raise KeyError

    with pytest.raises(KeyError):
        asyncio.run(leaves())
    news.tell("pkt_1")
    held = news.about("pkt_2")

    async def holds() -> None:
        held.__enter__()

    asyncio.run(holds())
    news.tell("pkt_2")  # whose loop has ended
