"""The addresses under which Twilio fetches what we send: signed, for one file, and for hours only.

Whoever has such an address may fetch the file, as Twilio must; nobody can make one. It is made anew
for each sending.
"""

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ..models import Media
from . import files

PATH = "/files"
# Twilio may keep a message for four hours before it goes out (ValidityPeriod), and asks then.
LASTS_SECONDS = 6 * 3600
SALT = "files for Twilio"


def address(file: Media) -> str:
    """Under PUBLIC_URL; the file's name is told with the file, and stands in nobody's log."""
    public: str = current_app.config["PUBLIC_URL"]
    return f"{public}{PATH}/{_signer().dumps([file.id, file.file])}"


def found(token: str) -> Media | None:
    """The file an address is for, while it lasts and the file is there."""
    try:
        media_id, name = _signer().loads(token, max_age=LASTS_SECONDS)
    except BadSignature:  # also where its time is over
        return None
    file = files.kept(media_id)
    return file if file is not None and file.file == name else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=SALT)
