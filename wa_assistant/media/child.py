"""The process in which recordings are read and converted, and what a colleague sends is made into
what WhatsApp takes: `python -m wa_assistant.media.child`.

ffmpeg (in PyAV's wheels) knows every make of sound and picture that a telephone writes. It is
loaded here alone, and no file makes it open another.
"""

from typing import Any, BinaryIO

import av
from av.stream import Disposition

from ..outline import outline
from ..work.serving import serve
from . import pictures, sound

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
# What WhatsApp takes from us, by the same.
SENT = {
    ("ogg", "opus"): "audio/ogg",
    ("mp3", "mp3float"): "audio/mpeg",
    ("amr", "amrnb"): "audio/amr",
}
FILM_CODECS = {"h264"}
SOUND_OF_FILMS = {"aac"}


def main() -> None:
    serve(_answer, MEMORY)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    """ "pictures": it is a film; "fit": its type, where it may stay; "seconds" or "size": how much
    of it was written to the path "to"; or "unreadable"."""
    try:
        with open(request["path"], "rb") as file:
            return MAKES[request.get("make", "")](file, request["to"])
    except (OSError, EOFError, MemoryError, ValueError):  # ffmpeg's are of these
        return {"unreadable": True}
    except Exception as error:  # noqa: BLE001 - recordings.py logs it
        return {"unreadable": True, "fault": outline(error)}


def _look(file: BinaryIO, to: str, fits: dict[tuple[str, str], str] = FIT) -> dict[str, Any]:
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "none"}
    with av.open(file, "r", options=options) as source:
        if any(not each.disposition & Disposition.attached_pic for each in source.streams.video):
            return {"pictures": True}
        if not source.streams.audio:
            return {"unreadable": True}
        container = source.format.name.partition(",")[0]
        fit = fits.get((container, source.streams.audio[0].codec_context.name))
        if fit:
            return {"fit": fit}
        with av.open(to, "w", format="ogg") as target:
            seconds = sound.convert(source, target)
        return {"seconds": seconds} if seconds else {"unreadable": True}


def _film(file: BinaryIO, to: str) -> dict[str, Any]:
    """Whether it is one that every telephone plays: "fit", or "unreadable"."""
    options = {"format_whitelist": "mov", "protocol_whitelist": "none"}
    with av.open(file, "r", options=options) as source:
        seen = {each.codec_context.name for each in source.streams.video}
        heard = {each.codec_context.name for each in source.streams.audio}
    plays = seen == FILM_CODECS and heard <= SOUND_OF_FILMS
    return {"fit": "video/mp4"} if plays else {"unreadable": True}


def _voice(file: BinaryIO, to: str) -> dict[str, Any]:
    return _look(file, to, SENT)


# What is made of a file: of participants' nothing but what has to be.
MAKES = {"": _look, "voice": _voice, "film": _film, "picture": pictures.make}


if __name__ == "__main__":
    main()
