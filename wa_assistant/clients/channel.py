"""What every channel's `send` and `find` give and raise."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Sent:
    """A message the provider has: its SID, and the provider's word for how far it has come.

    `code` is the provider's for a failure.
    """

    sid: str
    status: str
    code: int | None = None


class SendError(Exception):
    """Not sent; `code` is the provider's, None where it gave none."""

    def __init__(self, message: str, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class Permanent(SendError):
    """Sending it again would fail again."""


class Halted(SendError):
    """Nothing can be sent to anybody until a person of ours acts: account, sender, credit."""


class Temporary(SendError):
    """Certainly not sent, and worth another try."""


class Uncertain(SendError):
    """It may have been sent: ask `find` before sending again."""


@dataclass(frozen=True)
class Received:
    """A message the provider says a participant wrote to us."""

    sid: str
    sender: str
    body: str
    at: datetime
    files: int  # how many came with it


@dataclass(frozen=True)
class File:
    """What came with a message, as the provider's webhook would name it."""

    url: str
    content_type: str


class Unreadable(Exception):
    """What the provider has received cannot be read at present."""


class Channel(Protocol):
    def send(self, to: str, body: str, media: str | None = None) -> Sent:
        """Hand `body` over for the address `to`, with the file at the address `media`; raises a
        SendError."""

    def find(self, to: str, body: str, since: datetime) -> list[Sent]:
        """What the provider took for `to` with this body since then, oldest first."""
