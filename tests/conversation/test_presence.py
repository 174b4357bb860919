"""Who is in a conversation at this moment; and that nothing waits for it where Redis is away."""

import time

import pytest

from tests.support.eventually import eventually
from wa_assistant import live
from wa_assistant.conversation import presence
from wa_assistant.models import User

pytestmark = pytest.mark.usefixtures("context")

HERE, ELSEWHERE = 17, 18


# Nothing of it stands in a database: one is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


def bia() -> User:
    return User(id=1, email="bia@example.com", name="Bia")


def caio() -> User:
    return User(id=2, email="caio@example.com", name="Caio")


def seen(user: User, participant_id: int = HERE, *, opened: bool = False) -> list[tuple[str, bool]]:
    found = presence.of(participant_id, user, opened=opened)
    return [(each.name, each.is_writing) for each in found]


def test_colleagues_see_each_other_and_not_themselves():
    assert seen(bia()) == []
    assert seen(caio()) == [("Bia", False)]
    assert seen(bia()) == [("Caio", False)]
    assert seen(bia(), ELSEWHERE) == []


def test_who_writes_is_seen_to_until_they_cease():
    seen(bia())
    presence.writes(HERE, bia(), is_writing=True)
    assert seen(caio()) == [("Bia", True)]
    seen(bia())
    assert seen(caio()) == [("Bia", True)], "their page has only said again that it is open"
    presence.writes(HERE, bia(), is_writing=False)
    assert seen(caio()) == [("Bia", False)]


def test_who_opens_another_conversation_has_left_this_one():
    seen(bia(), opened=True)
    seen(bia(), ELSEWHERE, opened=True)
    assert seen(caio()) == []
    assert seen(caio(), ELSEWHERE) == [("Bia", False)]


def test_who_closes_the_page_has_left_at_once():
    seen(bia())
    seen(caio())
    presence.leaves(HERE, bia())
    assert seen(caio()) == []


def test_others_hear_who_leaves():
    hub = live.hub()
    hub.listen()
    eventually(lambda: hub.missed(time.time()) == [])
    seen(bia())
    presence.leaves(HERE, bia())
    eventually(lambda: presence.fragment(HERE) in hub.missed(time.time()))


def test_a_page_that_is_open_no_more_is_forgotten(monkeypatch):
    monkeypatch.setattr(presence, "HERE_SECONDS", -1)
    seen(bia())
    assert seen(caio()) == []


def test_others_hear_who_comes_and_who_writes_and_the_alone_hear_nothing():
    hub = live.hub()
    hub.listen()
    eventually(lambda: hub.missed(time.time()) == [])
    seen(bia())
    presence.writes(HERE, bia(), is_writing=True)
    live.changed("nothing of theirs")
    eventually(lambda: "nothing of theirs" in hub.missed(time.time()))
    assert presence.fragment(HERE) not in hub.missed(time.time())
    seen(caio())
    eventually(lambda: presence.fragment(HERE) in hub.missed(time.time()))


def test_without_redis_nobody_is_here_and_nobody_waits(valkey):
    valkey.stop()
    try:
        begun = time.monotonic()
        assert seen(bia()) == []
        presence.writes(HERE, bia(), is_writing=True)
        presence.leaves(HERE, bia())
        assert time.monotonic() - begun < 2
    finally:
        valkey.start()
