"""The shapes OpenAI answers in."""

import secrets
import time
from typing import Any

from .server import Response, answer_json

CHARACTERS_A_TOKEN = 4
FIXED_TEXTS = {
    "rate_limit_exceeded": "Rate limit reached for requests. Please try again later.",
    "insufficient_quota": "You exceeded your current quota, please check your plan and billing.",
    "invalid_api_key": "Incorrect API key provided.",
    "server_error": "The server had an error while processing your request.",
}
NO_EYES = "Invalid type for 'messages[1].content': expected a string, but got an array instead."

Body = dict[str, Any]


def cite(body: Body) -> str:
    """The default reply: what the participant wrote since the last answer, and not what was found
    in the documents for it."""
    latest: list[str] = []
    for message in reversed(body["messages"]):
        if message["role"] != "user":
            break
        latest[:0] = said(message)
    return "You wrote: " + " / ".join(latest)


def said(message: Body) -> list[str]:
    """What the participant wrote in a turn, message by message, without what was found for it."""
    return words(message).rpartition("</documents>\n\n")[2].split("\n\n")


def words(message: Body) -> str:
    """The text of a message, whether it was sent as one string or in parts."""
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return " ".join(part.get("text", "") for part in content)


def pictures(body: Body) -> list[str]:
    """The addresses of the pictures in a body."""
    contents = [each.get("content") for each in body.get("messages", ())]
    parts = [part for each in contents if isinstance(each, list) for part in each]
    return [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]


def completion(
    body: Body, message: Body, finish_reason: str, *, cached: int, to_cache: int
) -> Body:
    asked = sum(len(words(each)) for each in body.get("messages", ())) // CHARACTERS_A_TOKEN + 1
    written = len(words(message)) // CHARACTERS_A_TOKEN + 1
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": body.get("model", "gpt-6-luna"),
        "choices": [
            {"index": 0, "message": message, "logprobs": None, "finish_reason": finish_reason}
        ],
        "usage": {
            "prompt_tokens": asked,
            "completion_tokens": written,
            "total_tokens": asked + written,
            "prompt_tokens_details": {
                "cached_tokens": cached,
                "cache_write_tokens": to_cache,
                "audio_tokens": 0,
            },
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
        },
        "service_tier": "default",
    }


def error(
    status: int,
    code: str | None,
    param: str | None = None,
    message: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    kind = {429: "requests", 500: "server_error", 503: "server_error"}.get(
        status, "invalid_request_error"
    )
    if code == "insufficient_quota":
        kind = code
    text = message or FIXED_TEXTS.get(code or "server_error", "Something went wrong.")
    error = {"message": text, "type": kind, "param": param, "code": code}
    return answer_json({"error": error}, status, headers)
