"""WhatsApp's own marks, *bold*, _italic_ and ~struck~, as a page shows them.

They count at the borders of words and within a line, as on the phone. All else is escaped.
"""

import re
from collections.abc import Iterator

from flask import Flask
from jinja2.utils import urlize
from markupsafe import Markup

TAGS = {"*": Markup("<strong>{}</strong>"), "_": Markup("<em>{}</em>"), "~": Markup("<s>{}</s>")}
ALL = "".join(TAGS)
LONGEST_LINK = 60
LETTER = r"[^\W_]"
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")  # which keeps its marks


def init_app(app: Flask) -> None:
    app.add_template_filter(marked)
    app.add_template_filter(unmarked)


def marked(text: str, kinds: str = ALL) -> Markup:
    """`text` with its marks and addresses as elements."""
    return Markup("").join(
        TAGS[kind].format(marked(words, kinds.replace(kind, ""))) if kind else _linked(words)
        for kind, words in _parts(text, kinds)
    )


def unmarked(text: str, kinds: str = ALL) -> str:
    """`text` without its marks, for where there is one line of it."""
    return "".join(
        unmarked(words, kinds.replace(kind, "")) if kind else words
        for kind, words in _parts(text, kinds)
    )


def _parts(text: str, kinds: str) -> Iterator[tuple[str, str]]:
    """What is marked, with its mark, and what stands between, with none.

    None stands within one of its own kind: three are the deepest.
    """
    at = 0
    for found in re.finditer("|".join([ADDRESS.pattern, *map(_pattern, kinds)]), text):
        if not ADDRESS.match(found[0]):
            yield "", text[at : found.start()]
            yield found[0][0], found[0][1:-1]
            at = found.end()
    yield "", text[at:]


def _pattern(kind: str) -> str:
    """Between two letters a mark is none."""
    mark = re.escape(kind)
    within = rf"(?:[^{mark}\n]|(?<={LETTER}){mark}(?={LETTER}))+"
    return rf"(?<!{LETTER}){mark}(?=\S){within}(?<=\S){mark}(?!{LETTER})"


def _linked(words: str) -> Markup:
    rel = "nofollow noopener noreferrer"
    return Markup(urlize(words, LONGEST_LINK, rel=rel, target="_blank"))  # noqa: S704 - it escapes
