"""GitHub's sign-in and the three questions we ask it afterwards, over HTTP.

`person` is whoever sits before the browser; `choice` is what they do on GitHub's page. The codes it
gives are good once, for the redirect address and the verifier that they were asked for with.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlencode

from .base import Double, Fault
from .server import Request, Response, answer_json

CLIENT_ID = "Iv1.double"
CLIENT_SECRET = "the-double-s-secret"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
USED_UP = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1800000000"}


@dataclass
class Account:
    """Somebody at GitHub; `emails` as its API lists them."""

    id: int = 583231
    login: str = "caio"
    name: str | None = "Caio Prado"
    emails: list[Any] = field(default_factory=list)
    picture: Response | None = None


def verified(email: str, *, primary: bool = False) -> dict[str, Any]:
    return {"email": email, "verified": True, "primary": primary, "visibility": None}


def unverified(email: str, *, primary: bool = False) -> dict[str, Any]:
    return {**verified(email, primary=primary), "verified": False}


class GitHub(Double):
    controls: ClassVar[set[str]] = Double.controls

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self._begin()

    def _begin(self) -> None:
        self.person = Account(emails=[verified("caio@example.com", primary=True)])
        self.choice = "allow"  # or "cancel"
        self.scope = "user:email"
        self.profile: Any = None  # answered in place of the person's own
        self._codes: dict[str, dict[str, str]] = {}
        self._tokens: set[str] = set()

    def reset(self) -> None:
        super().reset()
        self._begin()

    def is_away(self, path: str, status: int = 500, n: int = 1, **headers: str) -> None:
        """The next `n` questions of this path are answered with an error."""
        response = answer_json({"message": "Server Error"}, status, headers)
        on = "POST" if path.endswith("access_token") else "GET"
        self.plan(n, Fault(on=on, path=path, response=response))

    def is_silent(self, path: str, seconds: float) -> None:
        on = "POST" if path.endswith("access_token") else "GET"
        self.plan(1, Fault(on=on, path=path, seconds=seconds))

    def asked(self, path: str) -> list[Request]:
        return [each for each in self.requests if each.path == path]

    def answer(self, request: Request) -> Response:
        if request.path == "/login/oauth/authorize":
            return self._authorize(request.query)
        if request.path == "/login/oauth/access_token":
            return self._token(request.form)
        if request.path.startswith("/u/"):
            return self.person.picture or Response(200, PIXEL, {"Content-Type": "image/png"})
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self._tokens:
            return answer_json({"message": "Bad credentials"}, 401)
        if request.path == "/user":
            return answer_json(self.profile if self.profile is not None else self._profile())
        if request.path == "/user/emails":
            return answer_json(self.person.emails)
        return answer_json({"message": "Not Found"}, 404)

    def state(self) -> object:
        return {"requests": len(self.requests)}

    def _authorize(self, query: dict[str, str]) -> Response:
        if query.get("client_id") != CLIENT_ID:
            return answer_json({"message": "Not Found"}, 404)
        if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
            return answer_json({"message": "no PKCE"}, 400)
        back = {"state": query["state"]}
        if self.choice == "cancel":
            back |= {"error": "access_denied", "error_description": "The user has denied access"}
        else:
            back["code"] = secrets.token_hex(10)
            self._codes[back["code"]] = query
        return Response(302, b"", {"Location": f"{query['redirect_uri']}?{urlencode(back)}"})

    def _token(self, form: dict[str, str]) -> Response:
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return answer_json({"error": "incorrect_client_credentials"})
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != challenge:
            return answer_json({"error": "bad_verification_code"})
        if asked["redirect_uri"] != form.get("redirect_uri"):
            return answer_json({"error": "redirect_uri_mismatch"})
        token = f"gho_{secrets.token_hex(18)}"
        self._tokens.add(token)
        said = {"access_token": token, "scope": self.scope, "token_type": "bearer"}
        return Response(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    def _profile(self) -> dict[str, Any]:
        person = self.person
        return {
            "id": person.id,
            "login": person.login,
            "name": person.name,
            "email": None,
            "avatar_url": f"{self.url}/u/{person.id}?v=4",
        }
