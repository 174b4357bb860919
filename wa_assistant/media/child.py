"""The process in which recordings are read and converted: `python -m wa_assistant.media.child`.

ffmpeg (in PyAV's wheels) knows every make of sound that a telephone writes. It is loaded here
alone, and no file makes it open another.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer, OutputContainer
from av.stream import Disposition

from ..work.faults import outline
from ..work.serving import serve

MEMORY = 1024 * 1024 * 1024  # bytes of address space
# What may be opened: no playlists, which name other files.
FORMATS = "amr,amrnb,amrwb,aac,caf,mov,ogg,wav,w64,mp3,flac,aiff,asf,au,matroska,webm,mpegts"
# What browsers play and models take: by container and codec.
FIT = {
    ("ogg", "opus"): "audio/ogg",
    ("ogg", "vorbis"): "audio/ogg",
    ("mp3", "mp3float"): "audio/mpeg",
    ("mov", "aac"): "audio/mp4",
    ("wav", "pcm_s16le"): "audio/wav",
    ("wav", "pcm_u8"): "audio/wav",
    ("matroska", "opus"): "audio/webm",
}
RATE = 48_000  # samples a second
BITS = 24_000  # a second: speech loses nothing that is heard
LONGEST = 80 * 60  # seconds, which models still take by their size
# Numbers to be read for them, in stereo. Silence in eight channels at 192 kHz has few bytes, and
# others' recordings wait meanwhile.
MOST_READ = LONGEST * RATE * 2
EFFORT = {"compression_level": "3"}  # 3 ms of a processor for a second of sound


def main() -> None:
    serve(_answer, MEMORY)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    """ "pictures": it is a film; "fit": its type, where it may stay; "seconds": how much of it was
    written to the path "to"; or "unreadable"."""
    try:
        with open(request["path"], "rb") as file:
            return _look(file, request["to"])
    except (OSError, MemoryError, ValueError):  # ffmpeg's are of these
        return {"unreadable": True}
    except Exception as error:  # noqa: BLE001 - recordings.py logs it
        return {"unreadable": True, "fault": outline(error)}


def _look(file: BinaryIO, to: str) -> dict[str, Any]:
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "none"}
    with av.open(file, "r", options=options) as source:
        if any(not each.disposition & Disposition.attached_pic for each in source.streams.video):
            return {"pictures": True}
        if not source.streams.audio:
            return {"unreadable": True}
        container = source.format.name.partition(",")[0]
        fit = FIT.get((container, source.streams.audio[0].codec_context.name))
        if fit:
            return {"fit": fit}
        with av.open(to, "w", format="ogg") as target:
            seconds = _convert(source, target)
        return {"seconds": seconds} if seconds else {"unreadable": True}


def _convert(source: InputContainer, target: OutputContainer) -> float:
    """Write the sound as WhatsApp's own voice messages are; its seconds, 0 where there is none,
    more than LONGEST, or more to read than MOST_READ."""
    stream = target.add_stream("libopus", rate=RATE, layout="mono", options=EFFORT)
    stream.bit_rate = BITS
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE)
    written = read = 0
    for frame in chain(_frames(source), (None,)):
        read += frame.samples * len(frame.layout.channels) if frame else 0
        for piece in resampler.resample(frame):
            piece.pts = written
            written += piece.samples
            target.mux(stream.encode(piece))
        if written > LONGEST * RATE or read > MOST_READ:
            return 0.0
    target.mux(stream.encode(None))
    return written / RATE


def _frames(source: InputContainer) -> Iterator[AudioFrame]:
    """What can be read of it: a recording that breaks off is heard until there."""
    sound = source.streams.audio[0]
    sound.codec_context.thread_count = 1
    try:
        for packet in source.demux(sound):
            try:
                yield from packet.decode()
            except av.InvalidDataError:
                continue
    except (av.InvalidDataError, av.EOFError):
        return


if __name__ == "__main__":
    main()
