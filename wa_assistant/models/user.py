from datetime import datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from ..database import Base, UtcDateTime, folded, utcnow

NAME_CHARACTERS = 200
ADDRESS_CHARACTERS = 255
SECTOR_CHARACTERS = 60


class Role(StrEnum):
    """Viewers see, editors act, owners also manage; each may do what those before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"

    def covers(self, needed: "Role") -> bool:
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


class Sector(Base):
    """A part of the company that users work in: Vendas, Suporte. Its name is one however it is
    spelt."""

    __tablename__ = "sectors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(SECTOR_CHARACTERS))
    name_folded: Mapped[str] = mapped_column(String(SECTOR_CHARACTERS), unique=True)

    @validates("name")
    def _fold(self, _: str, name: str) -> str:
        self.name_folded = folded(name)[:SECTOR_CHARACTERS]
        return name


class User(UserMixin, Base):
    """Someone who signs in to the dashboard."""

    __tablename__ = "users"
    __table_args__ = (Index("ix_users_name_folded", "name_folded", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS), default="")
    # Of the label, by which they are listed and looked for.
    name_folded: Mapped[str] = mapped_column(String(NAME_CHARACTERS), server_default=text("''"))
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("sectors.id"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    # Chosen over what the browser asks for; None where the browser decides.
    language: Mapped[str | None] = mapped_column(String(10))
    theme: Mapped[str | None] = mapped_column(String(10))
    # Whether single keys act: see static/js/keys.js.
    keys: Mapped[bool] = mapped_column(default=True, server_default=true())
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    # By a link, from a colleague or the command line: they may sign in whatever their domain.
    invited: Mapped[bool] = mapped_column(server_default=true())
    # Who they are at GitHub; names and addresses there pass from one to another, numbers do not.
    github_id: Mapped[int | None] = mapped_column(BigInteger, unique=True, index=True)
    # Where the picture that is kept came from.
    picture_url: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    sector: Mapped[Sector | None] = relationship()

    @property
    def label(self) -> str:
        return labelled(self.name, self.email)

    @validates("name", "email")
    def _fold(self, key: str, value: str) -> str:
        known = {"name": self.name or "", "email": self.email or "", key: value}
        self.name_folded = folded(labelled(**known))[:NAME_CHARACTERS]
        return value

    @property
    def is_active(self) -> bool:
        return self.active


def labelled(name: str, email: str) -> str:
    """How colleagues know them: by their name, or what their address begins with."""
    return name or email.partition("@")[0]


class UserPicture(Base):
    """A user's picture, apart from their row, which every request reads."""

    __tablename__ = "user_pictures"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    content_type: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))


class SignInAttempt(Base):
    """That somebody tried to sign in, for as long as it counts towards a limit."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    # An address, or a person: see accounts/attempts.py.
    whose: Mapped[str] = mapped_column(String(300), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SignInLink(Base):
    """A one-time way in. The token itself is never stored, only its SHA-256 in hexadecimal.

    `role`: which it gives, also to who is not of the team yet; None: they keep the one they have.
    """

    __tablename__ = "sign_in_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS))
    role: Mapped[str | None] = mapped_column(String(10))
    # As the audit names its maker: see audit.name_of.
    made_by: Mapped[str] = mapped_column(
        String(ADDRESS_CHARACTERS), default="", server_default=text("''")
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utcnow)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
