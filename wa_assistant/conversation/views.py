"""Views: filters and columns of the list of participants, kept under a name.

One's own are for oneself. Shared ones are for everybody, and whoever may keep participants may
change them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from .. import audit
from ..database import db, folded, one_at_a_time, transaction
from ..models import Action, Subject, User, View
from ..models.characters import seen_in_a_line
from ..models.view import VIEW_CHARACTERS
from ..settings.problem import Problem

MOST = 50  # of one user, and as many shared ones
TURN = "views"

EMPTY = _l("Write a name first.")
TOO_LONG = _l("At most %(num)d characters.", num=VIEW_CHARACTERS)
TAKEN = _l("There is a view of this name already.")
TOO_MANY = _l("There are %(num)d views: delete one first.", num=MOST)


def of(user: User) -> Sequence[View]:
    """Those that `user` sees: their own, then the shared ones, each in their order."""
    seen = select(View).where(or_(View.user_id == user.id, View.user_id.is_(None)))
    return db.session.scalars(
        seen.order_by(View.user_id.is_(None), View.position, View.id).limit(2 * MOST)
    ).all()


def load(view_id: int, user: User) -> View | None:
    """The view, where `user` sees it."""
    view = db.session.get(View, view_id)
    return view if view and view.user_id in (user.id, None) else None


def save(name: str, args: Mapping[str, Any], actor: User, *, shared: bool) -> View:
    """A new one, after those that there are. Raises Problem."""
    with transaction():
        one_at_a_time(TURN)
        owner = None if shared else actor.id
        name = _checked(name, owner)
        last = select(func.max(View.position), func.count()).where(_owned(owner))
        position, number = db.session.execute(last).one()
        if number >= MOST:
            raise Problem({"": TOO_MANY})
        view = View(name=name, user_id=owner, args=dict(args), position=(position or 0) + 1)
        db.session.add(view)
        db.session.flush()
        audit.record(actor, Action.ADDED, Subject.VIEW, view.id, after=_told(view))
        return view


def replace(view_id: int, args: Mapping[str, Any], actor: User) -> View | None:
    """It shows this from now on; None where `actor` sees no such view."""
    with transaction():
        view = load(view_id, actor)
        if view is not None:
            view.args = dict(args)
            audit.record(actor, Action.CHANGED, Subject.VIEW, view.id, after=_told(view))
        return view


def rename(view_id: int, name: str, actor: User, *, shared: bool) -> View | None:
    """It is called so from now on, and is everybody's or `actor`'s own; None where they see none.

    Raises Problem.
    """
    with transaction():
        one_at_a_time(TURN)
        view = load(view_id, actor)
        if view is None:
            return None
        owner = None if shared else actor.id
        before, name = _told(view), _checked(name, owner, view_id)
        view.name, view.user_id = name, owner
        if before != (after := _told(view)):
            audit.record(actor, Action.CHANGED, Subject.VIEW, view_id, before=before, after=after)
        return view


def delete(view_id: int, actor: User) -> bool:
    """False where `actor` sees no such view any more."""
    with transaction():
        view = load(view_id, actor)
        if view is None:
            return False
        audit.record(actor, Action.DELETED, Subject.VIEW, view_id, before=_told(view))
        db.session.delete(view)
        return True


def _owned(owner: int | None) -> Any:
    return View.user_id.is_(None) if owner is None else View.user_id == owner


def _checked(name: str, owner: int | None, of_id: int | None = None) -> str:
    """As it is kept; `of_id`: the view that may have this name already."""
    name = seen_in_a_line(name)
    if not folded(name):
        raise Problem({"": EMPTY})
    if len(name) > VIEW_CHARACTERS:
        raise Problem({"": TOO_LONG})
    others = db.session.execute(select(View.id, View.name).where(_owned(owner)))
    if any(folded(other) == folded(name) and id_ != of_id for id_, other in others):
        raise Problem({"": TAKEN})
    return name


def _told(view: View) -> dict[str, Any]:
    """What the audit holds: not whom it means, which a search or a field may name."""
    return {"name": view.name, "shared": view.user_id is None}
