"""What goes out with files: one file a message, as WhatsApp has it, and where its words stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..models import Media, MediaStatus, Message

# Under these WhatsApp shows words of ours; with others they get lost on the way.
CAPTIONED = ("image", "video")
LONGEST_CAPTION = 1024  # as UTF-16 counts
UPLOADED = "upload:"
QUOTE = "> "  # WhatsApp shows a line that begins so as a quote


@dataclass(frozen=True)
class Attached:
    """A file of ours that is in its place below DATA_DIR/media, under the name `file`.

    `kind` is that of its message; `digest` is of what was uploaded, before it was converted.
    """

    file: str
    kind: str
    content_type: str
    name: str
    size: int
    sha256: str
    digest: str

    @property
    def origin(self) -> str:
        """What it is known by where the same form is sent again; no address of anybody's."""
        return f"{UPLOADED}{self.digest}"

    def row(self, message: Message) -> Media:
        """Its row, for the message it goes with."""
        return Media(
            message_id=message.id,
            position=0,
            url=self.origin,
            file=self.file,
            content_type=self.content_type,
            name=self.name,
            size=self.size,
            sha256=self.sha256,
            status=MediaStatus.KEPT,
        )


# What becomes one message: its words, and its file if it has one.
Piece = tuple[str, Attached | None]


def pieces(words: Sequence[str], files: Sequence[Attached]) -> list[Piece]:
    """`words` (the parts of a text, of which one alone may be empty) with `files`, in order.

    Under the first file where that takes them; else as messages of their own after the files, or
    before them where they begin with a quote.
    """
    said: list[Piece] = [(body, None) for body in words if body]
    first, *others = files
    if len(said) == 1 and first.kind in CAPTIONED and _fits(words[0]):
        return [(words[0], first), *(("", each) for each in others)]
    sent: list[Piece] = [("", each) for each in files]
    return [*said, *sent] if words[0].startswith(QUOTE) else [*sent, *said]


def quoting(line: str, body: str) -> str:
    """`body` under a line of what it replies to, as WhatsApp shows a quote."""
    return f"{QUOTE}{line}\n{body}".rstrip()


def _fits(body: str) -> bool:
    return len(body.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_CAPTION
