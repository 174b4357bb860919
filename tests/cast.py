"""The people of the tests and what they do: Ana and Bruno write, the team watches."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from wa_assistant.accounts import sign_in
from wa_assistant.accounts.sessions import UNKNOWN, Browser, SignedIn
from wa_assistant.conversation import outbox
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.intake import reconciler, webhook_log
from wa_assistant.models import Author, Direction, Kind, Message, Participant, Role, User
from wa_assistant.work.queue import INTAKE, queue

from .doubles.webhooks import Webhooks

ANA = "whatsapp:+5511987654321"
BRUNO = "whatsapp:+14155550123"
BIA = "bia@example.com"  # an editor
CAIO = "caio@example.com"  # an owner
DAVI = "davi@example.com"  # a viewer

TWILIO = Webhooks()


def write(sender: str, body: str | None = "Oi!", sid: str | None = None, **fields: Any) -> str:
    """A participant writes; the SID of the message."""
    form = TWILIO.inbound(sender, body or "", sid, **fields)
    if body is None:
        del form["Body"]
    webhook_log.keep(Kind.INBOUND, urlencode(form).encode())
    webhook_log.understand()
    return str(form["MessageSid"])


def report(sid: str, status: str, code: int | None = None, **fields: Any) -> None:
    """Twilio says how far a message of ours has come."""
    form = TWILIO.status_form(sid, status, code, **fields)
    webhook_log.keep(Kind.STATUS, urlencode(form).encode())
    webhook_log.understand()


def reconcile() -> None:
    """With what the engine then hears."""
    reconciler.reconcile()
    webhook_log.understand()
    queue(INTAKE).empty()


def say(address: str, body: str, author: Author = Author.ASSISTANT) -> int:
    """The team or the assistant says something: into the outbox, for the message's id."""
    known = participant(address).id
    with transaction():
        return outbox.put(db.session.get_one(Participant, known), body, author).id


def known(address: str) -> int:
    """A participant who has written a moment ago, of which nothing is kept; the id."""
    with transaction():
        number = address.partition(":")[2]
        row = Participant(address=address, phone=number, last_inbound_at=utcnow())
        db.session.add(row)
        db.session.flush()
        return row.id


def acting(email: str) -> User:
    """A colleague as who does something, where nothing looks for their row."""
    return User(email=email)


def come(email: str, role: Role, browser: Browser = UNKNOWN) -> SignedIn:
    """Somebody signs in by a link that gives them this role, once more if they have before."""
    signed_in = sign_in.redeem(sign_in.make_link(email, role).rpartition("/")[2], browser)
    assert signed_in
    return signed_in


def participant(address: str) -> Any:
    db.session.rollback()  # others have written since
    return db.session.scalars(select(Participant).where(Participant.address == address)).one()


def rows(model: type[Any], *conditions: Any) -> list[Any]:
    """The rows of a table, oldest first, as they are now."""
    db.session.rollback()
    key = model.__mapper__.primary_key
    return list(db.session.scalars(select(model).where(*conditions).order_by(*key)))


def only(model: type[Any], *conditions: Any) -> Any:
    found = rows(model, *conditions)
    assert len(found) == 1, found
    return found[0]


def inbound() -> list[Any]:
    return rows(Message, Message.direction == Direction.INBOUND)


def outbound() -> list[Any]:
    return rows(Message, Message.direction == Direction.OUTBOUND)


def set_back(column: "InstrumentedAttribute[Any]", seconds: float, *conditions: Any) -> None:
    """As if what `column` tells of had happened so much earlier."""
    with transaction():
        for row in db.session.scalars(
            select(column.class_).where(column.is_not(None), *conditions)
        ):
            setattr(row, column.key, getattr(row, column.key) - timedelta(seconds=seconds))


@contextmanager
def at_once(app: Flask, count: int = 2) -> Iterator[Callable[..., "Future[Any]"]]:
    """`start(f, ...)` runs f on a thread of its own, as a worker does; all have ended after."""
    with ThreadPoolExecutor(count) as pool:

        def run(call: Callable[..., Any], *arguments: Any) -> Any:
            with app.app_context():
                return call(*arguments)

        yield lambda call, *arguments: pool.submit(run, call, *arguments)


def together(app: Flask, *calls: Callable[[], Any]) -> list[Any]:
    """What each of the calls gives when all of them begin at the same moment."""
    barrier = threading.Barrier(len(calls))

    def begin(call: Callable[[], Any]) -> Any:
        barrier.wait(10)
        return call()

    with at_once(app, len(calls)) as start:
        futures = [start(begin, call) for call in calls]
    return [future.result() for future in futures]
