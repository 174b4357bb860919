"""How imports are told: their states, why something is not taken, and what a line changes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...models import (
    Field,
    FileProblem,
    ImportLine,
    ImportState,
    LineOutcome,
    LineReason,
    Purpose,
)
from ...models.about import TAG_CHARACTERS
from ...operations.importing import columns, files
from .words import CONSENTS, LANGUAGES, field_value

TOLD = "%(told)s"  # is put in later: a line of its own each
STATES: dict[str, LazyString] = {
    ImportState.LOOKING: _l("being read"),
    ImportState.SHOWN: _l("waits for your decision"),
    ImportState.UNCHANGED: _l("would change nothing"),
    ImportState.APPLYING: _l("being applied"),
    ImportState.APPLIED: _l("applied"),
    ImportState.UNDOING: _l("being undone"),
    ImportState.UNDONE: _l("undone"),
    ImportState.FAILED: _l("not read"),
    ImportState.FORGETTING: _l("being removed"),
}
OUTCOMES: dict[str, LazyString] = {
    LineOutcome.NEW: _l("New"),
    LineOutcome.CHANGED: _l("Changed"),
    LineOutcome.SAME: _l("Same"),
    LineOutcome.REJECTED: _l("Rejected"),
}
OUTCOME: dict[str, LazyString] = {  # of one line
    LineOutcome.NEW: _l("new"),
    LineOutcome.CHANGED: _l("changed"),
    LineOutcome.SAME: _l("same"),
    LineOutcome.REJECTED: _l("rejected"),
}
PROBLEMS: dict[str, LazyString] = {
    FileProblem.EMPTY: _l("This file is empty."),
    FileProblem.TOO_LARGE: _l(
        "This file is too large: %(num)d MB at most. Split it, or leave out columns.",
        num=files.MOST_BYTES // 1024**2,
    ),
    FileProblem.PDF: _l("This is a PDF. Save the table as CSV or XLSX, and upload that."),
    FileProblem.OLD_EXCEL: _l(
        "This is an Excel file of the old kind (.xls), or one with a password. Save it as .xlsx"
        " without a password."
    ),
    FileProblem.OPEN_DOCUMENT: _l("This is an OpenDocument file (.ods). Save it as .xlsx or CSV."),
    FileProblem.WORD: _l("This is a text document. Save the table as CSV or XLSX."),
    FileProblem.ARCHIVE: _l("This is an archive. Unpack it, and upload the table inside."),
    FileProblem.PICTURE: _l("This is a picture. Upload the table itself, as CSV or XLSX."),
    FileProblem.WEB_PAGE: _l(
        "This is a web page, whatever its name says. Open it in Excel and save it as .xlsx."
    ),
    FileProblem.NO_TABLE: _l("This is no table that can be read: CSV or XLSX are."),
    FileProblem.DAMAGED: _l("This file is damaged, or was cut short. Save it once more."),
    FileProblem.BOMB: _l("Unpacked, this file is far too large."),
    FileProblem.ENCODING: _l("Its letters cannot be read. Save it as UTF-8."),
    FileProblem.NEVER_CLOSED: _l(
        "A quotation mark is opened in this file and never closed, or it is cut into its columns"
        " in another way than it seems."
    ),
    FileProblem.NO_LINES: _l("There is no line in this file but the names of its columns."),
    FileProblem.NO_NUMBERS: _l(
        "No column holds telephone numbers. Say which one is the number; of a workbook the first"
        " sheet is read."
    ),
    FileProblem.TOO_MANY_LINES: _l("This file has too many lines: 200,000 at most. Split it."),
    FileProblem.GONE: _l("The file is not there any more. Upload it again."),
    FileProblem.OUR_FAULT: _l("It stopped by a fault of ours, which is among the dead letters."),
}
REASONS: dict[str, LazyString] = {
    LineReason.NO_NUMBER: _l("This is no telephone number: %(told)s", told=TOLD),
    LineReason.EMPTY_NUMBER: _l("There is no number."),
    LineReason.NO_AREA: _l("The area code is missing: %(told)s", told=TOLD),
    LineReason.ROUNDED: _l(
        "Excel has rounded this number: %(told)s. Format the column as text and enter it again.",
        told=TOLD,
    ),
    LineReason.TWICE: _l("This number stands in line %(told)s already.", told=TOLD),
    LineReason.NAME_TOO_LONG: _l("This name is too long: %(told)s", told=TOLD),
    LineReason.LANGUAGE: _l("This language is not known: %(told)s", told=TOLD),
    LineReason.TAG_TOO_LONG: _l(
        "This tag is longer than %(num)d characters: %(told)s", num=TAG_CHARACTERS, told=TOLD
    ),
    LineReason.TOO_MANY_TAGS: _l("These are too many tags for one person."),
    LineReason.VALUE: _l("This does not fit its field. %(told)s", told=TOLD),
    LineReason.CUT_SHORT: _l("The file ends in the midst of this line: it was cut short."),
    LineReason.CAME_MEANWHILE: _l("Somebody with this number came meanwhile."),
    LineReason.GONE_MEANWHILE: _l("They are not among the participants any more."),
    LineReason.NO_SOURCE: _l(
        "The consent is left out: it counts only with its date and where it is from."
    ),
    LineReason.CONSENT_WORD: _l(
        "The consent is left out: “%(told)s” says neither that they gave it nor that they took it"
        " back.",
        told=TOLD,
    ),
    LineReason.SAID_LATER: _l("The consent is left out: they said something later themselves."),
    LineReason.OTHER_SINCE: _l("What somebody has changed since stays as it is."),
    LineReason.WROTE_SINCE: _l("They have written since, and are not deleted."),
    LineReason.USED_SINCE: _l("The team has done something about them since: they stay."),
}
COLUMNS: dict[str, LazyString] = {
    columns.IGNORED: _l("left out"),
    columns.NUMBER: _l("Number"),
    columns.NAME: _l("Name"),
    columns.TAGS: _l("Tags"),
    columns.LANGUAGE: _l("Language"),
    columns.SERVICE: _l("Consent"),
    columns.SERVICE_ON: _l("Consent: date"),
    columns.SERVICE_SOURCE: _l("Consent: source"),
    columns.MARKETING: _l("Marketing"),
    columns.MARKETING_ON: _l("Marketing: date"),
    columns.MARKETING_SOURCE: _l("Marketing: source"),
}


def reason(line: ImportLine) -> str:
    return told(str(REASONS.get(line.reason or "", "")), line.told)


def told(words: str, what: str) -> str:
    return words.replace(TOLD, what)


def change(each: Mapping[str, Any], fields: Mapping[int, Field]) -> tuple[str, str, str]:
    """What it changes, as it was, and as it is to be."""
    match each["what"]:
        case "field":
            field = fields.get(each["id"])
            if field is None:
                return "?", each["before"], each["after"]
            before, after = (field_value(each[end], field) for end in ("before", "after"))
            return field.name, before, after
        case "tags":
            return str(_("Tags")), "", ", ".join(f"+ {name}" for name in each["after"])
        case "language":
            words = [str(LANGUAGES[each[end]]) if each[end] else "" for end in ("before", "after")]
            return str(_("Language")), words[0], words[1]
        case "consent":
            return _consent(each)
    return str(_("Name")), each["before"], each["after"]


def _consent(each: Mapping[str, Any]) -> tuple[str, str, str]:
    is_marketing = each["purpose"] == Purpose.MARKETING
    before = str(CONSENTS[each["before"]]) if each["before"] else ""
    on = format_date(date.fromisoformat(each["on"]), "short")
    after = _("%(kind)s on %(day)s: %(source)s", kind=CONSENTS[each["after"]], day=on,
              source=each["source"])  # fmt: skip
    return str(_("Marketing") if is_marketing else _("Consent")), before, str(after)
