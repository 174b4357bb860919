"""A message that was typed and not sent waits in its writer's session, also across a sign-in."""

import json
import zlib

from flask import request, session

NAME = "unsent"
MOST_BYTES = 2200  # of a cookie's 4096, which also holds who is signed in, in base 64


def keep(participant_id: int, body: str) -> None:
    """Keep `body` for the next time this conversation is opened."""
    # A cookie that is too large is dropped whole by browsers, and the session with it.
    while len(zlib.compress(json.dumps(body).encode())) > MOST_BYTES:
        body = body[:-50]
    if body:
        session[NAME] = {"participant_id": participant_id, "body": body}


def take(participant_id: int) -> str:
    """What was kept for this conversation, which is then kept no more; empty if nothing."""
    kept = session.get(NAME) or {}
    if kept.get("participant_id") != participant_id:
        return ""
    session.pop(NAME)
    return str(kept.get("body", ""))


def is_ours() -> bool:
    """Whether the form comes from a page of ours: no other site puts words in our mouths."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
