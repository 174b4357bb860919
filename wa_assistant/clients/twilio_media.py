"""Fetches what participants sent from Twilio, and from nowhere else.

A webhook names a file under the account's own API address, which wants the account's token and
redirects to a store that must never see it. Each hop is checked before it is taken.
"""

import re
import time
from typing import BinaryIO
from urllib.parse import SplitResult, urljoin, urlsplit

import requests
from flask import current_app
from requests.auth import HTTPBasicAuth
from urllib3.exceptions import HTTPError
from werkzeug.http import parse_options_header

from .files import Elsewhere, Fetched, NotThere, TooLarge, Unreachable

TIMEOUT_SECONDS = (5.0, 10.0)  # to connect, and between two pieces
DEADLINE_SECONDS = 25.0
MOST_REDIRECTS = 3
REDIRECTS = (301, 302, 303, 307, 308)
PIECE = 64 * 1024
API = re.compile(r"api(\.[a-z0-9-]+)*\.twilio\.com")
# Its stores: behind HTTP authentication mms.twiliocdn.com, without it Amazon's, where only
# Twilio's own bucket counts.
STORES = re.compile(
    r"([a-z0-9-]+\.)+(twilio|twiliocdn)\.com"
    r"|media\.twiliocdn\.com\.s3[a-z0-9.-]*\.amazonaws\.com"
)
HOST = re.compile(r"[\w.-]+(:\d+)?")  # nothing that two parsers could read differently
AMAZON = "s3-external-1.amazonaws.com"
BUCKET = "/media.twiliocdn.com/"


def fetch(url: str, into: BinaryIO, limit: int) -> Fetched:
    """Write the file at `url`, of at most `limit` bytes, to `into`; raises a FetchError."""
    ends = time.monotonic() + DEADLINE_SECONDS
    try:
        with _open(url, ends) as response:
            _copy(response, into, limit, ends)
            return _described(response)
    except (requests.RequestException, HTTPError) as error:
        raise Unreachable(type(error).__name__) from error
    except ValueError as error:
        raise Elsewhere("not an address") from error


def _open(url: str, ends: float) -> requests.Response:
    """The answer that has the file, after as many redirects as are good."""
    url = _at_home(url)
    for hop in range(MOST_REDIRECTS + 1):
        _check(urlsplit(url), first=hop == 0)
        _check_time(ends)
        response = requests.get(
            url,
            auth=_credentials() if hop == 0 else _nothing,
            headers={"Accept": "*/*", "Accept-Encoding": "identity"},
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
            stream=True,
        )
        if response.status_code not in REDIRECTS:
            _check_answer(response)
            return response
        url = urljoin(url, response.headers.get("Location", ""))
        response.close()
    raise Elsewhere("too many redirects")


def _at_home(url: str) -> str:
    """An address of Twilio's API at TWILIO_API_URL, where one is configured."""
    base, parts = current_app.config["TWILIO_API_URL"], urlsplit(url)
    if base and API.fullmatch(parts.hostname or ""):
        return f"{base}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    return url


def _check(parts: SplitResult, *, first: bool) -> None:
    """Raise Elsewhere unless this address may be asked: `first` is the one that gets the token."""
    base = urlsplit(current_app.config["TWILIO_API_URL"] or "")
    host = parts.hostname or ""
    if parts.username is not None or parts.password is not None:
        raise Elsewhere("an address with a password")
    if not HOST.fullmatch(parts.netloc):
        raise Elsewhere("not a plain host")
    if base.hostname:
        same = (parts.scheme, parts.netloc) == (base.scheme, base.netloc)
        if same or (not first and (parts.scheme, host) == (base.scheme, base.hostname)):
            return
    if parts.scheme != "https" or parts.port not in (None, 443):
        raise Elsewhere("not https")
    if first and not (API.fullmatch(host) and _is_ours(parts.path)):
        raise Elsewhere("not an address of this account at Twilio")
    if not STORES.fullmatch(host) and not (host == AMAZON and parts.path.startswith(BUCKET)):
        raise Elsewhere("not one of Twilio's stores")


def _is_ours(path: str) -> bool:
    account = current_app.config["TWILIO_ACCOUNT_SID"]
    return bool(re.fullmatch(rf"/2010-04-01/Accounts/{account}/Messages/\w+/Media/\w+", path))


def _check_answer(response: requests.Response) -> None:
    if response.status_code == 200:
        return
    response.close()
    # Twilio's webhook may be here before its file is: a 404 is asked again for a while.
    if response.status_code in (404, 410):
        raise NotThere(f"HTTP {response.status_code}")
    raise Unreachable(f"HTTP {response.status_code}")


def _check_time(ends: float) -> None:
    if time.monotonic() > ends:
        raise Unreachable("it takes too long")


def _copy(response: requests.Response, into: BinaryIO, limit: int, ends: float) -> None:
    said = response.headers.get("Content-Length", "")
    if said.isdigit() and int(said) > limit:
        raise TooLarge
    size = 0  # fewer than were said, and urllib3 raises
    # A piece as it comes: a full one would be waited for however slowly it drips.
    while piece := response.raw.read1(PIECE, decode_content=False):
        size += len(piece)
        if size > limit:
            raise TooLarge
        _check_time(ends)
        into.write(piece)


def _described(response: requests.Response) -> Fetched:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    _, options = parse_options_header(response.headers.get("Content-Disposition"))
    return Fetched(kind, options.get("filename") or "")


def _credentials() -> HTTPBasicAuth:
    config = current_app.config
    if not config["TWILIO_CONNECTED"]:
        raise Unreachable("Twilio is not connected")
    return HTTPBasicAuth(config["TWILIO_ACCOUNT_SID"], config["TWILIO_AUTH_TOKENS"][0])


def _nothing(request: requests.PreparedRequest) -> requests.PreparedRequest:
    # Without one of its own, requests would look into ~/.netrc.
    return request
