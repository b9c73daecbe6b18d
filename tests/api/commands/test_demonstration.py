"""The demonstration has people who can take a case from the queue to a decision."""

from __future__ import annotations

from pathlib import Path

from running_service import served

from api.commands.demonstration import PEOPLE, add_people

PASSWORD = "a-password-of-the-demonstration"


def test_people_of_the_demonstration_log_in_with_the_password_given_out(tmp_path: Path) -> None:
    with served(tmp_path) as service:
        assert add_people(service.wiring, "") == []
        assert add_people(service.wiring, PASSWORD) == [login for login, _, _ in PEOPLE]
        for login, name, role in PEOPLE:
            me = service.log_in(login, PASSWORD).get("/v1/me").json()
            assert (me["name"], me["role"]) == (name, role)


def test_people_are_added_once_and_never_to_those_of_a_bank(tmp_path: Path) -> None:
    with served(tmp_path) as service:
        add_people(service.wiring, PASSWORD)
        assert add_people(service.wiring, PASSWORD) == []
