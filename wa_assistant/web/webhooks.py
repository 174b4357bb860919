"""What Twilio calls: verify, keep, answer. Nothing slow happens here."""

from flask import Blueprint, Response, abort, current_app, request
from twilio.request_validator import (
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

from .. import logs
from ..database import hurry
from ..extensions import csrf
from ..intake import webhook_log
from ..intake.inbound import Fields, Malformed, form_in
from ..models import Kind
from . import access

log = logs.get(__name__)

blueprint = Blueprint("webhooks", __name__, url_prefix="/whatsapp")

MOST_BYTES = 256 * 1024  # 10,000 emoji take half of it once they are percent-encoded
# Twilio waits for 15 s: once for a statement, and once for a connection, there is time.
PATIENCE_SECONDS = 4.0
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
# Twilio shows it in its own log, to whoever has just set the webhook up.
UNSIGNED = "Not signed for this address with our token: see PUBLIC_URL and TWILIO_AUTH_TOKEN."


@blueprint.post("/webhook")
@csrf.exempt
@access.public
def inbound() -> Response:
    return _receive(Kind.INBOUND)


@blueprint.post("/status")
@csrf.exempt
@access.public
def status() -> Response:
    return _receive(Kind.STATUS)


def _receive(kind: Kind) -> Response:
    request.max_content_length = MOST_BYTES
    body = request.get_data(cache=False)
    try:
        if not _is_signed(form_in(body)):
            log.warning("webhook refused", kind=kind, reason="its signature fits none of ours")
            abort(403, UNSIGNED)
        with hurry(PATIENCE_SECONDS):
            webhook_log.receive(kind, body)
    except Malformed as error:
        log.warning("webhook refused", kind=kind, reason=error)
        abort(400)
    except webhook_log.NotKept:
        log.exception("webhook refused", kind=kind, reason="neither database nor disk keep it")
        abort(503)
    return Response(EMPTY_TWIML, content_type="text/xml; charset=utf-8")


def _is_signed(fields: Fields) -> bool:
    """Whether Twilio signed these fields for this very URL, with one of our tokens."""
    signature = request.headers.get(SIGNATURE_HEADER)
    if not signature:
        return False
    algorithm = get_signature_algorithm(request.headers.get(SIGNATURE_SETTINGS_HEADER))
    return any(
        RequestValidator(token).validate(_signed_url(), fields, signature, algorithm)
        for token in current_app.config["TWILIO_AUTH_TOKENS"]
    )


def _signed_url() -> str:
    """PUBLIC_URL and the request target as it came over the wire.

    What a proxy makes of scheme and host, and what Flask makes of percent-encoding, is not what
    Twilio signed.
    """
    target: str = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI", "")
    if not target.startswith("/"):
        target = request.full_path.rstrip("?")
    return f"{current_app.config['PUBLIC_URL']}{target}"
