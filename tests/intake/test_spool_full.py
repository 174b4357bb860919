"""The spool on a disk that is full: what is kept is whole, and what is not leaves no trace."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from wa_assistant.intake import spool
from wa_assistant.models import Kind

pytestmark = pytest.mark.usefixtures("context")


# No table is touched here: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The disk takes so much of a file, and of what would be longer a piece."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def entry(number: int) -> spool.Entry:
    return spool.Entry(Kind.INBOUND, f"MessageSid=SM{number}".encode() * 50, datetime.now(UTC))


def append_without_end(each: spool.Entry) -> None:
    """The last block of the file may have some room yet."""
    for _ in range(100):
        spool.append(each)


def drained() -> list[spool.Entry]:
    found: list[spool.Entry] = []
    spool.drain(found.append, 10.0)
    return found


@pytest.mark.parametrize("piece", [1, 30, 500])
def test_the_piece_of_a_line_that_fitted_is_cut_off(data_dir, piece):
    path = data_dir / "webhooks.spool"
    first, second, third = entry(1), entry(2), entry(3)
    spool.append(first)
    whole = path.read_bytes()
    for _ in range(2):
        with files_of_at_most(len(whole) + piece), pytest.raises(OSError, match="too large"):
            spool.append(second)
        assert path.read_bytes() == whole
    spool.append(third)
    assert drained() == [first, third]
    assert not (data_dir / "webhooks.spool.torn").exists()


@pytest.mark.parametrize("piece", [0, 7, 30])
def test_where_not_even_the_first_fits_there_is_none(data_dir, piece):
    with files_of_at_most(piece), pytest.raises(OSError, match="too large"):
        spool.append(entry(1))
    assert spool.is_empty()
    assert (data_dir / "webhooks.spool").read_bytes() == b""
    spool.append(second := entry(2))
    assert drained() == [second]


def test_what_was_torn_by_a_kill_stays_apart_whatever_the_disk_takes(data_dir):
    path = data_dir / "webhooks.spool"
    spool.append(first := entry(1))
    with path.open("ab") as file:
        file.write(b'{"kind')
    size = path.stat().st_size
    with files_of_at_most(size + 20), pytest.raises(OSError, match="too large"):
        spool.append(entry(2))
    spool.append(third := entry(3))
    assert drained() == [first, third]
    assert (data_dir / "webhooks.spool.torn").read_bytes() == b'{"kind\n'


def test_who_drains_beside_a_failing_disk_reads_no_piece(data_dir):
    """What it had read ahead is cut off, and another line stands in that place."""
    spool.append(first := entry(1))
    size = (data_dir / "webhooks.spool").stat().st_size
    found, third = [], entry(3)

    def take(each: spool.Entry) -> None:
        found.append(each)
        if len(found) == 1:
            with files_of_at_most(size + 400), pytest.raises(OSError, match="too large"):
                spool.append(entry(2))
            spool.append(third)

    spool.drain(take, 10.0)
    assert found == [first, third]


def test_on_a_disk_without_any_room_too(make_app, disk):
    with make_app(DATA_DIR=disk.path).app_context():
        spool.append(first := entry(1))
        disk.fill()
        with pytest.raises(OSError, match="No space left"):
            append_without_end(first)
        disk.make_room()
        assert set(drained()) == {first}
        assert not (disk.path / "webhooks.spool.torn").exists()
