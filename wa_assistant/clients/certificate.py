"""Until when the certificate of an address is valid: asked in the background alone."""

import socket
import ssl
from datetime import UTC, datetime

SECONDS = 10.0


class NotSeen(Exception):
    """`args[0]` says why: "refused", "expired", "another name", "unknown issuer", "no answer"."""


# OpenSSL's numbers of what is wrong with a certificate.
EXPIRED, OTHER_NAME = 10, 62


def expires(host: str, port: int = 443) -> datetime:
    """The moment in UTC. Raises NotSeen where nobody answers there, or it is not to be trusted."""
    context = ssl.create_default_context()
    try:
        with (
            socket.create_connection((host, port), timeout=SECONDS) as plain,
            context.wrap_socket(plain, server_hostname=host) as secured,
        ):
            until = str((secured.getpeercert() or {})["notAfter"])
    except ssl.SSLCertVerificationError as error:
        raise NotSeen(_said(error.verify_code)) from error
    except ConnectionRefusedError as error:
        raise NotSeen("refused") from error
    except (OSError, KeyError) as error:
        raise NotSeen("no answer") from error
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC)


def _said(code: int) -> str:
    return {EXPIRED: "expired", OTHER_NAME: "another name"}.get(code, "unknown issuer")
