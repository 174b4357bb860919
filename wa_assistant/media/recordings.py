"""What recordings of strangers hold, and those no browser or model takes made into one they do.

ffmpeg reads them in a process of its own (child.py), which is started for the first that needs it.
WhatsApp's own voice messages, the most by far, need it not.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import logs
from ..work.apart import Apart, Ended

log = logs.get(__name__)

SECONDS = 60  # of a processor, for one file
PATIENCE_SECONDS = 90.0  # however busy the machine is; an hour of speech takes some 12
WAIT_SECONDS = 0.5  # for others' files: who answers is not held by them
IDLE_SECONDS = 120.0  # then what the process takes of memory is given back
CONVERTED = "audio/ogg"  # with Opus, as WhatsApp's own
PCM = b"\x01\x00"  # the format of a WAV whose samples stand as they are
FILM = b"vide"  # the handler of an MP4's pictures
# What is played and understood as it is, where it cannot be looked into.
TAKEN = {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/wav", "audio/webm"}

_apart = Apart("wa_assistant.media.child")


@dataclass(frozen=True)
class Recording:
    """`content_type` is what it really is; `converted`: it was written anew."""

    content_type: str
    converted: bool = False
    heard: bool = True


def is_to_be_looked_at(content_type: str, claimed: str, head: bytes) -> bool:
    """Whether its type, that of its first bytes, does not say all: what sound it holds, or whether
    it is a film at all."""
    if content_type.startswith("video/"):
        return FILM not in head
    if content_type.startswith("audio/"):
        is_voice_message = content_type == CONVERTED and b"OpusHead" in head[:64]
        is_plain = content_type == "audio/wav" and head[20:22] == PCM
        return not is_voice_message and not is_plain and content_type != "audio/mpeg"
    return claimed.startswith("audio/")


def look(path: Path, content_type: str, to: Path) -> Recording:
    """What the file at `path` is; what has to be converted is written to `to`.

    Raises apart.Busy while others' files are read.
    """
    found = ask("", path, to, wait=WAIT_SECONDS)
    if "fit" in found:
        return Recording(found["fit"])
    if "seconds" in found:
        return Recording(CONVERTED, converted=True)
    is_film = "pictures" in found or content_type.startswith("video/")
    return Recording(content_type, heard=is_film or content_type in TAKEN)


def ask(make: str, path: Path, to: Path, *, wait: float) -> dict[str, Any]:
    """What the process that is apart says of the file at `path`, with what it made of it in `to`:
    see child.py, and there MAKES. Raises apart.Busy after `wait` seconds of others' files.
    """
    request = {"make": make, "path": str(path), "to": str(to), "seconds": SECONDS}
    try:
        found = _apart.ask(request, patience=PATIENCE_SECONDS, idle=IDLE_SECONDS, wait=wait)
    except Ended:
        return {}
    if "fault" in found:
        log.error("a file could not be read by a fault of ours", stack=found["fault"])
    return found
