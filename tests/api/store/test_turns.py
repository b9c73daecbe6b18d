"""Writers of SQLite wait in the order in which they asked, in threads and in event loops."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import TimeoutError as NoTurn

from api.store.turns import Turns


def test_one_at_a_time_and_in_order() -> None:
    turns, order, at_once = Turns(30), [], []
    turns.take()

    def write(number: int) -> None:
        turns.take()
        at_once.append(number)
        assert len(at_once) == 1
        order.append(number)
        at_once.pop()
        turns.give_back()

    with ThreadPoolExecutor(50) as pool:
        for number in range(50):
            pool.submit(write, number)
            while len(turns._waiting) <= number:  # who asks later stands later
                time.sleep(0.001)
        turns.give_back()
    assert order == list(range(50))


def test_who_waits_too_long_gets_no_turn_and_leaves_the_queue() -> None:
    turns = Turns(0.05)
    turns.take()
    with pytest.raises(NoTurn):
        turns.take()
    turns.give_back()
    turns.take()


def test_the_event_loop_waits_without_a_thread() -> None:
    turns = Turns(30)

    async def run() -> list[int]:
        done: list[int] = []

        async def write(number: int) -> None:
            await turns.taken()
            done.append(number)
            await asyncio.sleep(0)
            turns.give_back()

        turns.take()
        tasks = [asyncio.create_task(write(n)) for n in range(100)]
        threading.Timer(0.05, turns.give_back).start()
        await asyncio.gather(*tasks)
        return done

    assert asyncio.run(run()) == list(range(100))


def test_a_request_that_was_given_up_passes_its_turn_on() -> None:
    turns = Turns(30)

    async def run() -> None:
        turns.take()
        waiting = [asyncio.create_task(turns.taken()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        turns.give_back()
        await waiting[1]
        waiting[2].cancel()
        await asyncio.sleep(0)
        turns.give_back()

    asyncio.run(run())
    turns.take()
