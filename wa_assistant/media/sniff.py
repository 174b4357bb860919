"""What a file really is: its first bytes say so, its sender only claims."""

import filetype

HEAD = 8192  # bytes that are looked at
UNKNOWN = "application/octet-stream"
RECORDED = ("image", "audio", "video")
PROGRAMS = {
    "application/x-msdownload",
    "application/x-executable",
    "application/x-mach-binary",
    "application/x-shockwave-flash",
    "application/x-deb",
    "application/vnd.android.package-archive",
}
# Words have no first bytes to know them by. None of these is ever opened in a browser.
CARDS = {"text/vcard", "text/x-vcard", "text/directory"}
WORDS = {"text/plain", "text/csv", "text/calendar", *CARDS}
NAMES = {"audio/x-wav": "audio/wav", "audio/wave": "audio/wav", "audio/opus": "audio/ogg"}


class Disguised(Exception):
    """A picture or recording that is something else."""


class Program(Exception):
    """It could be run, and nobody needs to be sent that."""


def content_type(head: bytes, claimed: str) -> str:
    """The type of a file that begins with `head` and is `claimed` to be of some type."""
    claimed = claimed.partition(";")[0].strip().lower()
    found = filetype.guess_mime(head)
    found = NAMES.get(found or "", found)
    if found in PROGRAMS:
        raise Program(found)
    family = claimed.partition("/")[0]
    if family in RECORDED:
        return _recorded(found or _container(head, family), claimed, family, head)
    if found:
        return str(found)
    # Others call a card by many names, and none of what it is.
    words = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n")  # of any width
    if words.upper().startswith(b"BEGIN:VCARD"):
        return "text/vcard"
    return claimed if claimed in WORDS else UNKNOWN


def _container(head: bytes, family: str) -> str | None:
    """Sound and films of makes that `filetype` does not know."""
    if family == "image":
        return None
    if head[4:8] == b"ftyp":
        return "video/3gpp" if head[8:10] == b"3g" else "video/mp4"
    # A frame of MP3 in any of its versions, with a check sum or without.
    if head[:1] == b"\xff" and head[1:2] and head[1] & 0xE6 == 0xE2:
        return "audio/mpeg"
    return None


def _recorded(found: str | None, claimed: str, family: str, head: bytes) -> str:
    if found is None and family != "image" and head:
        return UNKNOWN  # there are more makes of recordings than anybody can tell
    kind = (found or "").partition("/")[0]
    if found is None or kind not in RECORDED:
        raise Disguised(claimed)
    # The same containers hold sound with a picture and without.
    if kind != family and "image" not in (kind, family):
        return f"{family}/{found.partition('/')[2]}"
    return found
