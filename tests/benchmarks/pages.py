"""What each page and fragment takes to make, with a short history and a long one: `make
bench-pages`.

Each database is filled by `flask --app wsgi demo fill`, ten messages to a participant. All but
PRETENDED of the invented people then count as real. An owner asks for each page, in this process
and without a network; told is the median of several, warm. A page is marked that takes longer than
LIMIT_MS, or grows by more than RATIO and by more than NOISE_MS; then the run ends with 1.
"""

import argparse
import gc
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, url_for
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import func, select, text, update

import config
from tests.cast import acting
from tests.support.postgres import postgres
from tests.web import people
from wa_assistant import create_app
from wa_assistant.cli.demo import interview
from wa_assistant.cli.demo.fill import Asked, fill
from wa_assistant.conversation.reading import Place
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.knowledge import documents
from wa_assistant.models import (
    Document,
    Journey,
    JourneyVersion,
    Message,
    Participant,
    Role,
    VersionState,
)
from wa_assistant.web import access

EACH = 10  # messages of a participant
LIMIT_MS = 100
PRETENDED = 40  # of the participants, as where the simulator is used now and then
RATIO = 1.5
NOISE_MS = 3
# They lead elsewhere or stay open, or need what a filling does not make: files, trials, questions.
LEFT_OUT = {
    "dead_letters.moved",
    "stream.events",
    "media.show",
    "knowledge.show_trial",
    "knowledge.result",
    "knowledge.new_entry",
}
OWNER = "helena@escola.example.com"
OF_A_DRAFT = {
    "journeys.edit",
    "journeys.draft_stages",
    "journeys.settings",
    "journeys.add_stage",
    "journeys.edit_stage",
    "journeys.confirm_publishing",
}
# What the list is asked for, beside nothing at all.
ASKED = {
    "a part of many names": {"q": "ana"},
    "an unknown name": {"q": "nobody here"},
    "one letter": {"q": "m"},
    "two letters of nobody": {"q": "xq"},
    "an area code": {"q": "11"},
    "attention": {"show": "attention"},
    "mine": {"show": "mine"},
    "unread": {"show": "unread"},
    "parked": {"show": "parked"},
    "an unknown name among the unread": {"show": "unread", "q": "nobody"},
}


def main() -> int:
    given = arguments()
    logging.disable(logging.WARNING)  # of servers, migrations, and a Redis that is not there
    with ExitStack() as stack:
        apps = [stack.enter_context(application(given, count)) for count in given.messages]
        browsers = [people.signed_in(app, OWNER, Role.OWNER) for app in apps]
        paths = [addresses(app) for app in apps]
        gc.freeze()
        beyond = 0
        heading(given.messages)
        for name in paths[0]:
            asked = [(browser, found[name]) for browser, found in zip(browsers, paths, strict=True)]
            clock = time.thread_time if given.cpu else time.perf_counter
            beyond += line(name, took(asked, given.times, clock))
    return int(beyond > 0)


def took(
    asked: list[tuple[FlaskClient, str]], times: int, clock: Callable[[], float]
) -> list[float]:
    """Milliseconds of the page in each of the databases, in turn: what else the machine does
    befalls them alike."""
    each: list[list[float]] = [[] for _ in asked]
    for _ in range(times + 2):  # what is compiled once is compiled by the first
        for place, (browser, path) in enumerate(asked):
            began = clock()
            response = browser.get(path)
            each[place].append(1000 * (clock() - began))
            assert response.status_code == 200, (path, response.status_code)
    return [statistics.median(found[2:]) for found in each]


def addresses(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {**pages(app), **lists()}


def pages(app: Flask) -> dict[str, str]:
    """An address for each route that is asked by GET and is not for everybody."""
    found = {}
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            asked = "GET" in (rule.methods or ()) and access.of(rule.endpoint) != access.PUBLIC
            if asked and rule.endpoint not in LEFT_OUT:
                values = rows(rule.endpoint)
                found[rule.rule] = url_for(rule.endpoint, **{n: values[n] for n in rule.arguments})
    return found


def rows(endpoint: str) -> dict[str, Any]:
    """What stands for each name in a route's address."""
    state = VersionState.DRAFT if endpoint in OF_A_DRAFT else VersionState.PUBLISHED
    versions = select(JourneyVersion).where(JourneyVersion.state == state)
    by_age = versions.order_by(JourneyVersion.journey_id.desc(), JourneyVersion.number)
    version = db.session.scalars(by_age).first()
    assert version
    return {
        "participant_id": busiest(pretended=endpoint.startswith("simulator")),
        "journey_id": version.journey_id,
        "version_id": version.id,
        "key": version.stages[0]["key"],
        "document_id": db.session.scalars(select(Document.id)).first(),
    }


def busiest(*, pretended: bool) -> int:
    """Who has said most, of the pretended or of the others."""
    counted = (
        select(Participant.id)
        .join(Message, Message.participant_id == Participant.id)
        .where(Participant.simulated.is_(pretended))
        .group_by(Participant.id)
    )
    return db.session.scalars(counted.order_by(func.count().desc()).limit(1)).one()


def lists() -> dict[str, str]:
    """Addresses of the list, searched and filtered, and of places far down."""
    somebody = select(Participant).where(Participant.name.like("% % %")).order_by(Participant.id)
    found = db.session.scalars(somebody.offset(100).limit(1)).one()
    number = str(found.phone)
    asked = ASKED | {
        "a whole name": {"q": found.name},
        "a whole number": {"q": f"({number[3:5]}) {number[5:]}"},
        "a number's end": {"q": number[-7:]},
    }
    paths = {f"/ : {name}": f"/?{urlencode(query)}" for name, query in asked.items()}
    half = (db.session.scalar(select(func.count(Participant.id))) or 0) // 2
    ordered = select(Participant.last_activity_at, Participant.id).order_by(
        Participant.last_activity_at, Participant.id
    )
    at, id_ = db.session.execute(ordered.offset(half).limit(1)).one()
    talk = busiest(pretended=False)
    older = select(Message.id).where(Message.participant_id == talk).order_by(Message.id)
    first = db.session.scalars(older.offset(20).limit(1)).one()
    return {
        **paths,
        "/ : half way down": f"/?before={Place(at, id_)}",
        "/simulator : half way down": f"/simulator?before={Place(at, id_)}",
        "a conversation : its oldest messages": f"/conversations/{talk}?before={first}",
    }


def heading(messages: list[int]) -> None:
    print(f"{'':<64}" + "".join(f"{count:>12,}" for count in messages) + f"{'ratio':>8}")


def line(name: str, found: list[float]) -> bool:
    """Print the page's line; whether it is beyond the limits."""
    first, last = found[0], found[-1]
    beyond = last > LIMIT_MS or (last > RATIO * first and last > first + NOISE_MS)
    figures = "".join(f"{each:>9.1f} ms" for each in found)
    print(f"{name:<64}{figures}{last / first:>8.2f}{' <' if beyond else ''}", flush=True)
    return beyond


@contextmanager
def application(given: argparse.Namespace, messages: int) -> Iterator[Flask]:
    """With so long a history; filled anew, unless it was kept by an earlier run."""
    with ExitStack() as stack:
        name = given.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="wa-pages-"))
        directory = Path(name) / str(messages)
        directory.mkdir(parents=True, exist_ok=True)
        environ = {"DATA_DIR": str(directory)}
        if given.postgres:
            server = stack.enter_context(postgres(directory / "pg"))
            environ["DATABASE_URL"] = server.get_uri()
        app = create_app(config.load(environ, dotenv=None))
        with app.app_context():
            upgrade(directory=str(config.ROOT / "migrations"))
            if db.session.scalar(select(Participant.id).limit(1)) is None:
                filled(messages)
        yield app
        with app.app_context():
            db.engine.dispose()


def filled(messages: int) -> None:
    fill(Asked(messages // EACH, messages, 1, utcnow()))
    documents.upload(acting("helena"), "horarios.md", b"# A secretaria abre cedo")
    with transaction():
        real = update(Participant).where(Participant.id > PRETENDED)
        db.session.execute(real.values(simulated=False))
        led = db.session.scalars(select(Journey).where(Journey.name == interview.NAME)).one()
        db.session.add(interview.version(2, led.id, utcnow()))  # to which one may move
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # as it does by itself some time later


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--times", type=int, default=9, help="that each page is asked for")
    parser.add_argument("--postgres", action="store_true", help="on a server of our own")
    parser.add_argument(
        "--cpu", action="store_true", help="of this thread: for a machine that has other work"
    )
    parser.add_argument("--keep", metavar="DIRECTORY", help="fill there, or use what is there")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
