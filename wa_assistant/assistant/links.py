"""Links in what a model wrote: only to where the company itself points.

A model makes addresses up, and a document may hold words that ask it to send people elsewhere.

A link is what a messenger or a browser may take for one: whatever has a scheme or `www.`, an
e-mail address, a domain with a path, and a domain alone. A domain alone is told from words
without a space between two sentences (`grátis.Se quiser`) by its capital: these get their space.
"""

import logging
import re
from functools import cache
from urllib.parse import urlsplit

from flask import current_app
from linkify_it.tlds import TLDS
from sqlalchemy import exists, or_, select

from .. import settings
from ..database import db
from ..models import Document, Passage

log = logging.getLogger(__name__)

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


def safe(text: str) -> str:
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
