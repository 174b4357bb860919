"""The event stream, as a browser's EventSource gets it."""

import re
import time
from itertools import islice

import pytest
from sqlalchemy import select

from tests.cast import ANA
from tests.support.eventually import eventually
from tests.web.people import comes_in
from wa_assistant import live
from wa_assistant.extensions import db
from wa_assistant.models import Participant


def events(response):
    """The names on the stream, as they come."""
    for chunk in response.response:
        text = chunk.decode() if isinstance(chunk, bytes) else chunk
        if text.startswith("data: "):
            yield text.partition("\n")[0].removeprefix("data: ")


def test_it_first_says_that_all_may_have_changed(davi):
    response = davi.get("/stream", buffered=False)
    assert response.content_type == "text/event-stream; charset=utf-8"
    assert response.headers["X-Accel-Buffering"] == "no"
    assert response.headers["Cache-Control"] == "no-store, no-transform"
    assert list(islice(events(response), 1)) == ["all"]
    response.close()


def test_it_names_what_changed_and_nothing_of_what_was_said(app, davi, client, twilio):
    response = davi.get("/stream", buffered=False)
    named = events(response)
    # The second "all" says that we now listen to Redis.
    assert list(islice(named, 2)) == ["all", "all"]
    comes_in(twilio, client, ANA, "a secret")
    with app.app_context():
        ana = db.session.scalars(select(Participant)).one()
        assert list(islice(named, 2)) == ["conversations", live.thread(ana.id)]
    response.close()


def test_it_begins_with_what_changed_since_the_page_was_asked_for(app, davi, client, twilio):
    hub = app.extensions["live"]
    hub.listen()
    eventually(lambda: hub.missed(time.time()) == [])
    page = davi.get("/").text
    comes_in(twilio, client, ANA, "a secret")
    eventually(lambda: hub.missed(time.time()))
    (address,) = re.findall(r'data-stream="(/stream\?since=[0-9.]+)"', page)
    response = davi.get(address, buffered=False)
    with app.app_context():
        ana = db.session.scalars(select(Participant)).one()
        assert list(islice(events(response), 2)) == ["conversations", live.thread(ana.id)]
    response.close()


@pytest.mark.environment(WEB_THREADS=10)
def test_when_all_streams_are_taken_the_next_is_told_not_to_come_back(davi):
    taken = [davi.get("/stream", buffered=False) for _ in range(2)]
    assert davi.get("/stream").status_code == 204
    assert davi.get("/").status_code == 200
    taken[0].close()
    eventually(lambda: davi.get("/stream", buffered=False).status_code == 200)
    taken[1].close()
