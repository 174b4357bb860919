"""The tables, one noun a file."""

from .ai_call import AiCall, Outcome
from .audit import AuditEntry
from .media import Media, MediaStatus, Trouble
from .message import Author, Direction, Message, Settlement, Status
from .participant import Attention, Participant
from .user import Role, SignInLink, User
from .webhook import Kind, State, Webhook

__all__ = [
    "AiCall",
    "Attention",
    "AuditEntry",
    "Author",
    "Direction",
    "Kind",
    "Media",
    "MediaStatus",
    "Message",
    "Outcome",
    "Participant",
    "Role",
    "Settlement",
    "SignInLink",
    "State",
    "Status",
    "Trouble",
    "User",
    "Webhook",
]
