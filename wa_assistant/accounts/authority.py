"""Who may do what: nobody asks for a role in any other way.

The gate before every route, the menu, the buttons, the page about roles and docs/roles.md are made
from the one table of acts (acts.py).
"""

from itertools import groupby

from flask_babel import LazyString

from ..models import Role, User
from .acts import Act as Act


def may(user: User, act: Act) -> bool:
    return user.active and Role(user.role).covers(act.least)


def roles(act: Act) -> list[Role]:
    """Those that may do it."""
    return [role for role in Role if role.covers(act.least)]


def added_by(role: Role) -> list[tuple[LazyString, list[Act]]]:
    """What `role` may and the one before it may not, by noun, in the order of the table."""
    acts = (act for act in Act if act.least == role)
    return [(noun, list(found)) for noun, found in groupby(acts, lambda act: act.noun)]
