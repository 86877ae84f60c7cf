"""An opinion that arrives again: a second tap, another line, the same words of the same device."""

from sqlalchemy.orm import Session

from app.consultations.models import Comment
from app.consultations.queries.comments import by_uuid
from app.consultations.queries.loading import must_take_comments
from app.consultations.queries.taking import Draft
from app.consultations.rules.grouping import fingerprint
from app.consultations.rules.saying import Saying, clean
from app.core.db import database_now
from app.core.errors import WrongMoment
from app.lib.i18n import N_


def made_before(session: Session, draft: Draft, said: Saying) -> Comment:
    """What this very sending made before; called where it cannot be recorded now. Raises what stands in the way."""
    earlier = by_uuid(session, said.client_uuid) if said.client_uuid else None
    if earlier is not None:
        return _repeated(draft, said, earlier)
    must_take_comments(draft, said.written_at or database_now(session))
    raise WrongMoment(N_("Chưa gửi được. Ý kiến của Ông/Bà CHƯA được ghi nhận. Mời bấm gửi lại."))


def same_words(draft: Draft, said: Saying, same: Comment) -> Comment:
    """The same words of the same device: this very sending again, or one too many."""
    if said.client_uuid and same.client_uuid == said.client_uuid:
        return _repeated(draft, said, same)
    raise WrongMoment(N_("Máy này đã gửi ý kiến giống hệt như vậy. Ý kiến trước vẫn được ghi nhận."))


def _repeated(draft: Draft, saying: Saying, earlier: Comment) -> Comment:
    """The comment recorded before; refused where something else is being sent under the same mark."""
    same = earlier.consultation_id == draft.id and earlier.article_anchor == saying.anchor
    if not same or earlier.stance != saying.stance or earlier.text_hash != fingerprint(clean(saying).text).text_hash:
        raise WrongMoment(
            N_("Ý kiến mở ở trang này đã gửi rồi, không sửa được nữa. Muốn góp ý thêm, mời mở lại trang dự thảo.")
        )
    return earlier
