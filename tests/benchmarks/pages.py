"""What each page and fragment takes to make, with a short history and a long one: `make
bench-pages`.

Each database is filled by `flask --app wsgi demo fill`, ten messages to a participant. All but a
few of the invented people then count as real. An owner asks for each page, in this process and
without a network; told is the median of several, warm. A page is marked that takes longer than
LIMIT_MS, or grows by more than RATIO and by more than NOISE_MS; then the run ends with 1.
"""

import argparse
import gc
import logging
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.web import people
from wa_assistant.conversation.reading import Place
from wa_assistant.database import db
from wa_assistant.insight.figures import Figure
from wa_assistant.models import (
    Document,
    JourneyVersion,
    Message,
    Participant,
    Role,
    VersionState,
)
from wa_assistant.web import access, rate_limits

from .history import application

LIMIT_MS = 100
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
    "prices.form",
}
BESIDE = "a conversation : opened beside the list"
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
    rate_limits.A_MINUTE["pages"] = 1_000_000  # who measures is no person
    with ExitStack() as stack:
        histories = [application(each, given.keep, given.postgres) for each in given.messages]
        apps = [stack.enter_context(each) for each in histories]
        browsers = [people.signed_in(app, OWNER, Role.OWNER) for app in apps]
        paths = [addresses(app) for app in apps]
        gc.freeze()
        beyond = 0
        heading(given.messages)
        for name in paths[0]:
            asked = [(browser, found[name]) for browser, found in zip(browsers, paths, strict=True)]
            headers = {"HX-Request": "true"} if name == BESIDE else {}
            clock = time.thread_time if given.cpu else time.perf_counter
            beyond += line(name, took(asked, headers, given.times, clock))
    return int(beyond > 0)


def took(
    asked: list[tuple[FlaskClient, str]],
    headers: dict[str, str],
    times: int,
    clock: Callable[[], float],
) -> list[float]:
    """Milliseconds of the page in each of the databases, in turn: what else the machine does
    befalls them alike."""
    each: list[list[float]] = [[] for _ in asked]
    for _ in range(times + 2):  # what is compiled once is compiled by the first
        for place, (browser, path) in enumerate(asked):
            began = clock()
            response = browser.get(path, headers=headers)
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
        "slug": Figure.CAME_IN.slug,
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
    somebody = select(Participant).where(Participant.name.like("% % %"))
    found = db.session.scalars(somebody.order_by(Participant.id.desc()).limit(1)).one()
    number = str(found.phone)
    asked = ASKED | {
        "a whole name": {"q": found.name},
        "a whole number": {"q": f"({number[3:5]}) {number[5:]}"},
        "a number's end": {"q": number[-7:]},
    }
    paths = {
        f"/conversations : {name}": f"/conversations?{urlencode(query)}"
        for name, query in asked.items()
    }
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
        "/conversations : half way down": f"/conversations?before={Place(at, id_)}",
        "/simulator : half way down": f"/simulator?before={Place(at, id_)}",
        "a conversation : its oldest messages": f"/conversations/{talk}?before={first}",
        BESIDE: f"/conversations/{talk}",
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
