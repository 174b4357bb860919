"""The tables, one noun a file."""

from .ai_call import AiCall, Outcome
from .audit import AuditEntry
from .circuit import Circuit, Provider
from .media import Media, MediaStatus, Trouble
from .message import Author, Direction, Message, Settlement, Status
from .participant import UNTIL_RESUMED, Attention, Participant
from .reconciliation import Reconciliation
from .setting import Setting
from .user import Role, SignInLink, User
from .webhook import Kind, State, Webhook

__all__ = [
    "UNTIL_RESUMED",
    "AiCall",
    "Attention",
    "AuditEntry",
    "Author",
    "Circuit",
    "Direction",
    "Kind",
    "Media",
    "MediaStatus",
    "Message",
    "Outcome",
    "Participant",
    "Provider",
    "Reconciliation",
    "Role",
    "Setting",
    "Settlement",
    "SignInLink",
    "State",
    "Status",
    "Trouble",
    "User",
    "Webhook",
]
