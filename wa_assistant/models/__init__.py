"""The tables, one noun a file."""

from .ai_call import AiCall, Outcome
from .audit import AuditEntry
from .message import Author, Direction, Message, Settlement, Status
from .participant import Attention, Participant
from .reconciliation import Reconciliation
from .user import Role, SignInLink, User
from .webhook import Kind, State, Webhook

__all__ = [
    "AiCall",
    "Attention",
    "AuditEntry",
    "Author",
    "Direction",
    "Kind",
    "Message",
    "Outcome",
    "Participant",
    "Reconciliation",
    "Role",
    "Settlement",
    "SignInLink",
    "State",
    "Status",
    "User",
    "Webhook",
]
