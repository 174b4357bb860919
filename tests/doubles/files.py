"""Twilio's stores of files: whoever has an address may read it, and a token here is a leak."""

import re
import secrets
from dataclasses import dataclass
from urllib.parse import quote

from .base import Double, Fault
from .server import Request, Response

MEDIA = re.compile(r"/2010-04-01/Accounts/(?P<account>\w+)/Messages/MM\w+/Media/(?P<sid>ME\w+)")


@dataclass(frozen=True)
class File:
    content: bytes
    content_type: str | None
    name: str = ""


class Store(Double):
    """`leaks` are the credentials it was sent, which nobody should send it."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.files: dict[str, File] = {}

    @property
    def leaks(self) -> list[str]:
        with self._lock:
            sent = [each.headers.get("Authorization") for each in self.requests]
        return [each for each in sent if each]

    def reset(self) -> None:
        super().reset()
        self.files = {}

    def put(self, content: bytes, content_type: str | None, name: str = "") -> str:
        """Keep a file; its key."""
        key = "ME" + secrets.token_hex(16)
        self.files[key] = File(content, content_type, name)
        return key

    def fail_next(self, n: int = 1, *, status: int = 500) -> None:
        self.plan(n, Fault(on="GET", response=Response(status)))

    def answer_next(self, response: Response) -> None:
        self.plan(1, Fault(on="GET", response=response))

    def answer(self, request: Request) -> Response:
        file = self.files.get(request.path.rpartition("/")[2])
        if file is None:
            return Response(404)
        headers = {"Content-Type": file.content_type} if file.content_type else {}
        if file.name:
            headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(file.name, safe='')}"
        return Response(200, file.content, headers)

    def state(self) -> object:
        return {"requests": len(self.requests), "leaks": len(self.leaks)}
