"""What a page says to a test, wherever its template breaks its lines."""

import re
from typing import Any

from werkzeug.test import TestResponse

TAG = re.compile(r"<[a-z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")
SPACE = re.compile(r"(\"[^\"]*\"|'[^']*')|\s+(?=>$)|(\s+)")
# What somebody wrote seldom has a line that is indented; it would be read so, too.
BREAK = re.compile(r"\n +")


class Tidy(TestResponse):
    """A response whose `text` is read as a browser reads it.

    One blank stands between the attributes of a tag, none after them, and one for a line that is
    broken between words.
    """

    @property
    def text(self) -> str:
        tags = TAG.sub(lambda tag: SPACE.sub(_space, tag.group()), super().text)
        return BREAK.sub(" ", tags)


def _space(found: re.Match[str]) -> str:
    quoted, space = found.groups()
    return quoted or (" " if space else "")


def tidy(response: type[Any]) -> type[Tidy]:
    """The class of responses, with a `text` that is tidy."""
    return type("Tidy", (Tidy, response), {})
