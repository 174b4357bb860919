"""A colleague's files become what WhatsApp takes, or are refused for what their bytes say."""

import io
import zipfile
from typing import IO, Any, cast

import av
import pytest

from tests.media.recorded import film, recorded, told
from tests.support.samples import HTML, PDF, PROGRAM, SVG, VCARD, png
from wa_assistant.media import files, limits, outgoing
from wa_assistant.media.outgoing import Refusal, RefusedError

DOCX, XLSX, _ = outgoing.OFFICE_PARTS.values()

pytestmark = [
    pytest.mark.usefixtures("context"),
    pytest.mark.parametrize("database", ["sqlite"]),
]


def take(content: bytes, name: str, claimed: str = "application/octet-stream"):
    return outgoing.take(io.BytesIO(content), name, claimed)


def picture(codec: str, pixels: str = "yuv420p", size: tuple[int, int] = (64, 48)) -> bytes:
    """One of a make that a telephone or a browser writes."""
    container = {"libwebp": "webp", "gif": "gif"}.get(codec, "image2pipe")
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream: Any = out.add_stream(codec, rate=1)
        stream.width, stream.height = size
        stream.pix_fmt = pixels
        frame = av.VideoFrame(*size, "rgb24")
        frame.planes[0].update(bytes([200, 80, 30]) * (frame.planes[0].buffer_size // 3))
        frame.pts = 0
        out.mux(stream.encode(frame.reformat(format=pixels)))
        out.mux(stream.encode(None))
    return file.getvalue()


def office(part: str, *others: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("[Content_Types].xml", part, *others):
            archive.writestr(name, "<x/>")
    return file.getvalue()


def filmed() -> bytes:
    """As every telephone plays it."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width = stream.height = 64
        frame = av.VideoFrame(64, 64, "yuv420p")
        for number in range(5):
            frame.pts = number
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return file.getvalue()


# Its name is all that there is of one: which pictures it holds is not said.
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


@pytest.mark.parametrize(
    ("content", "name", "kind", "content_type"),
    [
        (png(), "a.png", "image", "image/png"),
        (PDF, "contrato.pdf", "document", "application/pdf"),
        (
            office("word/document.xml"),
            "a.docx",
            "document",
            DOCX,
        ),
        (office("xl/workbook.xml"), "a.xlsx", "document", XLSX),
        (recorded("voice.ogg"), "a.ogg", "audio", "audio/ogg"),
        (recorded("voice.mp3"), "a.mp3", "audio", "audio/mpeg"),
        (filmed(), "a.mp4", "video", "video/mp4"),
        (VCARD, "a.vcf", "contacts", "text/vcard"),
    ],
)
def test_what_whatsapp_takes_goes_out_as_it_is(content, name, kind, content_type):
    taken = take(content, name)
    assert (taken.kind, taken.content_type, taken.name) == (kind, content_type, name)
    assert files.path(taken.file).read_bytes() == content
    assert taken.size == len(content)


@pytest.mark.parametrize("name", ["voice.webm", "voice.m4a", "voice.wav", "voice.amr"])
def test_a_voice_becomes_what_whatsapp_records(name):
    taken = take(recorded(name), name, "audio/webm;codecs=opus" if "webm" in name else "")
    assert taken.kind == "audio"
    if name != "voice.amr":
        assert (taken.content_type, taken.name) == ("audio/ogg", "voice.ogg")
        container, codec, seconds = told(files.path(taken.file).read_bytes())
        assert (container, codec) == ("ogg", "opus")
        assert seconds == pytest.approx(1.5, abs=0.2)


@pytest.mark.parametrize(
    ("codec", "pixels"), [("libwebp", "yuv420p"), ("gif", "rgb8"), ("bmp", "bgr24")]
)
def test_a_picture_of_another_make_becomes_a_jpeg(codec, pixels):
    taken = take(picture(codec, pixels), "foto.webp")
    assert (taken.kind, taken.content_type, taken.name) == ("image", "image/jpeg", "foto.jpg")
    assert files.path(taken.file).read_bytes()[:2] == b"\xff\xd8"


def test_what_a_camera_noted_is_not_sent_and_the_picture_stands_upright():
    plain = picture("mjpeg", "yuvj420p")
    # Turned by a quarter, as a telephone held upright writes it.
    turned = b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" + bytes(6)
    noted = b"Exif\x00\x00" + turned
    size = (len(noted) + 2).to_bytes(2, "big")
    taken = take(plain[:2] + b"\xff\xe1" + size + noted + plain[2:], "foto.jpg", "image/jpeg")
    sent = files.path(taken.file).read_bytes()
    assert b"Exif" not in sent
    with av.open(io.BytesIO(sent)) as shown:
        assert (shown.streams.video[0].width, shown.streams.video[0].height) == (48, 64)


def test_a_picture_that_is_too_large_is_made_smaller():
    noise = picture("bmp", "bgr24", size=(1600, 1200))  # 5.8 MB of it
    taken = take(noise, "plano.bmp")
    assert len(noise) > limits.LARGEST_PICTURE > taken.size


@pytest.mark.parametrize(
    ("content", "name", "claimed", "why"),
    [
        (b"", "nada.pdf", "application/pdf", Refusal.EMPTY),
        (PROGRAM, "fatura.pdf", "application/pdf", Refusal.PROGRAM),
        (PDF, "foto.jpg", "image/jpeg", Refusal.DISGUISED),
        (SVG, "logo.svg", "image/svg+xml", Refusal.DISGUISED),
        (HTML, "pagina.html", "text/html", Refusal.KIND),
        (office("a.txt"), "tudo.zip", "application/zip", Refusal.KIND),
        (office("word/document.xml", "word/vbaProject.bin"), "a.docm", "", Refusal.PROGRAM),
        (film(), "filme.mp4", "video/mp4", Refusal.FILM),  # in MPEG-4, which is older
        (picture("libwebp")[:40], "foto.webp", "image/webp", Refusal.UNREADABLE),
        (HEIC, "IMG_0001.HEIC", "", Refusal.TELEPHONES_OWN),
    ],
)
def test_what_it_does_not_take_is_refused_and_nothing_is_left(content, name, claimed, why):
    with pytest.raises(RefusedError) as error:
        take(content, name, claimed)
    assert error.value.why == why
    assert list(files.folder().iterdir()) == []


def test_no_more_is_read_of_a_large_one_than_may_be_sent():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return bytes(size)

    endless = Endless()
    with pytest.raises(RefusedError) as error:
        outgoing.take(cast("IO[bytes]", endless), "filme.mp4", "video/mp4")
    assert error.value.why == Refusal.TOO_LARGE
    assert endless.given <= limits.LARGEST + 2 * 1024 * 1024
    assert list(files.folder().iterdir()) == []
