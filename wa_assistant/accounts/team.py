"""Inviting colleagues, changing what they are, putting them out and taking them back.

Each verb has the lock of users.TEAM and looks again at who acts: of two owners who demote each
other at once the second is no owner any more, so that there is always one. Whoever's role changes,
or is put out, has no way back by what was theirs before: links made for them or by them are void,
and open pages look again.
"""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from .. import audit
from ..database import db, one_at_a_time, transaction, utcnow
from ..models import Action, Role, Sector, Subject, User
from ..models.characters import seen_in_a_line
from ..models.user import ADDRESS_CHARACTERS, NAME_CHARACTERS
from ..settings.problem import MEANWHILE, Problem, Refused, Words
from . import admission, authority, sessions, sign_in, users
from .authority import Act

FIELDS = ("name", "sector", "role")

NO_ADDRESS = _l("Write an e-mail address, like maria@example.com.")
TOO_LONG = _l("At most %(num)d characters.", num=NAME_CHARACTERS)
OF_THE_TEAM = _l("They are of the team already.")
WAS_OF_THE_TEAM = _l("They were of the team: take them back on their page.")
NO_SUCH_SECTOR = _l("There is no such sector any more.")
NO_SUCH_ROLE = _l("Choose a role.")
NEEDED = _l(
    "Nobody else could manage the team. Make somebody an owner first, and wait until they have "
    "signed in."
)
BY_ENVIRONMENT = _l(
    "They are an owner by the environment (OWNER_EMAILS), and would be one again with their next "
    "sign-in."
)


class NotAllowedError(Exception):
    """Who acts manages the team no more."""


class NeededError(Exception):
    """Nobody else manages the team: see users.is_needed."""


def invite(given: Mapping[str, str], actor: User) -> User:
    """Somebody who may sign in from now on, whatever their domain. Raises Refused."""
    with transaction():
        _begin(actor)
        values, problems = _read(given)
        address = admission.folded(given.get("email", ""))
        if (wrong := _wrong_with(address)) is not None:
            problems["email"] = wrong
        if problems:
            raise Refused(problems, frozenset())
        user = User(email=address, active=True, invited=True, role=values["role"])
        user.name, user.sector_id = values["name"], _sector_id(values["sector"])
        db.session.add(user)
        audit.record(actor, Action.INVITED, Subject.USER, address, after=_told(held(user)))
    return user


def held(user: User) -> dict[str, str]:
    """Each of FIELDS as a form holds it, and gives it back as its reader has seen it."""
    sector = str(user.sector_id or "")
    return {"name": user.name, "sector": sector, "role": user.role}


def change(
    user_id: int, given: Mapping[str, str], seen: Mapping[str, str], actor: User
) -> list[str]:
    """Save what `actor` changed in `given`; the names of what is different now.

    What they left as they had `seen` it stays as it is, whoever has changed it since; what both
    changed is refused. Raises Refused: then nothing is saved.
    """
    with transaction():
        user = managed(user_id, actor)
        now = held(user)
        values, problems = _read({**now, **given})
        touched = {each for each in given if each in FIELDS and values[each] != seen.get(each)}
        changed = {each for each in touched if values[each] != now[each]}
        meanwhile = {each for each in changed if now[each] != seen.get(each)}
        problems |= dict.fromkeys(meanwhile, MEANWHILE)
        if "role" in changed and not problems and (wrong := _keeps(user)) is not None:
            problems["role"] = wrong
        if problems:
            raise Refused(problems, frozenset(meanwhile))
        _save(user, {each: values[each] for each in FIELDS if each in changed}, now, actor)
    return [each for each in FIELDS if each in changed]


def rename_oneself(name: str, actor: User) -> bool:
    """`actor` is called so from now on; False where they were already. Raises Problem."""
    name = seen_in_a_line(name)
    if len(name) > NAME_CHARACTERS:
        raise Problem({"": TOO_LONG})
    with transaction():
        (user,) = users.locked(User.id == actor.id)
        before, after = {"name": user.name}, {"name": name}
        if before != after:
            user.name = name
            about = (Action.CHANGED, Subject.USER, user.email)
            audit.record(user, *about, before=before, after=after)
        return before != after


def deactivate(user_id: int, actor: User) -> User:
    """They are of the team no more: signed out everywhere, and no way leads back in.

    In the writing unit under way, which sees to their conversations. Raises NeededError.
    """
    user = managed(user_id, actor)
    if user.active:
        if users.is_needed(user):
            raise NeededError
        user.active = False
        ended = sessions.close(user, utcnow())
        sign_in.void_all_of(user)
        sessions.look_again()
        audit.record(actor, Action.DEACTIVATED, Subject.USER, user.email, after={"sessions": ended})
    return user


def reactivate(user_id: int, actor: User) -> None:
    """They may sign in again, with the role that they had."""
    with transaction():
        user = managed(user_id, actor)
        if not user.active:
            user.active = user.invited = True
            held_again = _told(held(user))
            audit.record(actor, Action.REACTIVATED, Subject.USER, user.email, after=held_again)


def make_link(user_id: int, actor: User) -> str | None:
    """A URL that signs them in once, with the role that they have; None where they are of the team
    no more. Raises attempts.TooMany and NotAllowedError."""
    with transaction():
        user = managed(user_id, actor)
        return sign_in.new_link(user.email, None, actor) if user.active else None


def managed(user_id: int, actor: User) -> User:
    """The colleague, locked for the writing unit under way, in which `actor` manages the team.
    Raises NotAllowedError."""
    _begin(actor, user_id)
    return db.session.get_one(User, user_id)


def _begin(actor: User, *user_ids: int) -> None:
    """Nobody else changes the team until this writing unit ends; who acts may, and they and those
    of `user_ids` are locked."""
    one_at_a_time(users.TEAM)
    found = {each.id: each for each in users.locked(User.id.in_((actor.id, *user_ids)))}
    if actor.id not in found or not authority.may(found[actor.id], Act.MANAGE_TEAM):
        raise NotAllowedError


def _read(given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, Words]]:
    """The values as they are kept, and what is wrong with them."""
    values = {
        "name": seen_in_a_line(given.get("name", "")),
        "sector": given.get("sector", ""),
        "role": given.get("role", ""),
    }
    problems: dict[str, Words] = {}
    if len(values["name"]) > NAME_CHARACTERS:
        problems["name"] = TOO_LONG
    if values["sector"] and _sector_id(values["sector"]) is None:
        problems["sector"] = NO_SUCH_SECTOR
    if values["role"] not in set(Role):
        problems["role"] = NO_SUCH_ROLE
    return values, problems


def _sector_id(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    sector = db.session.get(Sector, number) if number else None
    return sector.id if sector else None


def _wrong_with(address: str) -> Words | None:
    if not admission.ADDRESS.fullmatch(address) or len(address) > ADDRESS_CHARACTERS:
        return NO_ADDRESS
    user = users.of_email(address)
    if user is None:
        return None
    return OF_THE_TEAM if user.active else WAS_OF_THE_TEAM


def _keeps(user: User) -> Words | None:
    """Why they keep their role; None where they need not."""
    if users.is_owner_by_environment(user.email):
        return BY_ENVIRONMENT
    return NEEDED if users.is_needed(user) else None


def _save(user: User, changed: dict[str, str], now: dict[str, str], actor: User) -> None:
    if not changed:
        return
    user.name = changed.get("name", user.name)
    if "sector" in changed:
        user.sector_id = _sector_id(changed["sector"])
    if "role" in changed:
        user.role = changed["role"]
        sign_in.void_all_of(user)
        sessions.look_again()
    before, after = _told({each: now[each] for each in changed}), _told(changed)
    audit.record(actor, Action.CHANGED, Subject.USER, user.email, before=before, after=after)


def _told(values: dict[str, str]) -> dict[str, str]:
    """As the audit has it: with the sector's name, which may be another's one day."""
    number = _sector_id(values.get("sector", ""))
    sector = db.session.get(Sector, number) if number else None
    return values | ({"sector": sector.name} if sector else {})
