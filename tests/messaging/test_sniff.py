"""A file is what its first bytes say."""

import pytest

from tests.support.samples import HTML, OGG, PDF, PROGRAM, SVG, VCARD, png, wav
from wa_assistant.messaging import sniff

MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


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


@pytest.mark.parametrize(
    "claimed", ["image/png", "application/pdf", "application/octet-stream", ""]
)
def test_a_program_is_none_of_our_business(claimed):
    with pytest.raises(sniff.Program):
        sniff.content_type(PROGRAM, claimed)
