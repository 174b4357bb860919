"""The other direction: forms as Twilio builds them for WhatsApp, signed and posted to the app."""

import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

ACCOUNT_SID = "AC" + "0" * 32
AUTH_TOKEN = "the-token-of-the-tests"
PUBLIC_URL = "http://127.0.0.1:8000"
OUR_NUMBER = "whatsapp:+14155238886"

INBOUND = "/whatsapp/webhook"
STATUS = "/whatsapp/status"


class Webhooks:
    """Calls an app's webhooks. The app is a base URL, or Flask's test client."""

    def __init__(
        self,
        account_sid: str = ACCOUNT_SID,
        auth_token: str = AUTH_TOKEN,
        public_url: str = PUBLIC_URL,
        number: str = OUR_NUMBER,
    ) -> None:
        self.account_sid = account_sid
        self.auth_token = auth_token
        self.public_url = public_url
        self.number = number

    def send(
        self,
        app: "str | FlaskClient",
        sender: str,
        body: str,
        sid: str | None = None,
        **fields: Any,
    ) -> Any:
        """A participant writes: the signed webhook, over real HTTP where `app` is a URL."""
        return self.post(app, INBOUND, self.inbound(sender, body, sid, **fields))

    def receipt(
        self,
        app: "str | FlaskClient",
        sid: str,
        status: str,
        code: int | None = None,
        *,
        url: str = STATUS,
        **fields: Any,
    ) -> Any:
        """Twilio reports how far a message of ours has come."""
        return self.post(app, url, self.status_form(sid, status, code, **fields))

    def post(self, app: "str | FlaskClient", url: str, form: Mapping[str, Any]) -> Any:
        """`url` is a path, or a whole URL that is signed as it stands but posted to `app`."""
        headers = self.sign(url, form)
        parts = urlsplit(urldefrag(url).url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if isinstance(app, str):
            return requests.post(urljoin(app, target), data=form, headers=headers, timeout=15)
        return app.post(target, data=form, headers=headers)

    def sign(self, url: str, params: Mapping[str, Any]) -> dict[str, str]:
        """The headers Twilio sends with `params` to `url` (a path stands under the public URL).

        The fragment, which tells Twilio how to retry, is neither sent nor signed.
        """
        whole = urldefrag(urljoin(f"{self.public_url}/", url)).url
        signature = RequestValidator(self.auth_token).compute_signature(whole, params)
        return {
            "X-Twilio-Signature": signature,
            "I-Twilio-Idempotency-Token": secrets.token_hex(16),
            "User-Agent": "TwilioProxy/1.1",
        }

    def inbound(
        self, sender: str, body: str, sid: str | None = None, **fields: Any
    ) -> dict[str, Any]:
        """The form of a WhatsApp message; a field given as None is left out."""
        sid = sid or "SM" + secrets.token_hex(16)
        wa_id = sender.removeprefix("whatsapp:").removeprefix("+")
        context = {"ProfileName": fields.get("ProfileName", "Ana"), "WaId": wa_id}
        form = {
            "SmsMessageSid": sid,
            "NumMedia": "0",
            "ProfileName": "Ana",
            "MessageType": "text",
            "SmsSid": sid,
            "WaId": wa_id,
            "SmsStatus": "received",
            "Body": body,
            "To": self.number,
            "NumSegments": "1",
            "ReferralNumMedia": "0",
            "MessageSid": sid,
            "AccountSid": self.account_sid,
            "ChannelMetadata": json.dumps({"type": "whatsapp", "data": {"context": context}}),
            "From": sender,
            "ApiVersion": "2010-04-01",
            **fields,
        }
        return {name: value for name, value in form.items() if value is not None}

    def status_form(
        self, sid: str, status: str, code: int | None = None, **fields: Any
    ) -> dict[str, Any]:
        """The form of a status callback."""
        form = {
            "ChannelPrefix": "whatsapp",
            "ApiVersion": "2010-04-01",
            "MessageStatus": status,
            "SmsSid": sid,
            "SmsStatus": status,
            "ChannelInstallSid": "XE" + "0" * 32,
            "From": self.number,
            "MessageSid": sid,
            "StructuredMessage": "false",
            "AccountSid": self.account_sid,
            "EventType": {"delivered": "DELIVERED", "read": "READ"}.get(status),
            "ErrorCode": None if code is None else str(code),
            **fields,
        }
        return {name: value for name, value in form.items() if value is not None}
