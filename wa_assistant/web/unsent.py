"""A message that was typed and not sent waits in its writer's session, also across a sign-in."""

from flask import session

NAME = "unsent"
MOST_CHARACTERS = 2000  # that fit into a session's cookie


def keep(participant_id: int, body: str) -> None:
    """Keep `body` for the next time this conversation is opened."""
    session[NAME] = {"participant_id": participant_id, "body": body[:MOST_CHARACTERS]}


def take(participant_id: int) -> str:
    """What was kept for this conversation, which is then kept no more; empty if nothing."""
    kept = session.get(NAME) or {}
    if kept.get("participant_id") != participant_id:
        return ""
    session.pop(NAME)
    return str(kept.get("body", ""))
