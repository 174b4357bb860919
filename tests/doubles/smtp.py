"""A mail server over real SMTP: it keeps what it takes, and refuses as it is told to.

One that is `encrypted` begins TLS on request, with a certificate that nobody has signed. One that
has `users` asks for a name and password.
"""

import datetime
import ssl
import tempfile
from collections import deque
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

SENDER = "Assistant <bot@company.com>"


class Anywhere(Controller):
    """On whichever port is free."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Smtp:
    """`taken`: the e-mails, oldest first; `planned`: answers to the next ones in place of 250."""

    def __init__(self, *, encrypted: bool = False, users: dict[str, str] | None = None) -> None:
        self.taken: list[EmailMessage] = []
        self.planned: deque[str] = deque()
        self.refused: dict[str, str] = {}  # addresses, with the answer to each
        self._users = users or {}
        options: dict[str, Any] = {"decode_data": False}
        if users is not None:
            options |= {"auth_required": True, "authenticator": self._know}
            options |= {"auth_require_tls": encrypted}
        if encrypted:
            options["tls_context"] = _self_signed()
        self._controller = Anywhere(self, hostname="127.0.0.1", port=0, **options)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    def reset(self) -> None:
        self.taken.clear()
        self.planned.clear()
        self.refused.clear()

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_RCPT(  # noqa: N802 - as the library calls it
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: Any, _session: Session, envelope: Envelope
    ) -> str:
        if self.planned:
            return self.planned.popleft()
        message = message_from_bytes(envelope.original_content or b"", policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 OK"

    def _know(
        self, _server: Any, _session: Session, _envelope: Envelope, _how: str, given: Any
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        name, password = given.login.decode(), given.password.decode()
        return AuthResult(success=self._users.get(name) == password, handled=False)


def _self_signed() -> ssl.SSLContext:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "both.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context.load_cert_chain(path)
    return context
