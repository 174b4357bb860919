"""How often something happened: in Redis, and in memory while that is dead or hangs."""

import socket

import pytest

from tests.cast import together
from wa_assistant.work import counters, rates

pytestmark = pytest.mark.usefixtures("context")
DEAD = pytest.mark.environment(REDIS_URL="redis://127.0.0.1:1/0")


def test_so_many_are_allowed_and_no_more_until_the_window_ends(app, valkey):
    found = [rates.check("ana", 3, 60) for _ in range(5)]
    assert [each.allowed for each in found] == [True, True, True, False, False]
    assert [each.remaining for each in found] == [2, 1, 0, 0, 0]
    (key,) = valkey.redis.keys(f"{counters.PREFIX}*")
    assert 0 < valkey.redis.pttl(key) <= 60_000
    valkey.redis.delete(key)
    assert rates.check("ana", 3, 60).allowed


def test_each_counts_alone_and_each_window_too():
    assert not [rates.check("ana", 1, 60) for _ in range(2)][1].allowed
    assert rates.check("bruno", 1, 60).allowed
    assert rates.check("ana", 1, 3600).allowed


def test_what_is_refused_does_not_make_the_window_longer(valkey):
    first = rates.check("ana", 1, 60)
    (key,) = valkey.redis.keys(f"{counters.PREFIX}*")
    valkey.redis.pexpire(key, 10_000)
    assert rates.check("ana", 1, 60).reset < first.reset - 40


def test_a_counter_that_lost_its_end_gets_a_new_one(valkey):
    rates.check("ana", 1, 60)
    (key,) = valkey.redis.keys(f"{counters.PREFIX}*")
    valkey.redis.persist(key)
    rates.check("ana", 1, 60)
    assert 0 < valkey.redis.pttl(key) <= 60_000


@DEAD
def test_without_redis_each_process_counts_by_itself():
    found = [rates.check("ana", 3, 60) for _ in range(5)]
    assert [each.allowed for each in found] == [True, True, True, False, False]
    assert [rates.check("bruno", 1, 0).allowed for _ in range(3)] == [True] * 3, "each has its own"


@DEAD
def test_what_it_remembers_meanwhile_is_bounded(app, monkeypatch):
    monkeypatch.setattr(counters, "MOST_HERE", 100)
    for number in range(1000):
        rates.check(f"stranger {number}", 3, 60)
    assert len(app.extensions["counters"]._here) == 100
    assert rates.check("stranger 999", 3, 60).remaining == 1
    assert rates.check("stranger 0", 3, 60).remaining == 2, "the oldest was forgotten"


@pytest.fixture
def mute():
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield server


def came(server: socket.socket) -> int:
    """How many have connected since this was last asked."""
    server.setblocking(False)
    found = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return found
        found += 1


def test_a_redis_that_hangs_is_waited_for_once(make_app, mute, monkeypatch):
    app = make_app(REDIS_URL=f"redis://127.0.0.1:{mute.getsockname()[1]}/0")
    with app.app_context():
        found = [rates.check("ana", 30, 60) for _ in range(40)]
        assert [each.allowed for each in found] == [True] * 30 + [False] * 10
        assert came(mute) == 1
    monkeypatch.setattr(counters, "AWAY_SECONDS", 600.0)
    app.extensions["counters"]._ask_at = 1e-9  # the time to ask again has come
    together(app, *[lambda: rates.check("ana", 60, 60)] * 16)
    assert came(mute) == 1, "the others do not wait with who asks"


def test_it_counts_in_redis_again_once_that_is_back(app, valkey, monkeypatch):
    monkeypatch.setattr(counters, "AWAY_SECONDS", 0.0)
    valkey.stop()
    assert [rates.check("ana", 2, 60).allowed for _ in range(3)] == [True, True, False]
    valkey.start()
    assert rates.check("ana", 2, 60).remaining == 1
    assert valkey.redis.keys(f"{counters.PREFIX}*")
    assert not app.extensions["counters"]._here


@pytest.mark.parametrize(
    ("address", "stands_for"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", ""),
        ("nobody", "nobody"),
    ],
)
def test_with_ipv6_a_machine_has_many_addresses_and_counts_as_one(address, stands_for):
    assert rates.network(address) == stands_for
