"""Every act, the least role that may do it, and in a sentence what it is.

A sentence goes on from "Editors may:", and is told to the team: it says what one does, not how it
is built. Who asks whether somebody may do one, asks authority.py.
"""

from enum import Enum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ..models import Role

CONVERSATIONS = _l("Conversations")
PARTICIPANTS = _l("Participants")
JOURNEYS = _l("Journeys")
KNOWLEDGE = _l("Knowledge")
SIMULATOR = _l("Simulator")
OPERATIONS = _l("Operations")
MONEY = _l("Money")
TEAM = _l("Team")
SETTINGS = _l("Settings")
AUDIT = _l("Audit")
DASHBOARD = _l("Dashboard")


class Act(Enum):
    """What somebody signed in does. Templates ask by its name: `may("WRITE_JOURNEYS")`."""

    def __init__(self, noun: LazyString, least: Role, sentence: LazyString) -> None:
        self.noun, self.least, self.sentence = noun, least, sentence

    READ_CONVERSATIONS = (
        CONVERSATIONS,
        Role.VIEWER,
        _l("Read every conversation with its files, its cost and what the participant answered."),
    )
    MARK_AS_READ = (
        CONVERSATIONS,
        Role.EDITOR,
        _l("Have what they open count as read by the team."),
    )
    WRITE_MESSAGES = (
        CONVERSATIONS,
        Role.EDITOR,
        _l("Write to participants, and send again what did not arrive."),
    )
    HOLD_CONVERSATIONS = (
        CONVERSATIONS,
        Role.EDITOR,
        _l("Take a conversation over, hand it back, and pause the assistant in it."),
    )
    SEE_TO_ATTENTION = (
        CONVERSATIONS,
        Role.EDITOR,
        _l("Call for a person, assign a conversation or be assigned one, and mark it as resolved."),
    )
    TRANSCRIBE = (
        CONVERSATIONS,
        Role.EDITOR,
        _l("Have a voice message written down."),
    )
    CORRECT_ANSWERS = (
        CONVERSATIONS,
        Role.EDITOR,
        _l("Correct and confirm what a participant answered."),
    )
    KEEP_STATUS = (
        CONVERSATIONS,
        Role.EDITOR,
        _l("Mark conversations as done, snooze them and open them again."),
    )
    WRITE_NOTES = (
        CONVERSATIONS,
        Role.EDITOR,
        _l("Write internal notes, which no participant sees."),
    )
    KEEP_QUICK_REPLIES = (
        CONVERSATIONS,
        Role.EDITOR,
        _l("Write quick replies, their own and those of all."),
    )
    ASK_ASSISTANT = (
        CONVERSATIONS,
        Role.EDITOR,
        _l("Have the model suggest a reply, or sum a conversation up."),
    )
    READ_PARTICIPANTS = (
        PARTICIPANTS,
        Role.VIEWER,
        _l(
            "See the list of participants, with their tags, their fields and their answers, and "
            "keep views of it."
        ),
    )
    KEEP_PARTICIPANTS = (
        PARTICIPANTS,
        Role.EDITOR,
        _l("Add participants, name and tag them, fill in their fields, and block them."),
    )
    RECORD_CONSENT = (
        PARTICIPANTS,
        Role.EDITOR,
        _l("Record that a participant gave consent or took it back, and by what it is known."),
    )
    MERGE_PARTICIPANTS = (
        PARTICIPANTS,
        Role.EDITOR,
        _l("Merge two participants who are one person."),
    )
    KEEP_FIELDS = (
        PARTICIPANTS,
        Role.OWNER,
        _l("Say which fields participants have."),
    )
    IMPORT_PARTICIPANTS = (
        PARTICIPANTS,
        Role.OWNER,
        _l("Import participants from a file, and undo that."),
    )
    EXPORT_PARTICIPANTS = (
        PARTICIPANTS,
        Role.OWNER,
        _l("Export participants and their answers as a file."),
    )
    READ_JOURNEYS = (
        JOURNEYS,
        Role.VIEWER,
        _l("Read every journey in all its versions, with the prompt of each stage."),
    )
    WRITE_JOURNEYS = (
        JOURNEYS,
        Role.EDITOR,
        _l("Make journeys, and write, order and discard drafts."),
    )
    PUBLISH_JOURNEYS = (
        JOURNEYS,
        Role.EDITOR,
        _l("Publish a draft, which newcomers enter from then on."),
    )
    MOVE_PARTICIPANTS = (
        JOURNEYS,
        Role.EDITOR,
        _l("Move participants from an older version to the published one."),
    )
    PLACE_PARTICIPANTS = (
        JOURNEYS,
        Role.EDITOR,
        _l("Put participants into a journey or a stage of it, and say who enters by what."),
    )
    READ_KNOWLEDGE = (
        KNOWLEDGE,
        Role.VIEWER,
        _l("Read every document, the golden set and the questions nobody answered."),
    )
    CHANGE_DOCUMENTS = (
        KNOWLEDGE,
        Role.EDITOR,
        _l("Upload, write, replace and delete documents, and have all reindexed."),
    )
    ANSWER_QUESTIONS = (
        KNOWLEDGE,
        Role.EDITOR,
        _l("Answer or dismiss what participants asked and no document answers."),
    )
    TRY_QUESTIONS = (
        KNOWLEDGE,
        Role.EDITOR,
        _l("Try a question: what is found, and what would be answered."),
    )
    KEEP_GOLDEN_SET = (
        KNOWLEDGE,
        Role.EDITOR,
        _l("Add to the golden set, remove from it, and measure the search by it."),
    )
    USE_SIMULATOR = (
        SIMULATOR,
        Role.EDITOR,
        _l("Write as somebody pretended, also to try a version of a journey."),
    )
    DELETE_SIMULATED = (
        SIMULATOR,
        Role.EDITOR,
        _l("Delete who is pretended, with all that they said."),
    )
    READ_DEAD_LETTERS = (
        OPERATIONS,
        Role.VIEWER,
        _l("See the dead letters."),
    )
    SEE_TO_DEAD_LETTERS = (
        OPERATIONS,
        Role.EDITOR,
        _l("Replay or dismiss dead letters."),
    )
    SEE_WORK = (
        OPERATIONS,
        Role.VIEWER,
        _l("See what is left to do, and when what is done again and again was done."),
    )
    RUN_SCHEDULED_JOBS = (
        OPERATIONS,
        Role.OWNER,
        _l("Have what is done again and again done at once."),
    )
    SEE_SYSTEM = (
        OPERATIONS,
        Role.OWNER,
        _l("See how well the engine, Twilio, the model and the certificate are."),
    )
    SEE_ALERTS = (
        OPERATIONS,
        Role.OWNER,
        _l("Be told of alerts, see to them, and say for how long nobody is told of which."),
    )
    MEND = (
        OPERATIONS,
        Role.OWNER,
        _l("Be told what to do when the disk is full or a provider refuses."),
    )
    MANAGE_MODEL = (
        OPERATIONS,
        Role.OWNER,
        _l("See what was learned about the model's server, and have it forgotten."),
    )
    SEE_MONEY = (
        MONEY,
        Role.OWNER,
        _l("See what everything costs and what was spent, and be told when a limit is near."),
    )
    SET_PRICES = (
        MONEY,
        Role.OWNER,
        _l("Set a price instead of the one on our list, and take it back."),
    )
    SET_LIMITS = (
        MONEY,
        Role.OWNER,
        _l("Set limits of what may be spent, and the cheaper model."),
    )
    SEE_TEAM = (
        TEAM,
        Role.VIEWER,
        _l("See who is of the team, in which sector and with which role."),
    )
    MANAGE_TEAM = (
        TEAM,
        Role.OWNER,
        _l(
            "Invite people, make sign-in links, change names, sectors and roles, sign people out "
            "and put them out of the team."
        ),
    )
    CHANGE_SETTINGS = (
        SETTINGS,
        Role.OWNER,
        _l("See and change the settings, which hold for everybody."),
    )
    READ_AUDIT = (
        AUDIT,
        Role.OWNER,
        _l("Read who did what, and who opened which conversation."),
    )
    EXPORT_AUDIT = (
        AUDIT,
        Role.OWNER,
        _l("Export that as a file."),
    )
    SEE_DASHBOARD = (
        DASHBOARD,
        Role.VIEWER,
        _l(
            "See the overview, what is wrong at the moment, changes as they happen, and what each "
            "role may do."
        ),
    )
    KEEP_PREFERENCES = (
        DASHBOARD,
        Role.VIEWER,
        _l("Choose their own name, language and theme, and sign out."),
    )
    END_SESSIONS = (
        DASHBOARD,
        Role.VIEWER,
        _l("See in which browsers they are signed in, and sign out there."),
    )
