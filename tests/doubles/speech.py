"""OpenAI's transcriptions: a form with a file, whose name must have an ending it knows."""

from dataclasses import dataclass
from io import BytesIO

from werkzeug.formparser import parse_form_data

from .completions import Body, error
from .server import Request, Response, answer_json

ENDINGS = ("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm")


@dataclass(frozen=True)
class Recording:
    model: str
    name: str
    content_type: str
    content: bytes


def read(request: Request) -> Recording:
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": request.headers["Content-Type"],
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.input": BytesIO(request.body),
    }
    _, form, files = parse_form_data(environ)
    file = files["file"]
    return Recording(form["model"], file.filename or "", file.mimetype, file.read())


def transcribe(request: Request, words: str, seconds: float | None = None) -> Response:
    recording = read(request)
    ending = recording.name.rpartition(".")[2]
    if ending not in ENDINGS:
        return error(400, "unsupported_value", "file", f"Unsupported file format {ending}")
    usage: Body = {"type": "tokens", "input_tokens": 14, "output_tokens": 9, "total_tokens": 23}
    if seconds is not None:
        usage = {"type": "duration", "seconds": seconds}
    return answer_json({"text": words, "languages": [{"code": "pt"}], "usage": usage})
