"""Bytes to text, where nobody says in which encoding."""

import codecs
import re

from charset_normalizer import from_bytes

from ...models import Defect
from .blocks import Unreadable

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.I
)
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
REPLACED = "\ufffd"
FEW, MOST_STRAY = 2, 0.001  # bytes that belong to no text
# What Western European texts hold besides ASCII, in Windows' own encoding.
WESTERN = frozenset(
    "áàâãäåéèêëíìîïóòôõöúùûüçñýæœßøÁÀÂÃÄÅÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÇÑÝŒØ°ºª§€£“”‘’«»–—…•·²³½¼´©®™¡¿×\u00a0\u00ad"
)
MOST_STRANGE = 0.02  # of the characters beyond ASCII
LEAST_COHERENT = 20  # per cent
SAMPLE = 100_000  # bytes
LEAST_WIDE, MOSTLY_ZERO, HARDLY_ZERO = 4, 0.5, 0.1


def decode(content: bytes, *, declares: bool = False) -> str:
    """The text of `content`; `declares`: it may name its encoding, as web pages do.

    Raises Unreadable for what is no text, or in an encoding that cannot be told. A few stray bytes
    make no other thing of a text.
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if wide := _wide(content):
        return _strictly(content, wide)
    few = max(FEW, int(MOST_STRAY * len(content)))
    if len(content) - len(content.translate(None, CONTROLS)) > few:
        raise Unreadable(Defect.UNKNOWN_ENCODING)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _nearly(content, few) or _guess(content, _declared(content) if declares else None)


def _wide(content: bytes) -> str | None:
    """UTF-16 whose mark was left out: every other byte of most letters is nothing."""
    sample = content[:SAMPLE]
    if len(content) % 2 or len(sample) < LEAST_WIDE:
        return None
    first, second = (sample[at::2].count(0) / (len(sample) // 2) for at in (0, 1))
    if second >= MOSTLY_ZERO and first <= HARDLY_ZERO:
        return "utf-16-le"
    return "utf-16-be" if first >= MOSTLY_ZERO and second <= HARDLY_ZERO else None


def _nearly(content: bytes, few: int) -> str | None:
    """As UTF-8, where it is that but for a few bytes; other encodings have no such letters."""
    text = content.decode(errors="replace")
    broken = text.count(REPLACED)
    letters = sum(each > "\x7f" for each in text) - broken
    return text if broken <= min(few, letters) else None


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise Unreadable(Defect.UNKNOWN_ENCODING) from error


def _declared(content: bytes) -> str | None:
    found = DECLARED.search(content[:4096])
    return found[1].decode() if found else None


def _guess(content: bytes, declared: str | None) -> str:
    if declared:
        try:
            return content.decode(declared)
        except (UnicodeError, LookupError):
            pass  # pages declare what they are not
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    beyond = [each for each in text if each > "\x7f"]
    if beyond and sum(each not in WESTERN for each in beyond) <= MOST_STRANGE * len(beyond):
        return text
    best = from_bytes(content[:SAMPLE]).best()
    # Without a language's letters in it, any bytes are text in some encoding.
    if best is None or best.percent_chaos > 10 or best.percent_coherence < LEAST_COHERENT:
        raise Unreadable(Defect.UNKNOWN_ENCODING)
    return _strictly(content, best.encoding)
