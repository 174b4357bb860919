"""Sign-in with GitHub: the way there, and who came back. Nobody else talks to GitHub.

Authlib speaks OAuth, with PKCE (S256). What it brings takes 15 MB and 0.1 s of a process, so that
it is loaded at the first sign-in. No answer is followed elsewhere: a redirect is none.
"""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import current_app

from .. import logs

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

log = logs.get(__name__)

SCOPE = "user:email"
ENOUGH = {SCOPE, "user"}  # the second holds the first
TIMEOUT_SECONDS = (4.0, 8.0)  # to connect, and between two pieces
PICTURE_DEADLINE_SECONDS = 4.0
PICTURE_BYTES = 256 * 1024
PICTURE_PIXELS = 96
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
PIECE = 16 * 1024
HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}


class GitHubError(Exception):
    """Nobody came back from GitHub."""


class Unavailable(GitHubError):
    """It does not answer, or with an error of its own, or with what makes no sense."""


class RateLimited(GitHubError):
    """It answers us no more for a while."""


class Spent(GitHubError):
    """It does not know what we bring: a code that was used or is too old."""


class Misconfigured(GitHubError):
    """It does not take our client's id, secret or address."""


class NoAddresses(GitHubError):
    """We may not see the person's e-mail addresses."""


@dataclass(frozen=True)
class Person:
    """Somebody as GitHub knows them; `addresses` are the verified ones, the primary one first."""

    id: int
    name: str
    picture_url: str
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    content: bytes
    content_type: str


def way(state: str, back: str) -> tuple[str, str]:
    """Where to send somebody who wants to sign in, and the verifier to be kept until they come to
    `back`, one of our own addresses, with `state`."""
    from authlib.common.security import generate_token

    verifier: str = generate_token(48)
    with _client(redirect_uri=back) as client:
        url, _ = client.create_authorization_url(
            f"{current_app.config['GITHUB_URL']}/login/oauth/authorize",
            state=state,
            code_verifier=verifier,
        )
    return str(url), verifier


def person(code: str, verifier: str, back: str) -> Person:
    """Who came back with `code`; raises a GitHubError."""
    from authlib.integrations.base_client import OAuthError
    from requests import RequestException

    try:
        with _client(redirect_uri=back) as client:
            _fetch_token(client, code, verifier)
            profile = _get(client, "/user")
            return _person(profile, _get(client, "/user/emails?per_page=100"))
    except OAuthError as error:
        raise _objection(str(error.error)) from error
    except (RequestException, ValueError) as error:
        raise Unavailable(type(error).__name__) from error


def _client(**options: Any) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    return OAuth2Session(
        current_app.config["GITHUB_CLIENT_ID"],
        current_app.config["GITHUB_CLIENT_SECRET"],
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 - a method's name
        scope=SCOPE,
        code_challenge_method="S256",
        default_timeout=TIMEOUT_SECONDS,
        **options,
    )


def _fetch_token(client: Any, code: str, verifier: str) -> None:
    def checked(response: "Response") -> "Response":
        _check(response)
        return response

    client.register_compliance_hook("access_token_response", checked)
    token = client.fetch_token(
        f"{current_app.config['GITHUB_URL']}/login/oauth/access_token",
        code=code,
        code_verifier=verifier,
        allow_redirects=False,
    )
    if not token.get("access_token"):
        raise Unavailable("no token")
    if not ENOUGH & set(str(token.get("scope", "")).replace(",", " ").split()):
        raise NoAddresses("the scope was refused")


def _get(client: Any, path: str) -> Any:
    url = current_app.config["GITHUB_API_URL"] + path
    response = client.get(url, headers=HEADERS, allow_redirects=False)
    if response.status_code in (403, 404) and not _is_limit(response):
        raise NoAddresses(f"HTTP {response.status_code}")
    _check(response)
    return response.json()


def _check(response: "Response") -> None:
    if _is_limit(response):
        raise RateLimited(f"HTTP {response.status_code}")
    if response.status_code == 401:
        raise Spent("HTTP 401")
    if response.status_code == 404:  # how GitHub says that it knows no such client
        raise Misconfigured("HTTP 404")
    if response.status_code != 200:
        raise Unavailable(f"HTTP {response.status_code}")


def _is_limit(response: "Response") -> bool:
    headers = response.headers
    is_used_up = headers.get("X-RateLimit-Remaining") == "0" or "Retry-After" in headers
    return response.status_code == 429 or (response.status_code == 403 and is_used_up)


def _objection(error: str) -> GitHubError:
    if error == "bad_verification_code":
        return Spent(error)
    log.error("GitHub refused our application", error=error[:60])
    return Misconfigured(error)


def _person(profile: Any, emails: Any) -> Person:
    """Raises Unavailable where this is no profile: an answer of another kind is nobody."""
    number = profile.get("id") if isinstance(profile, dict) else None
    if type(number) is not int or number <= 0 or not isinstance(emails, list):
        raise Unavailable("not a profile")
    verified = [each for each in emails if isinstance(each, dict) and each.get("verified") is True]
    verified.sort(key=lambda each: each.get("primary") is not True)
    return Person(
        id=number,
        name=str(profile.get("name") or profile.get("login") or ""),
        picture_url=str(profile.get("avatar_url") or ""),
        addresses=tuple(str(each.get("email") or "") for each in verified),
    )


def picture(url: str) -> Picture | None:
    """The picture at `url`, small; None where it is none, too large, or not to be had in time."""
    import requests
    from urllib3.exceptions import HTTPError

    if not _may_be_asked(url):
        return None
    try:
        with requests.get(
            url,
            params={"s": str(PICTURE_PIXELS)},
            auth=_nothing,
            headers={"Accept": "image/*", "Accept-Encoding": "identity"},
            timeout=PICTURE_DEADLINE_SECONDS,
            allow_redirects=False,
            stream=True,
        ) as response:
            return _read(response) if response.status_code == 200 else None
    except (requests.RequestException, HTTPError, ValueError) as error:
        log.info("no picture from GitHub", error=type(error).__name__)
        return None


def _read(response: "Response") -> Picture | None:
    import filetype

    ends, content = time.monotonic() + PICTURE_DEADLINE_SECONDS, b""
    # A piece as it comes: a full one would be waited for however slowly it drips.
    while piece := response.raw.read1(PIECE, decode_content=False):
        content += piece
        if len(content) > PICTURE_BYTES or time.monotonic() > ends:
            return None
    kind = filetype.guess_mime(content)  # whatever the server calls it
    return Picture(content, kind) if kind in PICTURES else None


def _may_be_asked(url: str) -> bool:
    """Whether it is GitHub's own or at least encrypted; an Enterprise keeps its pictures itself."""
    try:
        parts, ours = urlsplit(url), urlsplit(current_app.config["GITHUB_URL"])
    except ValueError:
        return False
    if parts.username is not None:
        return False
    if (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc):
        return True
    host = (parts.hostname or "").lower()
    home = (ours.hostname or "").lower()
    return parts.scheme == "https" and (
        host == "githubusercontent.com"
        or host.endswith((".githubusercontent.com", f".{home}"))
        or host == home
    )


def _nothing(request: "PreparedRequest") -> "PreparedRequest":
    # Without one of its own, requests would look into ~/.netrc.
    return request
