"""Links lead only to where the company itself points, and to what the participant has named.

A model makes addresses up, and a document may hold words that ask it to send people elsewhere. A
link is what a messenger or a browser may take for one: whatever has a scheme or `www.`, an e-mail
address, a domain or an IP address with a path, and either alone; also where spaces, brackets or
words for the dot hide it from who looks (seen_through.py).

A domain alone is told from words without a space between two sentences (`grátis.Se quiser`) by its
capital: these get their space. And it may be a name that only looks like one: names.py.
"""

import re
from functools import cache
from unicodedata import normalize
from urllib.parse import urlsplit

from flask import current_app
from linkify_it.tlds import TLDS
from sqlalchemy import exists, or_, select

from .. import logs, settings
from ..database import db
from ..models import Document, Passage
from . import names, seen_through

log = logs.get(__name__)

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
OCTETS = re.compile(r"(?:0x[0-9a-f]{1,8}|\d{1,11})(?:\.(?:0x[0-9a-f]{1,8}|\d{1,11})){3}", re.I)


def known_only(text: str, said: str, taken_out: list[str]) -> str:
    """`text` without the links to domains that neither the company nor `said` names, which are
    added to `taken_out`."""
    text = LINK.sub(lambda found: _parted(found, said), seen_through.plain(text, is_top))
    kept, end = [], 0
    for found in LINK.finditer(text):
        link = _link(found)
        if not link or _may_stand(found, link, said):
            continue
        log.warning("a link was taken out of a reply", host=_host(link))
        taken_out.append(link)
        kept.append(text[end : found.start()].rstrip("<([ "))
        rest = text[found.start() + len(link) :].lstrip(">)] ")
        end = len(text) - len(rest)
        kept.append(" " if rest[:1].isalnum() else "")
    return "".join((*kept, text[end:])).strip()


def _parted(found: re.Match[str], said: str) -> str:
    """What was found, with a space between two sentences where there was none."""
    whole = found.group()
    if found["plain"] or found["local"] or found["path"] or names.SHORTENED.fullmatch(whole):
        return whole
    apart = re.sub(
        rf"(?<={DOT})({LABEL})",
        lambda label: f" {label[0]}" if label[0].istitle() and is_top(label[0]) else label[0],
        whole,
    )
    return whole if apart == whole or _is_known(_host(whole), said) else apart


def _link(found: re.Match[str]) -> str:
    """What of it is a link; empty where nothing is."""
    if found["plain"]:
        return found.group().rstrip(AFTER)
    before = found.string[max(0, found.start() - names.SIGHT) : found.start()]
    if OCTETS.fullmatch(found["domain"]):
        is_link = found["path"] or names.is_ip(found["domain"], before)
        return found.group().rstrip(AFTER) if is_link else ""
    labels = re.split(DOT, found["domain"])
    while len(labels) > 1 and not is_top(labels[-1]):
        labels.pop()
    is_ending = before.endswith(".") and all(map(is_top, labels))  # ".com.br"
    if len(labels) == 1 or is_ending:
        return ""
    domain = found["domain"][: len(".".join(labels))]
    if domain == found["domain"]:
        return found.group().rstrip(AFTER)
    return (found["local"] or "") + domain


def _may_stand(found: re.Match[str], link: str, said: str) -> bool:
    host = _host(link)
    address = link.lower().removeprefix("mailto:").partition("?")[0]
    if "@" in address and host:
        # Of a provider of e-mail for all, the participant's address does not name the others.
        said_alone = re.sub(rf"@{re.escape(host)}", "@", said, flags=re.IGNORECASE)
        if _names(said, address) or _is_known(host, said_alone):
            return True
    elif _is_known(host, said):
        return True
    if link != found["domain"]:
        return False
    before = found.string[max(0, found.start() - names.SIGHT) : found.start()]
    return names.is_name(link, before) or _is_document(link)


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


def _is_known(host: str, said: str) -> bool:
    if not host:
        return False
    ours = urlsplit(current_app.config["PUBLIC_URL"] or "").hostname
    if "." not in host:
        return host == ours
    chosen = settings.current()
    told = (chosen.company, chosen.purpose, chosen.privacy_contact, said)
    if host == ours or any(_names(words, host) for words in told):
        return True
    columns = (Passage.heading, Passage.text)
    held = or_(*(each.icontains(host, autoescape=True) for each in columns))
    found = db.session.execute(select(*columns).where(Passage.active, held).limit(100))
    return any(_names(words, host) for row in found for words in row)


def _names(text: str, name: str) -> bool:
    """Whether the domain or address itself is in `text`, not just one that ends or begins alike."""
    whole = rf"(?<![\w.-])(?:www\.)?{re.escape(name)}(?![\w-]|\.\w)"
    return re.search(whole, text, re.IGNORECASE) is not None


def _is_document(name: str) -> bool:
    """Whether a document is called so, or its name ends so: names may have spaces."""
    named = Document.name.iendswith(name, autoescape=True)
    return bool(db.session.scalar(select(exists().where(named))))


def is_top(label: str) -> bool:
    """Whether it is a top-level domain, in whatever letters."""
    return normalize("NFKC", label).lower() in _top_level()


@cache
def _top_level() -> set[str]:
    """All top-level domains, written as in an address and in the letters they stand for."""
    plain = {each.lower() for each in TLDS}
    coded = {each for each in plain if each.startswith("xn--")}
    return plain | {each.encode().decode("idna") for each in coded}
