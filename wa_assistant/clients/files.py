"""What fetching a participant's file gives and raises, whoever has it."""

from dataclasses import dataclass
from typing import BinaryIO, Protocol


@dataclass(frozen=True)
class Fetched:
    """What the provider says of a file beside its bytes; empty where it says nothing."""

    content_type: str = ""
    name: str = ""


class FetchError(Exception):
    """The file was not fetched."""


class Unreachable(FetchError):
    """Worth another try: a time-out, a broken connection, a server's own error."""


class NotThere(FetchError):
    """The provider has no such file; shortly after a webhook it may still come."""


class Elsewhere(FetchError):
    """It is not at one of the provider's own addresses."""


class TooLarge(FetchError):
    """It has more bytes than are taken."""


class Source(Protocol):
    def fetch(self, url: str, into: BinaryIO, limit: int) -> Fetched:
        """Write the file at `url`, of at most `limit` bytes, to `into`; raises a FetchError."""
