"""Links in what a model wrote: only to where the company itself points.

A model makes addresses up, and a document may hold words that ask it to send people elsewhere.
"""

import logging
import re
from functools import cache
from urllib.parse import urlsplit

from flask import current_app
from linkify_it import LinkifyIt
from sqlalchemy import select

from .. import settings
from ..database import db
from ..models import Passage

log = logging.getLogger(__name__)

PREFIX = "www."


def safe(text: str) -> str:
    """`text` without the links to domains that neither the documents nor the settings name."""
    found = _finder().match(text) or []
    for link in reversed(found):
        host = _host(link.url)
        if not _is_known(host):
            log.warning("a link was taken out of a reply: host=%s", host)
            text = text[: link.index].rstrip("<([ ") + " " + text[link.last_index :].lstrip(">)] ")
    return text.strip()


def _host(url: str) -> str:
    if url.startswith("mailto:"):
        return url.rpartition("@")[2].lower()
    return (urlsplit(url if "//" in url else f"//{url}").hostname or "").removeprefix(PREFIX)


def _is_known(host: str) -> bool:
    if not host:
        return False
    ours = urlsplit(current_app.config["PUBLIC_URL"] or "").hostname
    chosen = settings.current()
    told = (chosen.company, chosen.purpose, chosen.privacy_contact)
    if host == ours or any(_names(words, host) for words in told):
        return True
    held = select(Passage.text).where(Passage.active, Passage.text.icontains(host, autoescape=True))
    return any(_names(words, host) for words in db.session.scalars(held.limit(100)))


def _names(text: str, host: str) -> bool:
    """Whether the domain itself is in `text`, not just one that ends or begins alike."""
    whole = rf"(?<![\w.-])(?:www\.)?{re.escape(host)}(?![\w-]|\.\w)"
    return re.search(whole, text, re.IGNORECASE) is not None


@cache
def _finder() -> LinkifyIt:
    return LinkifyIt(options={"fuzzy_link": True, "fuzzy_email": True, "fuzzy_ip": True})
