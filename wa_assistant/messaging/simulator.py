"""Pretended participants: what they write takes the same way in as a message from Twilio."""

import secrets
from urllib.parse import urlencode

from sqlalchemy import select

from ..database import db
from ..models import Kind, Participant
from . import journal


def new_address() -> str:
    """The address of somebody nobody has pretended to be yet."""
    return f"simulated:+55119{secrets.randbelow(10**8):08}"


def write(address: str, name: str, body: str) -> Participant:
    """Let the pretended participant at `address` write `body`."""
    form = {
        "MessageSid": f"SIM{secrets.token_hex(16)}",
        "From": address,
        "ProfileName": name,
        "Body": body,
        "MessageType": "text",
        "NumMedia": "0",
    }
    journal.receive(Kind.INBOUND, urlencode(form).encode(), simulated=True)
    return db.session.scalars(select(Participant).where(Participant.address == address)).one()
