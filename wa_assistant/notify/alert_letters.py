"""What an e-mail about an alert says."""

from flask import current_app
from flask_babel import force_locale, format_datetime
from flask_babel import gettext as _

from ..models import Alert, Email, EmailKind, User
from . import alert_words
from .letters import Letter, together

LANGUAGE = "pt_BR"  # of who has chosen none: most teams are in Brazil


def written(row: Email, user: User, alert: Alert) -> Letter:
    """That it was opened, or resolved, in the language of whoever gets it."""
    with force_locale(user.language or LANGUAGE):
        title = alert_words.title(alert)
        if row.kind == EmailKind.ALL_CLEAR:
            subject = str(_("Resolved: %(what)s", what=title))
            return Letter(subject, _told(alert, _("This is resolved:")))
        return Letter(title, _told(alert, ""))


def _told(alert: Alert, first: object) -> str:
    value = alert_words.value(alert)
    since = format_datetime(alert.opened_at, "short")
    parts = [
        first,
        f"{alert_words.title(alert)}{': ' if value else ''}{value}",
        _("Since %(moment)s.", moment=since),
        alert_words.means(alert),
        f"{current_app.config['PUBLIC_URL']}/alerts",
    ]
    return together(*filter(None, parts))
