"""The tables, one noun a file."""

from .about import Field, FieldKind, FieldValue, ParticipantTag, Tag
from .ai_call import AiCall, CallKind, Outcome
from .aid import Aid, AidKind
from .alert import Alert, AlertMute, AlertType, Severity
from .answer import Answer, Source, StageVisit
from .audit import Action, AuditChain, AuditEntry, Origin, Subject
from .check import Check, Checked
from .circuit import Circuit, Provider
from .citation import Citation, UnansweredQuestion
from .consent import Consent, ConsentEvent, ConsentSource, Purpose
from .daily_cost import DailyCost
from .dismissal import Dismissal
from .document import Defect, Document, DocumentKind, DocumentState
from .email import Email, EmailKind
from .figure import FigureChange, FigureCount, FigureState, Step
from .full_text import SearchChange, SearchState
from .golden_question import GoldenQuestion
from .journey import ConsentMode, Journey, JourneyVersion, Keyword, VersionState
from .mark import Mark
from .measurement import Measurement
from .media import SPOKEN_LATELY, Media, MediaStatus, MediaStep, Trouble
from .message import Author, Cancelled, Direction, Message, Prompt, Reason, Settlement, Status
from .note import NOTE_CHARACTERS, Mention, Note
from .notice import NoticeVersion
from .participant import UNTIL_RESUMED, Attention, ConversationStatus, Participant
from .participant_import import (
    FileProblem,
    Import,
    ImportLine,
    ImportState,
    LineOutcome,
    LineReason,
)
from .passage import Passage, Term
from .price import Category, Fee, Price, PriceKind
from .quick_reply import QuickReply
from .reconciliation import Reconciliation
from .refusal import Refusal
from .scheduled_job import ScheduledJob
from .session import Session
from .setting import Setting
from .spending import Period, Scope, Spending
from .trial import Trial
from .user import Role, Sector, SignInAttempt, SignInLink, User, UserPicture
from .vector_set import Vector, VectorSet
from .view import FormerAddress, View
from .webhook import Kind, State, Webhook

__all__ = [
    "NOTE_CHARACTERS",
    "SPOKEN_LATELY",
    "UNTIL_RESUMED",
    "Action",
    "AiCall",
    "Aid",
    "AidKind",
    "Alert",
    "AlertMute",
    "AlertType",
    "Answer",
    "Attention",
    "AuditChain",
    "AuditEntry",
    "Author",
    "CallKind",
    "Cancelled",
    "Category",
    "Check",
    "Checked",
    "Circuit",
    "Citation",
    "Consent",
    "ConsentEvent",
    "ConsentMode",
    "ConsentSource",
    "ConversationStatus",
    "DailyCost",
    "Defect",
    "Direction",
    "Dismissal",
    "Document",
    "DocumentKind",
    "DocumentState",
    "Email",
    "EmailKind",
    "Fee",
    "Field",
    "FieldKind",
    "FieldValue",
    "FigureChange",
    "FigureCount",
    "FigureState",
    "FileProblem",
    "FormerAddress",
    "GoldenQuestion",
    "Import",
    "ImportLine",
    "ImportState",
    "Journey",
    "JourneyVersion",
    "Keyword",
    "Kind",
    "LineOutcome",
    "LineReason",
    "Mark",
    "Measurement",
    "Media",
    "MediaStatus",
    "MediaStep",
    "Mention",
    "Message",
    "Note",
    "NoticeVersion",
    "Origin",
    "Outcome",
    "Participant",
    "ParticipantTag",
    "Passage",
    "Period",
    "Price",
    "PriceKind",
    "Prompt",
    "Provider",
    "Purpose",
    "QuickReply",
    "Reason",
    "Reconciliation",
    "Refusal",
    "Role",
    "ScheduledJob",
    "Scope",
    "SearchChange",
    "SearchState",
    "Sector",
    "Session",
    "Setting",
    "Settlement",
    "Severity",
    "SignInAttempt",
    "SignInLink",
    "Source",
    "Spending",
    "StageVisit",
    "State",
    "Status",
    "Step",
    "Subject",
    "Tag",
    "Term",
    "Trial",
    "Trouble",
    "UnansweredQuestion",
    "User",
    "UserPicture",
    "Vector",
    "VectorSet",
    "VersionState",
    "View",
    "Webhook",
]
