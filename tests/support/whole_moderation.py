"""What exists of the moderation queue in the commune in which everything exists."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app.core.permissions import Role
from app.moderation.operations import appeals, deciding, words
from tests.support.cast import make_actor
from tests.support.moderation import KIND, make_item
from tests.support.polls import Scene


def names(app: Flask, session: Session, scene: Scene) -> dict[str, Any]:
    """Make one of everything that an address of this slice can name; by the names of its URL values.

    The item waits and is shown, so that it can be decided on and reported; another was rejected and waits for a second
    look, with a word of the area beside them.
    """
    moderator = make_actor(session, Role.MODERATOR, scene.area)
    rejected = make_item(session, scene.area, "Bán đất giá rẻ, gọi ngay hôm nay.", mode="after")
    deciding.reject(session, moderator, rejected, rejected.version, reason_key="advertising", reason="")
    appeal = appeals.appeal(session, rejected.id, "Tôi chỉ kể chuyện mua đất của nhà tôi.")
    word = words.add(session, moderator, scene.area, "đồ mặt mo")
    return {
        "item_id": make_item(session, scene.area, mode="after").id,
        "content_kind": KIND,
        "appeal_id": appeal.id,
        "word_id": word.id,
    }
