"""OpenAI's completions, transcriptions, embeddings and models, as compatible servers speak them."""

import argparse
import json
import secrets
from collections import deque
from collections.abc import Callable
from typing import ClassVar

from . import speech, vectors
from .base import Double, Fault, serve
from .bill import Bill
from .completions import NO_EYES, Body, cite, completion, error, pictures
from .schema import complaint, fill
from .server import Request, Response, answer_json

API_KEY = "the-key-of-the-tests"
MODELS = ("gpt-6-luna", "text-embedding-3-small", "gpt-transcribe")
COMPLETIONS = "/v1/chat/completions"
TRANSCRIPTIONS = "/v1/audio/transcriptions"
EMBEDDINGS = "/v1/embeddings"


class OpenAI(Double):
    """`calls` are the bodies of the chat completions asked for, in order, and `transcriptions`
    the recordings it was sent, of which it `hears` the same words each time.

    `reply` makes the words of the answer from a body, and `finds` what else is in it; `refuses`
    names the parameters the model does not take; where it `sees` nothing, pictures are refused.
    `bill` is what it asks for what it has done; `counts` changes the usage that it tells of a
    completion, which is not what it bills; with `voice_seconds` it tells those of a recording.
    """

    controls: ClassVar[set[str]] = Double.controls | {"fail_next", "answer_next", "refuse"}

    def __init__(self, port: int = 0, *, api_key: str | None = API_KEY) -> None:
        super().__init__(port)
        self.api_key = api_key
        self.reset()

    @property
    def base_url(self) -> str:
        """What OPENAI_BASE_URL is set to."""
        return f"{self.url}/v1"

    @property
    def calls(self) -> list[Body]:
        with self._lock:
            asked = [each for each in self.requests if each.path == COMPLETIONS]
        return [each.json for each in asked]

    @property
    def embedded(self) -> list[Body]:
        """The bodies of the embeddings asked for, in order."""
        with self._lock:
            asked = [each for each in self.requests if each.path == EMBEDDINGS]
        return [each.json for each in asked]

    @property
    def transcriptions(self) -> list[speech.Recording]:
        with self._lock:
            asked = [each for each in self.requests if each.path == TRANSCRIPTIONS]
        return [speech.read(each) for each in asked]

    def reset(self) -> None:
        super().reset()
        self.reply: Callable[[Body], str] = cite
        self.finds: Callable[[Body], Body] = lambda body: {}
        self.refuses: set[str] = set()
        self._prepared: deque[tuple[Body, str]] = deque()
        self.cached_tokens = self.cache_write_tokens = 0
        self.sees, self.hears = True, "Que horas vocês abrem?"
        self.shutdown_dates: dict[str, str] = {}
        self.dimension = vectors.NATIVE
        self.bill = Bill()
        self.counts: Callable[[Body], Body | None] = lambda usage: usage
        self.voice_seconds: float | None = None

    def refuse(self, *parameters: str) -> None:
        """From now on a call with one of these parameters is a 400 that names it."""
        self.refuses.update(parameters)

    def fail_next(
        self,
        n: int = 1,
        *,
        status: int = 500,
        code: str | None = None,
        param: str | None = None,
        message: str | None = None,
        headers: dict[str, str] | None = None,
        accept: bool = False,
        on: str = "POST",
        path: str = "",
    ) -> None:
        """The next `n` calls fail: 429 is of rate unless `code` says insufficient_quota."""
        code = code or {401: "invalid_api_key", 429: "rate_limit_exceeded"}.get(status)
        response = error(status, code, param, message, headers)
        self.plan(n, Fault(on=on, path=path, response=response, accept=accept))

    def answer_next(
        self,
        n: int = 1,
        *,
        content: str | None = None,
        finish_reason: str = "stop",
        refusal: str | None = None,
        garbage: str | None = None,
    ) -> None:
        """The next `n` answers are these: no content, cut short, refused, or no JSON at all."""
        if garbage is not None:
            headers = {"Content-Type": "application/json"}
            self.plan(n, Fault(response=Response(200, garbage.encode(), headers)))
            return
        message = {"role": "assistant", "content": content, "refusal": refusal}
        with self._lock:
            self._prepared.extend([(message, finish_reason)] * n)

    def answer(self, request: Request) -> Response:
        if self.api_key and request.headers.get("Authorization") != f"Bearer {self.api_key}":
            return error(401, "invalid_api_key")
        if (request.method, request.path) == ("POST", COMPLETIONS):
            return self._complete(request.json)
        if (request.method, request.path) == ("POST", TRANSCRIPTIONS):
            return self._transcribe(request)
        if (request.method, request.path) == ("POST", EMBEDDINGS):
            return self._embed(request.json)
        if request.method == "GET" and request.path.startswith("/v1/models"):
            return self._models(request.path.removeprefix("/v1/models").strip("/"))
        return error(404, None, message=f"Unknown request URL: {request.method} {request.path}.")

    def state(self) -> object:
        return {"calls": len(self.calls), "requests": len(self.requests), "waiting": self.waiting}

    def _refusal(self, body: Body) -> Response | None:
        for name in sorted(self.refuses.intersection(body)):
            said = f"Unsupported parameter: '{name}' is not supported with this model."
            return error(400, "unsupported_parameter", name, said)
        return None

    def _embed(self, body: Body) -> Response:
        response = self._refusal(body) or vectors.embeddings(body, native=self.dimension)
        if response.status == 200:
            self.bill.embedding(body["model"], json.loads(response.body)["usage"]["total_tokens"])
        return response

    def _transcribe(self, request: Request) -> Response:
        response = speech.transcribe(request, self.hears, self.voice_seconds)
        if response.status == 200 and self.voice_seconds:
            self.bill.voice(speech.read(request).model, self.voice_seconds)
        return response

    def _complete(self, body: Body) -> Response:
        if not self.sees and pictures(body):
            return error(400, None, "messages.[1].content", NO_EYES)
        if refusal := self._refusal(body):
            return refusal
        if not body.get("messages") or body.get("stream"):
            return error(400, None, "messages", "Streams and empty lists are not answered here.")
        form = body.get("response_format") or {"type": "text"}
        if words := complaint(form):
            return error(400, None, "response_format", words)
        with self._lock:
            prepared = self._prepared.popleft() if self._prepared else None
        message, finish_reason = prepared or (self._message(body, form), "stop")
        answer = completion(
            body,
            message,
            finish_reason,
            cached=self.cached_tokens,
            to_cache=self.cache_write_tokens,
        )
        self.bill.completion(answer["model"], answer["usage"])
        return answer_json(
            {**answer, "usage": self.counts(answer["usage"])},
            headers={"x-request-id": f"req_{secrets.token_hex(16)}"},
        )

    def _message(self, body: Body, form: Body) -> Body:
        reply = self.reply(body)
        if form["type"] == "text":
            return {"role": "assistant", "content": reply, "refusal": None}
        content = json.dumps({**fill(form, reply), **self.finds(body)})
        return {"role": "assistant", "content": content, "refusal": None}

    def _models(self, name: str) -> Response:
        known = [
            {
                "id": each,
                "object": "model",
                "created": 1_780_000_000,
                "owned_by": "openai",
                "shutdown_date": self.shutdown_dates.get(each),
            }
            for each in MODELS
        ]
        if not name:
            return answer_json({"object": "list", "data": known})
        found = [each for each in known if each["id"] == name]
        if found:
            return answer_json(found[0])
        return error(404, "model_not_found", "model", f"The model '{name}' does not exist.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--api-key", default=API_KEY)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds each answer takes")
    given = parser.parse_args()
    double = OpenAI(given.port, api_key=given.api_key)
    double.delay = given.delay
    serve(double)


if __name__ == "__main__":
    main()
