"""Twilio's Messages API. What it accepted is in `messages`, in the order of acceptance."""

import argparse
import base64
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

import requests

from .account import ACCOUNT, SENDERS, Account, SenderOfOurs, listed
from .base import Double, Fault, serve
from .files import MEDIA, Store
from .messages import Fetched, Sent, complaint, describe, describe_media, error, matches
from .receipts import Receipts
from .server import Request, Response, answer_json
from .webhooks import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, PUBLIC_URL, Webhooks

MESSAGES = re.compile(
    r"/2010-04-01/Accounts/(?P<account>\w+)/Messages(/(?P<sid>\w+)(?P<media>/Media)?)?\.json"
)


class Twilio(Webhooks, Double):
    """`messages` are what was accepted, `inbox` is what participants wrote.

    `send` and `receipt` call our webhooks as Twilio does; what `write` takes never reaches us.
    """

    controls: ClassVar[set[str]] = Double.controls | {"fail_next", "send_receipts"}

    def __init__(
        self,
        port: int = 0,
        *,
        account_sid: str = ACCOUNT_SID,
        auth_token: str = AUTH_TOKEN,
        public_url: str = PUBLIC_URL,
        number: str = OUR_NUMBER,
    ) -> None:
        Webhooks.__init__(self, account_sid, auth_token, public_url, number)
        Double.__init__(self, port)
        self.messages: list[Sent] = []
        self.inbox: list[Sent] = []
        self.receipts = Receipts(self)
        self.store = Store()
        self.fetches = False  # whether it gets what a MediaUrl leads to, as Twilio does
        self.account = Account()
        self.senders = [SenderOfOurs(number, public_url)]

    def reset(self) -> None:
        super().reset()
        self.receipts.reset()
        self.store.reset()
        self.messages.clear()
        self.inbox.clear()
        self.fetches = False
        self.account = Account()
        self.senders = [SenderOfOurs(self.number, self.public_url)]

    def write(
        self,
        sender: str,
        body: str,
        sid: str | None = None,
        *,
        at: datetime | None = None,
        media: Sequence[str] = (),
    ) -> str:
        """A participant writes and our webhook is not called; `media` are content types."""
        message = Sent(
            sid=sid or ("MM" if media else "SM") + secrets.token_hex(16),
            to=self.number,
            from_=sender,
            body=body,
            status_callback=None,
            at=at or datetime.now(UTC),
            status="received",
            direction="inbound",
            media=[("ME" + secrets.token_hex(16), each) for each in media],
        )
        with self._lock:
            self.inbox.append(message)
        return message.sid

    def send(self, app: Any, sender: str, body: str, sid: str | None = None, **fields: Any) -> Any:
        if all(written.sid != sid for written in list(self.inbox)):
            sid = self.write(sender, body, sid)
        return super().send(app, sender, body, sid, **fields)

    def start(self) -> Self:
        self.store.start()
        return super().start()

    __enter__ = start

    def stop(self) -> None:
        super().stop()
        self.store.stop()

    def keep(self, content: bytes, content_type: str | None, name: str = "") -> str:
        """A file that came with a message; its MediaUrl."""
        key = self.store.put(content, content_type, name)
        message = "MM" + secrets.token_hex(16)
        path = f"2010-04-01/Accounts/{self.account_sid}/Messages/{message}/Media/{key}"
        return f"https://api.twilio.com/{path}"

    def fail_next(
        self,
        n: int = 1,
        *,
        status: int = 500,
        code: int | None = None,
        message: str | None = None,
        accept: bool = False,
        on: str = "POST",
    ) -> None:
        """The next `n` calls fail; with `accept` the message goes out all the same."""
        code = code or {401: 20003, 404: 20404, 429: 20429}.get(status, 20500)
        self.plan(n, Fault(on=on, response=error(status, code, message), accept=accept))

    def send_receipts(self, *statuses: str, **how: Any) -> None:
        """From now on report on each message accepted: see Receipts.begin."""
        self.receipts.begin(*statuses, **how)

    def answer(self, request: Request) -> Response:
        match = MESSAGES.fullmatch(request.path)
        if not self._knows(request):
            return error(401, 20003)
        if request.method == "GET" and (media := MEDIA.fullmatch(request.path)):
            # To its store on another port, which is another host as far as a token goes.
            return Response(307, b"", {"Location": f"{self.store.url}/{media['sid']}?signed=1"})
        if request.method == "GET" and request.path == SENDERS:
            return answer_json(listed(self.senders, self.url))
        if request.method == "GET" and request.path == ACCOUNT.format(self.account_sid):
            return answer_json(self.account.described(self.account_sid))
        if not match or match["account"] != self.account_sid:
            return error(404, 20404)
        if request.method == "POST" and not match["sid"]:
            return self._accept(request)
        if request.method == "GET" and match["sid"]:
            found = [sent for sent in self._all() if sent.sid == match["sid"]]
            describes = describe_media if match["media"] else describe
            return (
                answer_json(describes(self.account_sid, found[0])) if found else error(404, 20404)
            )
        return self._list(request) if request.method == "GET" else error(404, 20404)

    def state(self) -> object:
        return {
            "messages": [{**vars(sent), "at": sent.at.isoformat()} for sent in list(self.messages)],
            "requests": len(self.requests),
            "receipts": {"sent": self.receipts.sent, "refused": self.receipts.refused},
        }

    def _knows(self, request: Request) -> bool:
        kind, _, credentials = request.headers.get("Authorization", "").partition(" ")
        given = base64.b64decode(credentials).decode() if kind == "Basic" else ""
        return given == f"{self.account_sid}:{self.auth_token}"

    def _accept(self, request: Request) -> Response:
        form = request.form
        if code := complaint(form):
            return error(400, code)
        sent = Sent(
            sid="SM" + secrets.token_hex(16),
            to=form["To"],
            from_=form.get("From", ""),
            body=form.get("Body", ""),
            status_callback=form.get("StatusCallback"),
            at=datetime.now(UTC),
            fields=form,
            status="accepted" if "MessagingServiceSid" in form else "queued",
        )
        if url := form.get("MediaUrl"):
            sent.media.append(("ME" + secrets.token_hex(16), ""))
            sent.fetched.extend(fetch(url) if self.fetches else ())
        with self._lock:
            self.messages.append(sent)
        self.receipts.follow(sent)
        return answer_json(describe(self.account_sid, sent), 201)

    def _all(self) -> list[Sent]:
        """Newest first; of those with one moment, the one that came last."""
        messages = [*reversed(self.messages), *reversed(self.inbox)]
        return sorted(messages, key=lambda message: message.at, reverse=True)

    def _list(self, request: Request) -> Response:
        wanted = {name: value for name, value in request.query.items() if "Page" not in name}
        found = [sent for sent in self._all() if matches(sent, wanted)]
        size = min(int(request.query.get("PageSize", 50)), 1000)
        page = int(request.query.get("Page", 0))
        shown = found[page * size : (page + 1) * size]

        def uri(number: int) -> str:
            query = {**wanted, "PageSize": size, "Page": number}
            if number:
                query["PageToken"] = f"PA{found[number * size - 1].sid}"
            return f"{request.path}?{urlencode(query)}"

        return answer_json(
            {
                "messages": [describe(self.account_sid, sent) for sent in shown],
                "page": page,
                "page_size": size,
                "start": page * size,
                "end": max(0, page * size + len(shown) - 1),
                "uri": uri(page),
                "first_page_uri": uri(0),
                "previous_page_uri": uri(page - 1) if page else None,
                "next_page_uri": uri(page + 1) if len(found) > (page + 1) * size else None,
            }
        )


def fetch(url: str) -> list[Fetched]:
    """Twilio asks for the headers first, and then for the file."""
    found = []
    for method in ("HEAD", "GET"):
        answer = requests.request(method, url, timeout=10)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        found.append(Fetched(method, answer.status_code, headers, answer.content))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--account-sid", default=ACCOUNT_SID)
    parser.add_argument("--auth-token", default=AUTH_TOKEN)
    parser.add_argument("--public-url", default=PUBLIC_URL)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds each answer takes")
    parser.add_argument("--receipts", choices=("none", "in-order", "shuffled"), default="none")
    given = parser.parse_args()
    double = Twilio(
        given.port,
        account_sid=given.account_sid,
        auth_token=given.auth_token,
        public_url=given.public_url,
    )
    double.delay = given.delay
    if given.receipts != "none":
        double.send_receipts(shuffled=given.receipts == "shuffled")
    serve(double)


if __name__ == "__main__":
    main()
