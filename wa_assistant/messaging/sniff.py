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
WORDS = {"text/plain", "text/csv", "text/vcard", "text/x-vcard", "text/calendar"}
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
        return _recorded(found, claimed, family)
    if found:
        return str(found)
    return claimed if claimed in WORDS else UNKNOWN


def _recorded(found: str | None, claimed: str, family: str) -> str:
    kind = (found or "").partition("/")[0]
    if found is None or kind not in RECORDED:
        raise Disguised(claimed)
    # The same containers hold sound with a picture and without.
    if kind != family and "image" not in (kind, family):
        return f"{family}/{found.partition('/')[2]}"
    return found
