"""The tables, one noun a file."""

from .ai_call import AiCall, Outcome
from .audit import AuditEntry
from .circuit import Circuit, Provider
from .document import Defect, Document, DocumentKind, DocumentState
from .golden_question import GoldenQuestion
from .media import Media, MediaStatus, Trouble
from .message import Author, Direction, Message, Settlement, Status
from .participant import UNTIL_RESUMED, Attention, Participant
from .passage import Passage, Space, Term, Vector
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
    "Defect",
    "Direction",
    "Document",
    "DocumentKind",
    "DocumentState",
    "GoldenQuestion",
    "Kind",
    "Media",
    "MediaStatus",
    "Message",
    "Outcome",
    "Participant",
    "Passage",
    "Provider",
    "Reconciliation",
    "Role",
    "Settlement",
    "SignInLink",
    "Space",
    "State",
    "Status",
    "Term",
    "Trouble",
    "User",
    "Vector",
    "Webhook",
]
