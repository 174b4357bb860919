"""What e-mails say, as plain text, in the language of whoever gets them."""

from typing import NamedTuple

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from .. import settings
from ..models import Email, EmailKind, User


class Letter(NamedTuple):
    subject: str
    text: str


def written(row: Email, user: User, asked_by: User | None, link: str) -> Letter:
    """The letter that `row` asks for; `link` signs `user` in once."""
    with force_locale(user.language or row.language):
        if row.kind == EmailKind.INVITATION and asked_by is not None:
            return _invitation(user, asked_by, link)
        return _link(user, link)


def of_mention(row: Email, user: User, asked_by: User | None) -> Letter:
    """That a colleague names `user` in a note. It holds neither its words nor the participant's
    name: those leave us by no e-mail."""
    with force_locale(user.language or row.language):
        who = asked_by.label if asked_by else str(_("Somebody"))
        return Letter(
            str(_("%(who)s mentions you in a note", who=who)),
            together(
                _greeting(user),
                _("%(who)s mentions you in an internal note. It stands here:", who=who),
                f"{current_app.config['PUBLIC_URL']}/conversations/{row.participant_id}",
            ),
        )


def _invitation(user: User, asked_by: User, link: str) -> Letter:
    company, who = settings.current().company, asked_by.label
    if company:
        subject = _(
            "%(who)s invites you to the WhatsApp assistant of %(company)s", who=who, company=company
        )
    else:
        subject = _("%(who)s invites you to the WhatsApp assistant", who=who)
    return Letter(
        subject,
        together(
            _greeting(user),
            _(
                "%(who)s (%(address)s) has invited you to the WhatsApp assistant, where the team "
                "reads and answers what participants write.",
                who=who,
                address=asked_by.email,
            ),
            _("This link signs you in, once and within three days:"),
            link,
            _later(),
            _("Was this not meant for you? Then do nothing, and pass the link on to nobody."),
        ),
    )


def _link(user: User, link: str) -> Letter:
    return Letter(
        _("Your link to sign in"),
        together(
            _greeting(user),
            _("This link signs you in to the WhatsApp assistant, once and within 30 minutes:")
            if user.last_sign_in_at
            else _("This link signs you in, once and within three days:"),
            link,
            _("Did you not ask for it? Then do nothing, and pass the link on to nobody."),
        ),
    )


def _greeting(user: User) -> str:
    return str(_("Hello %(name)s,", name=user.label))


def _later() -> str:
    page = f"{current_app.config['PUBLIC_URL']}/sign-in"
    if current_app.config["GITHUB_CONNECTED"]:
        return str(
            _(
                "From then on sign in with GitHub, or ask for another link, here: %(page)s",
                page=page,
            )
        )
    return str(_("From then on ask for another link here: %(page)s", page=page))


def together(*parts: object) -> str:
    return "\n\n".join(map(str, parts)) + "\n"
