"""A message that was typed and not sent waits in its writer's session, also across a sign-in.

Files cannot: a browser has to be given them again.
"""

import json
import zlib
from typing import Any, NamedTuple

from flask import request, session

NAME = "unsent"
MOST_CHARACTERS = 5000  # nobody waits for a page that tries to fit in more
MOST_BYTES = 2200  # of a cookie's 4096, which also holds who is signed in, in base 64


class Unsent(NamedTuple):
    """What was typed, and the id of the message it replies to, if it does."""

    body: str = ""
    quote: int | None = None


def keep(participant_id: int, body: str, author: str, quote: int | None = None) -> None:
    """Keep `body` for the next time this conversation is opened by `author`, a user's id."""
    body = body[:MOST_CHARACTERS]
    # A cookie that is too large is dropped whole by browsers, and the session with it.
    while len(zlib.compress(json.dumps(body).encode())) > MOST_BYTES:
        body = body[:-50]
    if body or quote:
        session[NAME] = {"participant_id": participant_id, "body": body, "author": author[:12]}
    if quote:
        session[NAME]["quote"] = quote


def take(participant_id: int) -> Unsent:
    """What was kept for this conversation, which is then kept no more; empty if nothing."""
    kept = session.get(NAME) or {}
    if kept.get("participant_id") != participant_id:
        return Unsent()
    session.pop(NAME)
    return Unsent(str(kept.get("body", "")), kept.get("quote"))


def carry_over(kept: dict[str, Any] | None, author: str) -> None:
    """After a sign-in: what was typed is its writer's, whoever signs in now."""
    if kept and kept.get("author") == author:
        session[NAME] = kept


def is_ours() -> bool:
    """Whether the form comes from a page of ours: no other site puts words in our mouths."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
