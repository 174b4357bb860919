"""Calls an address that expects to be called: a dead man's switch."""

import requests

SECONDS = 10.0


class NotHeard(Exception):
    """Nobody took it, for what `str` says: a status, or the kind of an exception."""


def call(url: str) -> None:
    """Raises NotHeard. Of what is answered nothing is read."""
    try:
        with requests.get(url, timeout=SECONDS, stream=True) as response:
            if not response.ok:
                raise NotHeard(f"HTTP {response.status_code}")
    except requests.RequestException as error:
        raise NotHeard(type(error).__name__) from error
