"""Which pictures of a conversation the model is shown, and how it gets them."""

from collections.abc import Sequence
from typing import Any

from ..clients import pictures
from ..media import files
from ..models import Direction, Media, Message

TYPES = {"image/jpeg", "image/png", "image/gif", "image/webp"}
MOST = 4
MOST_BYTES = 4 * 1024 * 1024
LOOK_BACK = 10  # messages: a question about a photo often comes after it


def shown(messages: Sequence[Message]) -> dict[int, dict[str, Any]]:
    """Parts of a model's message by the file's id, for the newest pictures of `messages`."""
    newest = [
        file
        for message in reversed(messages[-LOOK_BACK:])
        # A model is shown what participants send: it takes no pictures among its own words.
        if message.direction == Direction.INBOUND and message.kind != "sticker"
        for file in reversed(message.files)
        if _can_be_shown(file)
    ]
    found = {}
    for file in newest[:MOST]:
        path = files.path(file.file)
        if path.exists():
            found[file.id] = pictures.part(path.read_bytes(), file.content_type)
    return found


def _can_be_shown(file: Media) -> bool:
    return file.is_kept and file.content_type in TYPES and (file.size or 0) <= MOST_BYTES
