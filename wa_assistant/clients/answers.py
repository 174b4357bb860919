"""What came with 200 and is no plain completion: an error, a stream, a page, a list of parts."""

import json
from types import SimpleNamespace
from typing import Any

from . import usage
from .failures import Failure, Unavailable
from .objections import Said, said
from .usage import Usage

EVENT = "data:"
BESIDE = ("reasoning_content", "reasoning")  # where servers put what a model thinks


class Refused(Exception):
    """An error that came with 200."""

    def __init__(self, said: Said) -> None:
        super().__init__(str(said))
        self.said = said


class Nothing(Exception):
    """A completion with nothing in it: some servers refuse so what they do not know. `usage`: what
    they want to be paid for all the same, where they say so."""

    def __init__(self, usage: Usage | None = None) -> None:
        super().__init__()
        self.usage = usage


def otherwise(answer: Any, sent: str) -> Any:
    """The completion in an answer that has none where it belongs; raises Refused, Nothing, or
    Unavailable where it is no completion at all."""
    if isinstance(answer, str) and answer.lstrip().startswith((EVENT, ":", "event:")):
        return _streamed(answer)
    choices = getattr(answer, "choices", None) or [None]
    for each in (answer, choices[0]):
        if error := getattr(each, "error", None):
            raise Refused(_objection(error, sent))
    if not answer or "choices" in getattr(answer, "model_fields_set", ()):
        raise Nothing(usage.of_completion(getattr(answer, "usage", None)))
    what = (
        "a web page" if isinstance(answer, str) and answer.lstrip().startswith("<") else "nothing"
    )
    raise Unavailable(f"200: {what} instead of a completion", failure=Failure.NO_ANSWER)


def _objection(error: Any, sent: str) -> Said:
    """The code of such an error is the status it would have had."""
    code = error.get("code") if isinstance(error, dict) else None
    is_status = isinstance(code, int | str) and str(code).isdigit() and 400 <= int(code) < 600
    return said(int(code) if code and is_status else 500, error, sent)


def _streamed(text: str) -> Any:
    """The pieces of an event stream that nobody asked for, put together."""
    lines = [line.strip() for line in text.splitlines()]
    events = [line.removeprefix(EVENT).strip() for line in lines if line.startswith(EVENT)]
    pieces = [json.loads(each) for each in events if each.startswith("{")]
    choices = [each["choices"][0] for each in pieces if each.get("choices")]
    deltas = [each.get("delta") or each.get("message") or {} for each in choices]
    content = "".join(each.get("content") or "" for each in deltas)
    thoughts = "".join(each.get("reasoning_content") or "" for each in deltas)
    message = SimpleNamespace(content=content, refusal=None, reasoning_content=thoughts)
    ends = [each["finish_reason"] for each in choices if each.get("finish_reason")]
    told: dict[str, Any] = next((each["usage"] for each in pieces if each.get("usage")), {})
    choice = SimpleNamespace(message=message, finish_reason=ends[-1] if ends else None)
    counted = {key: told.get(key) for key in ("prompt_tokens", "completion_tokens")}
    details = told.get("prompt_tokens_details")
    of_read = SimpleNamespace(**details) if isinstance(details, dict) else None
    counts = SimpleNamespace(**counted, prompt_tokens_details=of_read)
    return SimpleNamespace(choices=[choice], usage=counts)


def apart(message: Any) -> tuple[str, str]:
    """The words of a message whose content is a list of parts, or nothing, and its thoughts."""
    text, thoughts = _parts(message.content)
    fields = (getattr(message, name, None) for name in BESIDE)
    beside = next((each for each in fields if isinstance(each, str) and each), "")
    return text, thoughts or beside


def _parts(content: Any) -> tuple[str, str]:
    words, thoughts = [], []
    for each in content if isinstance(content, list) else []:
        if isinstance(each, str):
            words.append(each)
        elif isinstance(each, dict):
            thought = each.get("thinking", each.get("reasoning"))
            if thought is not None or each.get("type") in ("thinking", "reasoning"):
                thoughts.append(_words(thought or each.get("text")))
            else:
                words.append(_words(each.get("text")))
    return "".join(words), "".join(thoughts)


def _words(given: Any) -> str:
    if isinstance(given, list):
        return "".join(_words(each.get("text")) for each in given if isinstance(each, dict))
    return given if isinstance(given, str) else ""
