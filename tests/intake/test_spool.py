"""The spool: what it was given is handed on once, in order, whatever dies over it."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import together
from wa_assistant.intake import spool
from wa_assistant.models import Kind

pytestmark = pytest.mark.usefixtures("context")

MOMENT = datetime(2026, 2, 3, 4, 5, 6, 789, UTC)
LONG = 10.0


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


@pytest.fixture
def path(data_dir):
    return data_dir / "webhooks.spool"


@pytest.fixture
def torn(data_dir):
    return data_dir / "webhooks.spool.torn"


class Killed(BaseException):
    """As if the process had ended here."""


def die(_: spool.Entry) -> None:
    raise Killed


def entry(number: int, kind: Kind = Kind.INBOUND) -> spool.Entry:
    return spool.Entry(kind, f"MessageSid=SM{number}".encode(), MOMENT + timedelta(number))


def fill(*numbers: int) -> None:
    for number in numbers:
        spool.append(entry(number))


def drained(seconds: float = LONG) -> list[spool.Entry]:
    found: list[spool.Entry] = []
    assert spool.drain(found.append, seconds) == len(found)
    return found


def test_what_was_appended_comes_out_as_it_went_in_and_in_order():
    put = [entry(1), entry(2, Kind.STATUS), spool.Entry(Kind.INBOUND, b"\n\x00\xff", MOMENT, True)]
    for each in put:
        spool.append(each)
    assert (spool.waiting(), spool.is_empty()) == (3, False)
    assert drained() == put
    assert drained() == []
    assert (spool.waiting(), spool.is_empty()) == (0, True)


def test_an_entry_is_one_line_a_person_can_read(path):
    fill(7)
    _, line = path.read_text().splitlines()
    assert json.loads(line) == {
        "kind": "inbound",
        "body": "TWVzc2FnZVNpZD1TTTc=",
        "received_at": "2026-02-10T04:05:06.000789+00:00",
        "simulated": False,
    }


def test_it_is_readable_for_its_owner_alone_and_gone_when_empty(path):
    fill(1)
    assert path.stat().st_mode & 0o777 == 0o600
    drained()
    assert not path.exists()


def test_nothing_is_there_at_first(data_dir):
    assert (spool.waiting(), drained()) == (0, [])
    assert not list(data_dir.glob("webhooks*"))


def test_what_cannot_be_handed_on_stays_the_next_and_nothing_passes_it():
    fill(1, 2, 3)
    taken = []

    def take(each):
        if each == entry(2):
            raise LookupError
        taken.append(each)

    for _ in range(2):
        with pytest.raises(LookupError):
            spool.drain(take, LONG)
    assert taken == [entry(1)]
    assert spool.waiting() == 2
    assert drained() == [entry(2), entry(3)]


def test_who_is_killed_after_handing_on_leaves_only_that_one_for_twice():
    fill(1, 2, 3)
    taken = []

    def take(each):
        taken.append(each)
        if each == entry(2):
            raise Killed

    with pytest.raises(Killed):
        spool.drain(take, LONG)
    assert [*taken, *drained()] == [entry(1), entry(2), entry(2), entry(3)]


def test_who_is_killed_before_the_file_is_removed_leaves_nothing_to_do_twice(monkeypatch, path):
    fill(1)
    with monkeypatch.context() as patch:
        patch.setattr(spool, "_remove", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            spool.drain(lambda _: None, LONG)
    assert path.exists()
    assert (spool.waiting(), drained()) == (0, [])
    assert not path.exists()


def test_draining_stops_when_its_time_is_over_and_goes_on_from_there():
    fill(*range(5))
    assert drained(0) == []
    assert spool.waiting() == 5
    assert len(drained()) == 5


def test_what_is_appended_while_draining_is_drained_too():
    fill(1)
    taken = []

    def take(each):
        taken.append(each)
        if len(taken) < 4:
            fill(len(taken) + 1)

    assert spool.drain(take, LONG) == 4
    assert taken == [entry(number) for number in range(1, 5)]


def test_what_is_appended_when_the_file_is_about_to_be_removed_stays(monkeypatch):
    fill(1)
    remove = spool._remove

    def append_first(*arguments):
        if not taken[1:]:
            fill(2)
        return remove(*arguments)

    taken: list[spool.Entry] = []
    monkeypatch.setattr(spool, "_remove", append_first)
    spool.drain(taken.append, LONG)
    assert taken == [entry(1), entry(2)]


def test_nobody_appends_to_a_file_that_is_being_removed(monkeypatch, path):
    """Who does either holds the lock."""
    held = []

    def watch(name):
        real = getattr(spool, name)

        def wrapped(*arguments, **options):
            with spool._locked(".lock", wait=False) as free:
                held.append((name, not free))
            return real(*arguments, **options)

        monkeypatch.setattr(spool, name, wrapped)

    watch("_write")
    fill(1)
    watch("keep_apart")
    path.write_bytes(path.read_bytes() + b"torn")
    drained()
    assert held[:2] == [("_write", True), ("keep_apart", True)]


def test_only_one_drains_at_a_time():
    fill(1, 2)
    counts = []
    assert spool.drain(lambda _: counts.append(spool.drain(lambda _: None, LONG)), LONG) == 2
    assert counts == [0, 0]


def test_many_append_at_once_and_no_line_is_lost_or_mixed(app):
    together(app, *[lambda n=n: fill(*range(n * 100, n * 100 + 20)) for n in range(4)])
    taken = drained()
    for n in range(4):
        of_one = [entry(each) for each in range(n * 100, n * 100 + 20)]
        assert [each for each in taken if each in of_one] == of_one
    assert len(taken) == 80


@pytest.mark.parametrize("cut", [1, 30, 100])
def test_a_line_whose_writer_died_is_kept_aside(path, torn, cut):
    fill(1)
    piece = entry(2).line()[:cut]
    with path.open("ab") as file:
        file.write(piece)
    assert drained() == [entry(1)]
    assert torn.read_bytes() == piece
    assert not path.exists()


def test_what_comes_after_such_a_line_is_whole(path, torn):
    fill(1)
    with path.open("ab") as file:
        file.write(entry(2).line()[:30])
    fill(3)
    assert drained() == [entry(1), entry(3)]
    assert torn.read_bytes() == entry(2).line()[:30] + b"\n"


@pytest.mark.parametrize("length", [0, 5, len(spool.START) - 1])
def test_a_first_line_whose_writer_died_loses_nothing(path, length):
    path.write_bytes(spool.START[:length])
    fill(1, 2)
    assert path.read_bytes().startswith(spool.START)
    assert drained() == [entry(1), entry(2)]


def test_a_piece_of_a_first_line_alone_is_cleared_away(path):
    path.write_bytes(spool.START[:5])
    assert drained() == []
    assert not path.exists()


BEYOND = b"%020d\n" % 10**6


@pytest.mark.parametrize("line", [b"x" * 20 + b"\n", b"x\n", b"-1\n", BEYOND, b"9" * 20 + b"\n"])
def test_a_first_line_that_says_nothing_true_makes_it_begin_anew(path, torn, line):
    fill(1, 2)
    path.write_bytes(line + path.read_bytes()[len(spool.START) :])
    for _ in range(2):
        with pytest.raises(Killed):
            spool.drain(die, LONG)
    assert drained() == [entry(1), entry(2)]
    assert torn.read_bytes() == line * 3


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"7", b'{"kind": "inbound"}', entry(1).line().strip().replace(b"inbound", b"odd")],
)
def test_a_line_that_is_no_webhook_is_kept_aside_and_holds_up_nobody(path, torn, line):
    fill(1)
    with path.open("ab") as file:
        file.write(line + b"\n")
    fill(2)
    assert drained() == [entry(1), entry(2)]
    assert torn.read_bytes() == line + b"\n"


def test_a_disk_that_fails_is_told(path):
    path.mkdir()
    with pytest.raises(OSError, match="directory"):
        fill(1)


def test_what_a_full_disk_cut_off_does_not_spoil_the_next(path, monkeypatch):
    fill(1)
    write = os.write

    def full(descriptor, data):
        if len(data) < 10:
            raise OSError(28, "No space left on device")
        return write(descriptor, data[: len(data) // 2])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="space"):
            fill(2)
    fill(3)
    assert drained() == [entry(1), entry(3)]


def test_it_is_on_the_disk_before_it_is_promised(monkeypatch, data_dir):
    synced = []
    fsync = os.fsync

    def watch(descriptor):
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    fill(1)
    assert synced == [str(data_dir / "webhooks.spool"), str(data_dir)]
