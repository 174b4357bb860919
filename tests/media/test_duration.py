"""How long a voice message is, and how long at most whatever it says of itself."""

import pytest

from wa_assistant.media import duration

from .opus import FRAME, HEAD, SILENCE, page

OGG = "audio/ogg"


@pytest.fixture
def recorded(tmp_path):
    def record(*pages: bytes):
        path = tmp_path / "voice"
        path.write_bytes(HEAD + b"".join(pages))
        return path

    return record


def test_a_voice_message_is_as_long_as_its_packets(recorded):
    path = recorded(*(page(*[FRAME] * 50, samples=48_000 * each) for each in range(1, 11)))
    assert duration.seconds(path, OGG) == 10
    assert duration.at_most(path, OGG) == pytest.approx(10, abs=0.2)


def test_silence_that_takes_hardly_a_byte_is_as_long_whatever_its_last_page_says(recorded):
    path = recorded(*[page(*[SILENCE] * 250, samples=48_000)] * 100)
    assert path.stat().st_size < 100_000
    assert duration.seconds(path, OGG) == 1
    assert duration.at_most(path, OGG) == pytest.approx(100 * 250 * 0.12, abs=0.2)


def test_a_page_that_is_none_hides_nothing(recorded):
    inner = page(*[SILENCE] * 100)
    path = recorded(page(inner))
    assert duration.at_most(path, OGG) >= 100 * 0.12


def test_a_packet_of_several_pieces_is_one(recorded):
    assert duration.at_most(recorded(page(b"\x48" + bytes(600))), OGG) < 0.3


def test_one_without_end_is_a_day_long(recorded, monkeypatch):
    monkeypatch.setattr(duration, "MOST_PACKETS", 100)
    assert duration.at_most(recorded(page(*[b"\x1b\x00"] * 200)), OGG) == duration.A_DAY


@pytest.mark.parametrize(
    ("first", "milliseconds"),
    [
        (b"\x00", 10),
        (b"\x18", 60),
        (b"\x19", 120),
        (b"\x60", 10),
        (b"\x78", 20),
        (b"\x80", 2.5),
        (b"\xf8", 20),
        (b"\x1b\x3f", 120),
        (b"\x83\x04", 10),
    ],
)
def test_a_packet_says_how_long_it_is(recorded, first, milliseconds):
    without = duration.at_most(recorded(page()), OGG)
    found = duration.at_most(recorded(page(first)), OGG) - without
    assert found == pytest.approx(milliseconds / 1000)


def test_what_is_cut_short_or_no_such_file_is_read_as_far_as_it_goes(recorded, tmp_path):
    whole = page(*[FRAME] * 20)
    for length in range(0, len(whole), 7):
        assert duration.at_most(recorded(whole[:length]), OGG) < 0.6
    (tmp_path / "voice").write_bytes(b"ID3" + bytes(900))
    assert duration.at_most(tmp_path / "voice", OGG) == 0
    assert duration.at_most(tmp_path / "voice", "audio/amr") == 0
