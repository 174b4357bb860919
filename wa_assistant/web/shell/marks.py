"""WhatsApp's own marks, *bold*, _italic_ and ~struck~, as a page shows them.

They count at the borders of words and within a line, as on the phone, and not where two of a kind
stand together. What stands in ``` is code, in which nothing counts. All else is escaped.
"""

import re
from collections.abc import Iterator

from flask import Flask
from jinja2.utils import urlize
from markupsafe import Markup

TAGS = {"*": Markup("<strong>{}</strong>"), "_": Markup("<em>{}</em>"), "~": Markup("<s>{}</s>")}
ALL = "".join(TAGS)
LONGEST_LINK = 60
LINK = Markup('<a href="{}" rel="{}" target="_blank">{}</a>')
REL = "nofollow noopener noreferrer"
LETTER = r"[^\W_]"
# Which keeps its marks: with its scheme, or a domain with a path.
DOMAIN = rf"(?<![^\W_])(?<![.-])(?:(?:{LETTER}|-)+\.)+[^\W\d_]{{2,}}(?::\d+)?[/?#]"
ADDRESS = re.compile(rf"(?:https?://|www\.|{DOMAIN})\S+")
SUM = re.compile(r"((?:R|US)\$|€|£) (?=\d)")
CODE = re.compile(r"```(.+?)```", re.DOTALL)


def init_app(app: Flask) -> None:
    app.add_template_filter(marked)
    app.add_template_filter(unmarked)
    app.add_template_filter(linked)


def marked(text: str) -> Markup:
    """`text` with its marks and addresses as elements, and each sum of money on one line."""
    return Markup("").join(
        Markup("<code>{}</code>").format(words) if is_code else _marked(words)
        for words, is_code in _by_code(text)
    )


def linked(address: str, words: str) -> Markup:
    """`words` as a link to what a message leads to; alone where `address` is none of the web."""
    if not address.startswith(("https://", "http://")):
        return Markup("{}").format(words)
    return LINK.format(address, REL, words)


def unmarked(text: str) -> str:
    """`text` without its marks, for where there is one line of it."""
    return "".join(words if is_code else _unmarked(words) for words, is_code in _by_code(text))


def _by_code(text: str) -> Iterator[tuple[str, bool]]:
    """`text` in pieces, each with whether it is code: every other one is."""
    for at, words in enumerate(CODE.split(text)):
        yield words, at % 2 == 1


def _marked(text: str, kinds: str = ALL) -> Markup:
    return Markup("").join(
        TAGS[kind].format(_marked(words, kinds.replace(kind, ""))) if kind else _linked(words)
        for kind, words in _parts(text, kinds)
    )


def _unmarked(text: str, kinds: str = ALL) -> str:
    return "".join(
        _unmarked(words, kinds.replace(kind, "")) if kind else words
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
    """Between two letters a mark is none, nor beside one of its kind."""
    mark = re.escape(kind)
    within = rf"(?:[^{mark}\n]|(?<={LETTER}){mark}(?={LETTER}))+"
    return rf"(?<!{LETTER})(?<!{mark}){mark}(?=\S){within}(?<=\S){mark}(?!{LETTER}|{mark})"


def _linked(words: str) -> Markup:
    words = SUM.sub("\\1\N{NO-BREAK SPACE}", words)
    return Markup(urlize(words, LONGEST_LINK, rel=REL, target="_blank"))  # noqa: S704 - it escapes
