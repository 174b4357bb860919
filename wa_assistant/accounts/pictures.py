"""Users' pictures, kept here: no page asks GitHub for anything."""

from hashlib import sha256

from ..clients import github
from ..database import db, transaction
from ..models import User, UserPicture


def keep(user: User, url: str) -> None:
    """Fetch the picture at `url`, once; what there was stays where that fails."""
    if not url or len(url) > 500 or url == user.picture_url:
        return
    found = github.picture(url)
    if found is None:
        return
    with transaction():
        db.session.get_one(User, user.id).picture_url = url
        db.session.merge(
            UserPicture(
                user_id=user.id,
                content=found.content,
                content_type=found.content_type,
                sha256=sha256(found.content).hexdigest(),
            )
        )


def of(user_id: int) -> UserPicture | None:
    return db.session.get(UserPicture, user_id)
