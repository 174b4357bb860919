"""What a model writes, fit to be sent: in WhatsApp's own formatting, with no link to strangers.

WhatsApp knows *bold*, _italic_, ~struck~, `code`, lists and quotes. Headings become bold lines,
links their text and address, tables a line a row.

Links lead only to where the company itself points: a model makes addresses up, and a document may
hold words that ask it to send people elsewhere. A link is what a messenger or a browser may take
for one: whatever has a scheme or `www.`, an e-mail address, a domain with a path, and a domain
alone. A domain alone is told from words without a space between two sentences (`grátis.Se quiser`)
by its capital: these get their space.
"""

import logging
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from flask import current_app
from linkify_it.tlds import TLDS
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from sqlalchemy import exists, or_, select

from .. import settings
from ..conversation import outbox
from ..database import db
from ..models import Document, Passage
from . import tidying

MOST_MESSAGES = 3  # of one answer
ROOM = 10  # characters, of which a part leaves none, for the mark that it goes on
log = logging.getLogger(__name__)

# No raw HTML and no code by indentation: what a person might write so is meant as it stands.
_parser = (
    MarkdownIt("commonmark", {"html": False})
    .enable(["table", "strikethrough"])
    .disable(["code", "html_block", "html_inline", "entity", "reference", "lheading"])
)
MARKS = {"strong": "*", "s": "~"}
# Letters and a picture to Unicode, and nothing at all to who reads.
BLANK = set("\u115f\u1160\u2800\u3164\uffa0")
PREFIX = "www."
LABEL = r"(?:[^\W_]|-){1,63}"
DOT = "[.。．｡]"  # browsers take all of them for one
AFTER = ".,;:!?…)]}>\"'”’»*_~"  # a sentence's and WhatsApp's own, not a link's
LINK = re.compile(
    r"(?P<plain>(?:[a-z][a-z0-9+.-]{1,20}://|https?:|mailto:|(?<![^\W_])www\.)[^\s<>]+)"
    rf"|(?P<local>[\w.+%-]{{1,64}}@)?(?P<domain>{LABEL}(?:{DOT}{LABEL})+)"
    r"(?P<path>(?::\d{1,5})?(?:[/?#\\][^\s<>]*)?)",
    re.IGNORECASE,
)


def for_whatsapp(text: str) -> str:
    """`text` as WhatsApp shows it best; what is no Markdown stays as it is."""
    tokens: list[Token] = _parser.parse(text)
    return _blocks(SyntaxTreeNode(tokens).children).strip() or text.strip()


def is_legible(text: str) -> bool:
    """Whether there is anything to read in it: a letter, a digit or a picture."""
    return any(
        (each.isalnum() or unicodedata.category(each) == "So") and each not in BLANK
        for each in text
    )


def is_too_long(words: str) -> bool:
    """Whether they fill more messages than people read in one answer."""
    return len(outbox.parts(words)) > MOST_MESSAGES


def beginning(words: str) -> str:
    """As much of them as so many messages hold, up to the end of a sentence."""
    *before, last = outbox.parts(words)[:MOST_MESSAGES]
    whole = tidying.up_to_its_last_sentence(last)
    return "\n\n".join([*before, whole or f"{last[:-ROOM].rsplit(' ', 1)[0]} …"])


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> str:
    return "\n\n".join(block for node in nodes if (block := _block(node)))


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "heading":
            words = _inline(node)
            return words if "*" in words else f"*{words}*"
        case "bullet_list" | "ordered_list":
            return _list(node)
        case "blockquote":
            return "\n".join(f"> {line}" for line in _blocks(node.children).splitlines())
        case "fence":
            return f"```{node.content.rstrip()}```"
        case "table":
            return _table(node)
        case "hr":
            return ""
    return _inline(node)


def _list(node: SyntaxTreeNode) -> str:
    first = int(node.attrs.get("start", 1))
    loose = any(not child.hidden for item in node.children for child in item.children[:1])
    items = []
    for number, item in enumerate(node.children, first):
        mark = f"{number}." if node.type == "ordered_list" else "-"
        lines = "\n".join(_block(child) for child in item.children).splitlines() or [""]
        items.append("\n".join([f"{mark} {lines[0]}", *(f"  {line}" for line in lines[1:])]))
    return ("\n\n" if loose else "\n").join(items)


def _table(node: SyntaxTreeNode) -> str:
    rows = [
        [_inline(cell) for cell in row.children]
        for section in node.children
        for row in section.children
    ]
    return "\n".join(" | ".join(cells) for cells in rows)


def _inline(node: SyntaxTreeNode, within: str = "") -> str:
    """`within` are the marks it stands in: WhatsApp knows none inside itself."""
    match node.type:
        case "text":
            return node.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "code_inline":
            return f"`{node.content}`"
        case "image":
            return _with_address(node.content, str(node.attrs.get("src", "")))
    mark = node.markup[:1] if node.type == "em" else MARKS.get(node.type, "")
    mark = "" if mark in within else mark
    words = "".join(_inline(child, within + mark) for child in node.children)
    if node.type == "link":
        return _with_address(words, str(node.attrs.get("href", "")))
    return f"{mark}{words}{mark}"


def _with_address(words: str, address: str) -> str:
    return address if words in ("", address) else f"{words} ({address})"


def known_links_only(text: str) -> str:
    """`text` without the links to domains that neither the documents nor the settings name."""
    text = LINK.sub(_parted, text)
    kept, end = [], 0
    for found in LINK.finditer(text):
        link = _link(found)
        if not link or _is_known(host := _host(link)):
            continue
        if link == found["domain"] and _is_document(link):
            continue
        log.warning("a link was taken out of a reply: host=%s", host)
        kept.append(text[end : found.start()].rstrip("<([ "))
        rest = text[found.start() + len(link) :].lstrip(">)] ")
        end = len(text) - len(rest)
        kept.append(" " if rest[:1].isalnum() else "")
    return "".join((*kept, text[end:])).strip()


def _parted(found: re.Match[str]) -> str:
    """What was found, with a space between two sentences where there was none."""
    whole = found.group()
    if found["plain"] or found["local"] or found["path"] or _is_known(_host(whole)):
        return whole
    return re.sub(
        rf"(?<={DOT})({LABEL})",
        lambda label: f" {label[0]}" if label[0].istitle() and _is_top(label[0]) else label[0],
        whole,
    )


def _link(found: re.Match[str]) -> str:
    """What of it is a link; empty where nothing is."""
    if found["plain"]:
        return found.group().rstrip(AFTER)
    labels = re.split(DOT, found["domain"])
    if found["path"] and len(labels) == 4 and all(label.isdecimal() for label in labels):
        return found.group().rstrip(AFTER)
    while len(labels) > 1 and not _is_top(labels[-1]):
        labels.pop()
    if len(labels) == 1:
        return ""
    domain = found["domain"][: len(".".join(labels))]
    if domain == found["domain"]:
        return found.group().rstrip(AFTER)
    return (found["local"] or "") + domain


def _host(link: str) -> str:
    """Where a browser would go; empty where that is not plain."""
    # A backslash is a slash to some, a part of the name to others.
    if "\\" in link or re.match(r"https?:(?!//)", link, re.IGNORECASE):
        return ""
    link = link.removeprefix("mailto:")
    address = re.fullmatch(r"[^/?#:]+@([^/?#:@]+)(\?.*)?", link)
    if address:
        return address[1].lower()
    try:
        where = urlsplit(link if "//" in link else f"//{link}")
    except ValueError:
        return ""
    # Whoever puts a name before the host wants it to be taken for the host.
    return "" if "@" in where.netloc else (where.hostname or "").removeprefix(PREFIX)


def _is_known(host: str) -> bool:
    if not host:
        return False
    ours = urlsplit(current_app.config["PUBLIC_URL"] or "").hostname
    chosen = settings.current()
    told = (chosen.company, chosen.purpose, chosen.privacy_contact)
    if "." not in host:
        return host == ours
    if host == ours or any(_names(words, host) for words in told):
        return True
    columns = (Passage.heading, Passage.text)
    held = or_(*(each.icontains(host, autoescape=True) for each in columns))
    found = db.session.execute(select(*columns).where(Passage.active, held).limit(100))
    return any(_names(words, host) for row in found for words in row)


def _names(text: str, host: str) -> bool:
    """Whether the domain itself is in `text`, not just one that ends or begins alike."""
    whole = rf"(?<![\w.-])(?:www\.)?{re.escape(host)}(?![\w-]|\.\w)"
    return re.search(whole, text, re.IGNORECASE) is not None


def _is_document(name: str) -> bool:
    """Whether a document is called so, or its name ends so: names may have spaces."""
    named = Document.name.iendswith(name, autoescape=True)
    return bool(db.session.scalar(select(exists().where(named))))


def _is_top(label: str) -> bool:
    return label.lower() in _top_level()


@cache
def _top_level() -> set[str]:
    """All top-level domains, written as in an address and in the letters they stand for."""
    plain = {each.lower() for each in TLDS}
    coded = {each for each in plain if each.startswith("xn--")}
    return plain | {each.encode().decode("idna") for each in coded}
