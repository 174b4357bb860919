"""The voice messages of the demo: a file of each, as it would be kept had it been fetched."""

import io
from hashlib import sha256

from ...clients import recording, simulated
from ...database import db
from ...media import files
from ...models import Media, Message
from ...models.media import MediaStatus


def voice(message: Message) -> None:
    """Two seconds of a tone came with it, and are here."""
    sound = io.BytesIO()
    recording.write(sound)
    content = sound.getvalue()
    name = sha256((message.provider_sid or "").encode()).hexdigest()[:32]
    files.path(name).write_bytes(content)
    media = Media(message_id=message.id, position=0, url=simulated.VOICE, file=name)
    media.content_type, media.size = "audio/wav", len(content)
    media.sha256, media.status = sha256(content).hexdigest(), MediaStatus.KEPT
    db.session.add(media)
