"""What our own code failed on: looked at by all, replayed or dismissed by editors."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from ...intake import twilio_form
from ...models import Kind, Role, Webhook
from ...operations import dead_letters, dead_messages
from .. import access, respond
from ..limits import row_id

blueprint = Blueprint("set_aside", __name__, url_prefix="/set-aside")

KINDS = {Kind.INBOUND: _l("A message came in"), Kind.STATUS: _l("A delivery receipt")}
PAGES = ("webhooks", "conversations", "messages")


@blueprint.get("")
@access.needs(Role.VIEWER)
def index() -> ResponseReturnValue:
    return render_template("operations/index.html", **context())


@blueprint.get("/list")
@access.needs(Role.VIEWER)
def listing() -> ResponseReturnValue:
    return render_template("operations/_list.html", **context())


@blueprint.post("/webhooks/<id:webhook_id>/replay")
@access.needs(Role.EDITOR)
def replay_webhook(webhook_id: int) -> ResponseReturnValue:
    went_well = dead_letters.replay_webhook(webhook_id, current_user)
    if went_well is None:
        return _gone()
    if not went_well:
        words = _("It failed again, as its error tells. It stays here.")
        return respond.told(url_for(".index"), words)
    return _done(_("The webhook was processed: it has taken effect."))


@blueprint.post("/webhooks/<id:webhook_id>/dismiss")
@access.needs(Role.EDITOR)
def dismiss_webhook(webhook_id: int) -> ResponseReturnValue:
    if not dead_letters.dismiss_webhook(webhook_id, current_user):
        return _gone()
    return _done(_("The webhook was dismissed: it takes no effect."))


@blueprint.post("/conversations/<id:participant_id>/replay")
@access.needs(Role.EDITOR)
def replay_conversation(participant_id: int) -> ResponseReturnValue:
    if not dead_letters.replay_conversation(participant_id, current_user):
        return _gone()
    return _done(_("The assistant tries once more to answer. Should it fail, it is here again."))


@blueprint.post("/conversations/<id:participant_id>/dismiss")
@access.needs(Role.EDITOR)
def dismiss_conversation(participant_id: int) -> ResponseReturnValue:
    if not dead_letters.dismiss_conversation(participant_id, current_user):
        return _gone()
    return _done(_("Dismissed: the assistant does not answer this, a person does."))


@blueprint.post("/messages/<id:message_id>/replay")
@access.needs(Role.EDITOR)
def replay_message(message_id: int) -> ResponseReturnValue:
    if not dead_messages.replay(message_id, current_user):
        return _gone()
    return _done(
        _("It is sent once more, unless Twilio has it already. Should it fail, it is here again.")
    )


@blueprint.post("/messages/<id:message_id>/dismiss")
@access.needs(Role.EDITOR)
def dismiss_message(message_id: int) -> ResponseReturnValue:
    if not dead_messages.dismiss(message_id, current_user):
        return _gone()
    return _done(_("Dismissed: the message is not sent again by itself."))


def context() -> dict[str, Any]:
    """A page of each of the three kinds; each is turned by itself."""
    pages = {name: request.args.get(name, type=row_id) for name in PAGES}
    webhooks, older_webhooks = dead_letters.webhooks(pages["webhooks"])
    conversations, older_conversations = dead_letters.conversations(pages["conversations"])
    messages, older_messages = dead_messages.page(pages["messages"])
    return {
        "unsent": messages,
        "older_unsent": older_messages,
        "webhooks": webhooks,
        "older_webhooks": older_webhooks,
        "talks": conversations,
        "older_talks": older_conversations,
        "pages": pages,
        "can_act": Role(current_user.role).covers(Role.EDITOR),
    }


def _done(words: str) -> ResponseReturnValue:
    return respond.done(url_for(".index"), words)


def _gone() -> ResponseReturnValue:
    words = _("This is set aside no more: somebody has seen to it.")
    return respond.told(url_for(".index"), words)


@blueprint.app_template_filter()
def webhook_kind(webhook: Webhook) -> str:
    return str(KINDS[Kind(webhook.kind)])


@blueprint.app_template_filter()
def webhook_fields(webhook: Webhook) -> list[tuple[str, str]]:
    """Its form as it came, a field a line."""
    return list(twilio_form.fields(webhook.body).items(multi=True))


@blueprint.app_template_filter()
def last_line(error: str | None) -> str:
    """What of an error says most: the last exception, without what some say after it."""
    _before, traceback, last = (error or "").rpartition("Traceback (most recent call last):")
    lines = [line for line in last.splitlines() if line and not line.startswith(" ")]
    return lines[0 if traceback else -1] if lines else ""
