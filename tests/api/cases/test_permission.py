"""Four eyes whatever the order of acts: one person never decides a case that needs two, and nobody
checks what he made.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from office import Office, opened

from api.cases import service
from api.cases.permission import Situation, permitted, reaches
from api.errors import Problem
from api.http.authentication import Caller
from api.http.roles import ROLES
from api.store.case_tables import Case
from api.store.ids import new_id
from api.store.packet_tables import Correction, Packet
from api.store.people_tables import User

_DISPOSITION = st.sampled_from(["clean", "false_information"])
_ONES = ("claim", "release", "comment", "propose", "decide", "return", "reopen", "assign")
_STACK = ExitStack()
_OFFICE: list[Office] = []


@pytest.fixture(scope="module", autouse=True)
def _office() -> Any:
    with _STACK:
        folder = _STACK.enter_context(tempfile.TemporaryDirectory())
        _OFFICE[:] = [_STACK.enter_context(opened(Path(folder), "sqlite"))]
        yield


class Acts(RuleBasedStateMachine):
    """People with every scope in cases act on one case in any order; the model remembers who
    decided and what they had done before.
    """

    people = 3

    @initialize(
        amount=st.sampled_from(["5", "1000000", ""]),
        band=st.sampled_from(["low", "high"]),
        maker=st.integers(-1, 2),
    )
    def begin(self, amount: str, band: str, maker: int) -> None:
        self.office = _OFFICE[0]
        self.ids = [new_id("usr") for _ in range(3)]
        with self.office.wiring.database.writing(self.office.org) as session:
            session.add_all(
                User(id=i, login=i, name=i, role="senior_reviewer", created_at=self.office.now)
                for i in self.ids
            )
        by = "key_1" if maker < 0 else self.ids[maker % self.people]
        self.packet = self.office.packet(amount=amount, band=band, by=by)
        self.two = amount != "5" or band == "high"
        self.makers = {by}
        self.proposed: tuple[str, str] | None = None

    def _in_case(self, act: Callable[[Any, Case], Any]) -> bool:
        """Whether the act was allowed. One that was refused has changed nothing."""
        try:
            with self.office.wiring.database.writing(self.office.org) as session:
                case = session.query(Case).filter(Case.packet_id == self.packet).one()
                act(session, case)
        except Problem:
            return False
        return True

    @rule(
        who=st.integers(0, 2),
        whom=st.integers(0, 2),
        nth=st.integers(0, 7),
        disposition=_DISPOSITION,
    )
    def permitted_act(self, who: int, whom: int, nth: int, disposition: str) -> None:
        """An act on the way to a decision that the case says is permitted, so that most runs come
        to one.
        """
        me = self.ids[who % self.people]
        caller = Caller(
            org=self.office.org,
            id=me,
            name=me,
            role="senior_reviewer",
            scopes=ROLES["senior_reviewer"],
        )
        with self.office.wiring.database.reading(self.office.org) as session:
            case = session.query(Case).filter(Case.packet_id == self.packet).one()
            may = [
                a
                for a in permitted(
                    service.situation(session, service.shown(session, case.id)), caller
                )
                if a in ("claim", "propose", "decide")
            ]
            disposition = case.disposition or disposition
        if may:
            self.act(who, whom, may[nth % len(may)], disposition)

    @rule(
        who=st.integers(0, 2),
        whom=st.integers(0, 2),
        name=st.sampled_from(_ONES),
        disposition=_DISPOSITION,
    )
    def act(self, who: int, whom: int, name: str, disposition: str) -> None:
        me, other, now = self.ids[who % self.people], self.ids[whom % self.people], self.office.now
        caller = Caller(
            org=self.office.org,
            id=me,
            name=me,
            role="senior_reviewer",
            scopes=ROLES["senior_reviewer"],
        )
        acts: dict[str, Callable[[Any, Case], Any]] = {
            "claim": lambda s, c: service.claim(s, caller, c, now),
            "release": lambda s, c: service.release(s, caller, c, now),
            "comment": lambda s, c: service.comment(s, caller, c, "x", now),
            "propose": lambda s, c: service.propose(s, caller, c, disposition, "x", now),
            "decide": lambda s, c: service.decide(s, caller, c, disposition, "x", now),
            "return": lambda s, c: service.give_back(s, caller, c, "x", now),
            "reopen": lambda s, c: service.reopen(s, caller, c, "x", now),
            "assign": lambda s, c: service.assign(s, caller, c, other, now),
        }
        if not self._in_case(acts[name]):
            return
        if name == "propose":
            self.proposed = (me, disposition)
        elif name == "decide" and self.two:
            assert (
                self.proposed is not None
                and self.proposed[0] != me
                and self.proposed[1] == disposition
                and me not in self.makers
            )
        if name in ("return", "reopen"):
            self.proposed = None

    @rule(who=st.integers(0, 2))
    def correct(self, who: int) -> None:
        me = self.ids[who % self.people]
        self.makers.add(me)
        row = Correction(
            id=new_id("cor"),
            packet_id=self.packet,
            document="d",
            field="f",
            old_value="1",
            value="2",
            reason="x",
            made_by=me,
        )
        row.made_at = self.office.now
        with self.office.wiring.database.writing(self.office.org) as session:
            session.add(row)

    @rule(band=st.sampled_from(["low", "low", "high"]))
    def another_report(self, band: str) -> None:
        self.two = self.two or band == "high"
        self.proposed = None
        self.office.report(self.packet, band=band)

    @rule(status=st.sampled_from(["queued", "done"]))
    def verification(self, status: str) -> None:
        with self.office.wiring.database.writing(self.office.org) as session:
            session.get_one(Packet, self.packet).status = status


class Alone(Acts):
    """The same with one person, of whom what `act` asserts of a decision can never hold: he decides
    only what needs no second.
    """

    people = 1


# Without shrinking, which through a database would take minutes to say what the first failing order
# of acts says.
_HOW = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
TestActs = Acts.TestCase
TestActs.settings = _HOW
TestAlone = Alone.TestCase
TestAlone.settings = _HOW


def test_a_limit() -> None:
    assert [reaches(a, "1000000") for a in ("999999.99", "1000000", "1000000.00", "")] == [
        False,
        True,
        True,
        True,
    ]


def test_a_program_may_nothing() -> None:
    program = Caller(
        org="org", id="key_1", name="k", role="system", scopes=ROLES["senior_reviewer"]
    )
    at = Situation(
        state="open",
        assignee="",
        proposed_by="",
        proposed="",
        two=False,
        makers=frozenset(),
        under_way=False,
    )
    assert permitted(at, program) == []
