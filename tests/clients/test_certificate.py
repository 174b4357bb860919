"""Until when a certificate is valid, and why one is not to be trusted."""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wa_assistant.clients import certificate

NOW = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
SOON = NOW + datetime.timedelta(days=10)
NAME = "localhost"


def made(path: Path, until: datetime.datetime, name: str = NAME) -> Path:
    """A certificate that signs itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    number = x509.random_serial_number()
    signed = (
        x509.CertificateBuilder(subject, subject, key.public_key(), number)
        .not_valid_before(until - datetime.timedelta(days=90))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(pem, form, serialization.NoEncryption())
    path.write_bytes(secret + signed.public_bytes(pem))
    return path


@contextmanager
def served(files: Path) -> Iterator[int]:
    """A port of 127.0.0.1 where it is shown to whoever connects."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(files)
    listening = socket.create_server(("127.0.0.1", 0))

    def show() -> None:
        connection, _ = listening.accept()
        try:
            context.wrap_socket(connection, server_side=True).close()
        except OSError:
            connection.close()

    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    yield int(listening.getsockname()[1])
    thread.join(10)
    listening.close()


@pytest.fixture
def trusted(monkeypatch) -> Callable[[Path], None]:
    return lambda path: monkeypatch.setenv("SSL_CERT_FILE", str(path))


def test_it_says_until_when(tmp_path, trusted):
    path = made(tmp_path / "own.pem", SOON)
    trusted(path)
    with served(path) as port:
        assert certificate.expires(NAME, port) == SOON


def test_one_that_has_expired_is_told(tmp_path, trusted):
    path = made(tmp_path / "own.pem", NOW - datetime.timedelta(days=1))
    trusted(path)
    assert refused(path) == "expired"


def test_one_for_another_name_is_told(tmp_path, trusted):
    path = made(tmp_path / "own.pem", SOON, "elsewhere.example")
    trusted(path)
    assert refused(path) == "another name"


def test_one_that_nobody_knows_is_told(tmp_path, trusted):
    trusted(made(tmp_path / "other.pem", SOON))
    assert refused(made(tmp_path / "own.pem", SOON)) == "unknown issuer"


def test_nobody_answers():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
    with pytest.raises(certificate.NotSeen, match="refused"):
        certificate.expires("127.0.0.1", port)


def refused(path: Path) -> str:
    with served(path) as port, pytest.raises(certificate.NotSeen) as raised:
        certificate.expires(NAME, port)
    return str(raised.value)
