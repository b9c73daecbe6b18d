"""Rounds come by themselves, sooner when asked, again after a failure, and not after the end."""

from __future__ import annotations

import threading

from api.runtime.periodic import Repeating


def test_a_round_that_is_asked_for_comes_at_once() -> None:
    done = threading.Event()
    rounds = Repeating("rounds", 3600, done.set)
    rounds.wake()  # before it has started too
    rounds.start()
    assert done.wait(30)
    done.clear()
    rounds.wake()
    assert done.wait(30)
    rounds.stop()


def test_one_that_fails_is_tried_again() -> None:
    told, done = [], threading.Event()

    def act() -> None:
        told.append(len(told))
        if len(told) < 3:
            raise OSError("away")
        done.set()

    rounds = Repeating("rounds", 0.01, act)
    rounds.start()
    assert done.wait(30)
    rounds.stop()


def test_it_stops_though_the_next_round_is_far() -> None:
    done = threading.Event()
    rounds = Repeating("rounds", 3600, done.set)
    rounds.start()
    rounds.stop()
    assert not done.is_set() and "rounds" not in {t.name for t in threading.enumerate()}
