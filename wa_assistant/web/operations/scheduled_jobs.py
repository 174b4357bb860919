"""What the engine does again and again, in words, by the names that the jobs have in upkeep.py."""

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

MINUTE = 60
HOUR = 60 * MINUTE

WORDS: dict[str, LazyString] = {
    "ask_certificate": _l("Look until when the certificate is valid"),
    "ask_outside": _l("Ask Twilio and the model's server whether they are well"),
    "beat": _l("Tell the dead man's switch that all is well"),
    "chain_audit": _l("Chain what has come to the audit"),
    "count": _l("Count for the overview"),
    "forget_imports": _l("Remove the files of old imports"),
    "index_said": _l("Let new words be found by the search"),
    "keep_statuses": _l("Open what was snoozed, and end what was answered"),
    "measure_alerts": _l("Tell owners of what an hour's figures say"),
    "note_runs": _l("Keep this schedule"),
    "probe": _l("Ring for a job, to see that it is done"),
    "purge_said": _l("Remove deleted words from the search"),
    "reconcile": _l("Ask Twilio for messages that never reached us"),
    "sweep": _l("Look for what is left to do and nobody does"),
    "tidy": _l("Remove what deleted documents leave behind"),
    "tidy_files": _l("Remove files that belong to no message"),
    "verify_audit": _l("Go through the audit, whether anybody changed it"),
    "watch_alerts": _l("Tell owners of what is wrong at this moment"),
    "watch_money": _l("See whether the database was restored without what was spent"),
    "watch_windows": _l("Call the team before a window closes"),
}


def every(seconds: int) -> str:
    """How often: "10 seconds", "5 minutes", "1 hour"."""
    if seconds < MINUTE:
        return str(ngettext("%(num)d second", "%(num)d seconds", seconds))
    if seconds < HOUR:
        return str(ngettext("%(num)d minute", "%(num)d minutes", seconds // MINUTE))
    return str(ngettext("%(num)d hour", "%(num)d hours", seconds // HOUR))
