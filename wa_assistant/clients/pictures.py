"""Pictures in what a model is asked, and doing without them where a server takes none."""

import base64
import re
from typing import Any

Messages = list[dict[str, Any]]

REFUSALS = (400, 404, 415, 422)  # servers without such a model answer in all these ways
SPOKEN_OF = re.compile(r"image|picture|vision|multi-?modal|content", re.I)


def part(content: bytes, content_type: str) -> dict[str, Any]:
    """The picture as a part of a message's content."""
    data = base64.b64encode(content).decode()
    return {"type": "image_url", "image_url": {"url": f"data:{content_type};base64,{data}"}}


def are_refused(status: int, words: str, messages: Messages) -> bool:
    """Whether this answer to `messages` is about the pictures in them."""
    shown = any(isinstance(each["content"], list) for each in messages)
    return shown and status in REFUSALS and SPOKEN_OF.search(words) is not None


def without(messages: Messages) -> Messages:
    """The same messages in words alone."""
    return [{**each, "content": words(each["content"])} for each in messages]


def led(words: str, content: str | list[dict[str, Any]]) -> str | list[dict[str, Any]]:
    """A message's content with `words` before it, and a blank line between."""
    if isinstance(content, str):
        return f"{words.rstrip()}\n\n{content}"
    return [{"type": "text", "text": f"{words.rstrip()}\n\n"}, *content]


def count(content: str | list[dict[str, Any]]) -> int:
    """How many pictures stand in a message's content."""
    if isinstance(content, str):
        return 0
    return sum(part["type"] != "text" for part in content)


def words(content: str | list[dict[str, Any]]) -> str:
    """The words of a message's content, however it is put together."""
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if part["type"] == "text")
