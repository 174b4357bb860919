"""Who changes a colleague's row, and who writes what names that colleague, do not wait for each
other: on Postgres a circle of such locks ends with an error for one of them."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import ANA, BIA, CAIO, at_once, only, participant, write
from wa_assistant.accounts import team
from wa_assistant.conversation import aids, notes
from wa_assistant.database import db, transaction
from wa_assistant.models import AidKind, Role, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def _on_postgres(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("One writes at a time there.")


@pytest.fixture(autouse=True)
def _people(context: None) -> None:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))
        db.session.add(User(email=CAIO, name="Caio", role=Role.OWNER))
    write(ANA)


def bia() -> Any:
    return only(User, User.email == BIA)


def note(participant_id: int) -> None:
    notes.write(participant_id, bia(), "Call her.", "key")


def ask(participant_id: int) -> None:
    aids.ask(bia(), participant_id, AidKind.SUMMARY, "pt")


VERBS = [note, ask]


@pytest.mark.parametrize("verb", VERBS)
def test_what_names_them_is_written_while_they_are_changed(app, verb: Callable[[int], None]):
    ana, bia_id = participant(ANA).id, bia().id
    written = threading.Event()

    def change() -> bool:
        with transaction():
            team.managed(bia_id, only(User, User.email == CAIO))
            held.set()
            return written.wait(10)

    def names_them() -> None:
        held.wait(10)
        verb(ana)
        written.set()

    held = threading.Event()
    with at_once(app, 2) as start:
        changed, named = start(change), start(names_them)
    named.result()
    assert changed.result(), "whoever wrote had to wait"
