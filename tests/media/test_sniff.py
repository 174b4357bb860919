"""A file is what its first bytes say."""

import pytest

from tests.support.samples import HTML, OGG, PDF, PROGRAM, SVG, VCARD, png, wav
from wa_assistant.media import sniff


def iso(brand: bytes) -> bytes:
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00" + brand + brand


MP4 = iso(b"mp42")
MP3 = b"\x90\x44" + bytes(400)


@pytest.mark.parametrize(
    ("head", "claimed", "found"),
    [
        (png(4, 4), "image/png", "image/png"),
        (png(4, 4), "image/jpeg", "image/png"),
        (png(4, 4), "", "image/png"),
        (OGG, "audio/ogg; codecs=opus", "audio/ogg"),
        (wav(), "audio/wav", "audio/wav"),
        (MP4, "video/mp4", "video/mp4"),
        (MP4, "audio/mp4", "audio/mp4"),
        (PDF, "application/pdf", "application/pdf"),
        (PDF, "text/html", "application/pdf"),
        (VCARD, "text/vcard", "text/vcard"),
        (b"a;b\n1;2", "text/csv", "text/csv"),
        (HTML, "text/html", sniff.UNKNOWN),
        (HTML, "application/pdf", sniff.UNKNOWN),
        (SVG, "application/xml", sniff.UNKNOWN),
        (b"", "", sniff.UNKNOWN),
    ],
)
def test_the_type_is_found(head, claimed, found):
    assert sniff.content_type(head, claimed) == found


@pytest.mark.parametrize(
    ("head", "claimed"),
    [(HTML, "image/jpeg"), (SVG, "image/svg+xml"), (PDF, "image/png"), (b"", "audio/ogg")],
)
def test_what_is_no_picture_or_recording_may_not_claim_to_be(head, claimed):
    with pytest.raises(sniff.Disguised):
        sniff.content_type(head, claimed)


@pytest.mark.parametrize("brand", [b"iso6", b"avc1", b"M4V ", b"dash", b"mp4v", b"zzzz"])
def test_films_and_sound_of_any_make_are_what_they_claim_to_be(brand):
    assert sniff.content_type(iso(brand), "video/mp4") == "video/mp4"
    assert sniff.content_type(iso(brand), "audio/mp4") == "audio/mp4"
    with pytest.raises(sniff.Disguised):
        sniff.content_type(iso(brand), "image/jpeg")


@pytest.mark.parametrize("brand", [b"3gp4", b"3gp5", b"3g2a"])
def test_so_are_those_of_old_phones(brand):
    assert sniff.content_type(iso(brand), "video/3gpp") == "video/3gpp"


@pytest.mark.parametrize("frame", [b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xe3"])
def test_mp3_is_known_by_its_first_frame(frame):
    assert sniff.content_type(frame + MP3, "audio/mpeg") == "audio/mpeg"


@pytest.mark.parametrize(
    "head", [b"a make nobody knows", HTML, SVG, HTML.decode().encode("utf-16")]
)
@pytest.mark.parametrize("claimed", ["audio/ogg", "video/mp4"])
def test_a_recording_nobody_knows_is_only_ever_saved(head, claimed):
    assert sniff.content_type(head, claimed) == sniff.UNKNOWN


@pytest.mark.parametrize(
    "claimed", ["image/png", "application/pdf", "application/octet-stream", ""]
)
def test_a_program_is_none_of_our_business(claimed):
    with pytest.raises(sniff.Program):
        sniff.content_type(PROGRAM, claimed)
