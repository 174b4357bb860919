"""The tables, one noun a file."""

from .ai_call import AiCall, Outcome
from .audit import AuditEntry
from .circuit import Circuit, Provider
from .message import Author, Direction, Message, Settlement, Status
from .participant import UNTIL_RESUMED, Attention, Participant
from .reconciliation import Reconciliation
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
    "Message",
    "Outcome",
    "Participant",
    "Provider",
    "Reconciliation",
    "Role",
    "Settlement",
    "SignInLink",
    "State",
    "Status",
    "User",
    "Webhook",
]
