"""Importing versions of a draft and mending them: who may, when, and what stays fixed."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from app.consultations.models import Consultation, ConsultationFile, DraftVersion, Piece
from app.consultations.operations import drafts
from app.consultations.queries import drafts as queries
from app.consultations.rules.phases import Phase
from app.consultations.rules.pieces import fingerprint
from app.core import clock
from app.core.errors import Forbidden, NotFound, Refusal, WrongMoment
from app.core.permissions import Actor, Role
from app.core.uploads import Upload
from tests.support.cast import make_actor, make_area, make_commune
from tests.support.consultations import make_consultation
from tests.support.resolutions import SMALL, docx, words, words_of
from tests.support.storage import MemoryStorage

UPLOAD = Upload("du-thao.txt", SMALL.encode())


class Desk:
    """A commune's officer with a consultation in preparation."""

    def __init__(self, session: Session, phase: Phase = Phase.PREPARING, **values: Any) -> None:
        self.session, self.storage = session, MemoryStorage()
        self.place = make_commune(session)
        self.officer = make_actor(session, Role.COMMUNE_OFFICER, self.place)
        self.consultation: Consultation = make_consultation(session, self.place, phase=phase, articles=0, **values)

    def bring(self, text: str = SMALL, purpose: str = "draft", by: Actor | None = None) -> DraftVersion:
        upload = Upload("du-thao.txt", text.encode())
        who = by or self.officer
        return drafts.import_draft(self.session, who, self.consultation, self.storage, upload, purpose, "Bản đầu.")

    def publish(self, version: DraftVersion) -> DraftVersion:
        version.published_at = clock.now()
        self.session.flush()
        return version

    def anchors(self, version: DraftVersion) -> list[str]:
        return [piece.anchor for piece in queries.pieces_of(self.session, version)]

    def piece(self, version: DraftVersion, anchor: str) -> Piece:
        return self.session.scalars(select(Piece).filter_by(version_id=version.id, anchor=anchor)).one()

    def args(self, version: DraftVersion, anchor: str) -> tuple[Session, Actor, Consultation, DraftVersion, Piece]:
        return self.session, self.officer, self.consultation, version, self.piece(version, anchor)

    def seen(self, version: DraftVersion) -> str:
        return fingerprint(queries.pieces_of(self.session, version))


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_a_file_becomes_a_version_in_pieces(desk: Desk) -> None:
    version = desk.bring()
    assert (version.number, version.purpose, version.published_at, version.note) == (1, "draft", None, "Bản đầu.")
    assert desk.anchors(version) == [
        "dieu-1", "dieu-2", "dieu-2-khoan-1", "dieu-2-khoan-2", "dieu-3", "dieu-3-diem-a", "dieu-3-diem-b",
    ]  # fmt: skip
    assert [article.title for article in queries.articles(desk.session, version)] == [
        "Điều 1. Phạm vi", "Điều 2. Giữ vệ sinh", "Điều 3. Mức đóng góp",
    ]  # fmt: skip
    file = queries.file_of(desk.session, version)
    assert file is not None and (file.kind, file.filename) == ("draft", "du-thao.txt")
    assert desk.storage.get(file.storage_key) == UPLOAD.data
    entry = desk.session.query(AuditEntry).filter_by(action="consultations.draft.import").one()
    assert entry.detail["draft"] == 1 and entry.detail["pieces"] == 7 and "Giữ vệ sinh" not in str(entry.detail)


def test_a_word_file_keeps_its_type_and_a_name_that_lies_is_mended(desk: Desk) -> None:
    upload = Upload("../bay.exe", docx("Điều 1. Một", "Hai."))
    version = drafts.import_draft(desk.session, desk.officer, desk.consultation, desk.storage, upload)
    file = queries.file_of(desk.session, version)
    assert file is not None and file.filename == "bay.docx" and "wordprocessingml" in file.media_type


def test_a_second_file_takes_the_place_of_one_that_waits(desk: Desk) -> None:
    first = desk.bring()
    key = first.file_id
    second = desk.bring("Điều 1. Khác\nHết.")
    assert second.number == 1 and desk.session.query(DraftVersion).count() == 1
    assert desk.session.query(Piece).count() == 1
    assert desk.session.get_one(ConsultationFile, key).removed_at is not None


def test_a_correction_follows_the_published_version(session: Session) -> None:
    desk = Desk(session, Phase.OPEN)
    first = desk.publish(desk.bring())
    inserted = SMALL.replace("Điều 3.", "Điều 4.").replace("Điều 2.", "Điều 2. Rác\nPhân loại.\nĐiều 3.")
    second = desk.bring(inserted)
    assert second.number == 2 and set(desk.anchors(first)) < set(desk.anchors(second))
    assert desk.piece(second, "dieu-2").number == "3" and "dieu-2-ban-2" in desk.anchors(second)
    # People read the published one until the other is published too.
    assert queries.current(session, desk.consultation) == first
    desk.publish(second)
    assert queries.current(session, desk.consultation) == second
    assert queries.published_before(session, second) == first
    third = desk.bring(
        "Điều 1. Phạm vi\nQuy chế này áp dụng cho các khu phố.\nĐiều 2. Xử phạt\nPhạt tiền người vi phạm."
    )
    assert desk.anchors(third)[0] == "dieu-1" and desk.anchors(third)[1] not in ("dieu-3", "dieu-2-khoan-1")


def test_the_final_text_stands_beside_the_draft(session: Session) -> None:
    desk = Desk(session, Phase.ANSWERED)
    draft = desk.publish(desk.bring(by=None, purpose="final"))
    assert queries.final(session, desk.consultation) == draft
    assert queries.current(session, desk.consultation) is None


@pytest.mark.parametrize(
    ("phase", "purpose"),
    [(Phase.PREPARING, "final"), (Phase.CLOSED, "draft"), (Phase.ANSWERED, "draft"), (Phase.ADOPTED, "final"),
     (Phase.WITHDRAWN, "draft"), (Phase.WITHDRAWN, "final")],
)  # fmt: skip
def test_what_is_not_due_is_not_imported(session: Session, phase: Phase, purpose: str) -> None:
    desk = Desk(session, phase)
    with pytest.raises(WrongMoment):
        desk.bring(purpose=purpose)
    assert desk.session.query(DraftVersion).count() == 0 and not desk.storage.files


@pytest.mark.parametrize("role", [Role.COMMUNE_ADMIN, Role.MODERATOR, Role.OVERSEER, Role.FRONT])
def test_only_who_prepares_drafts_imports_them(desk: Desk, role: Role) -> None:
    with pytest.raises(Forbidden):
        desk.bring(by=make_actor(desk.session, role, desk.place))


def test_an_officer_of_elsewhere_imports_nothing(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.bring(by=make_actor(desk.session, Role.COMMUNE_OFFICER, make_commune(desk.session)))
    with pytest.raises(Forbidden):
        desk.bring(by=make_actor(desk.session, Role.AREA_HEAD, make_area(desk.session, desk.place)))


@pytest.mark.parametrize(
    ("upload", "purpose", "field"),
    [
        (Upload("a.txt", b""), "draft", "file"),
        (Upload("a.png", b"\x89PNG\r\n\x1a\n" + bytes(9)), "draft", "file"),
        (Upload("a.txt", b"1. A\n" + b"Dieu\n" * 10), "poem", "purpose"),
        (Upload("a.txt", "\n".join(f"Điều {n}. Việc" for n in range(1, 3100)).encode()), "draft", "file"),
    ],
)
def test_files_that_cannot_be_used_are_refused(desk: Desk, upload: Upload, purpose: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        drafts.import_draft(desk.session, desk.officer, desk.consultation, desk.storage, upload, purpose)
    assert refused.value.field == field and not desk.storage.files


# ------------------------------------------------------------------------------------------------ mending


def test_merging_cutting_and_renaming_keep_every_word(desk: Desk) -> None:
    version = desk.bring()
    before = drafts.merge(*desk.args(version, "dieu-2-khoan-2"), seen=desk.seen(version))
    assert before.text == "Mỗi hộ quét vỉa hè trước nhà.\n2. Mỗi tuần dọn chung một buổi."
    assert "dieu-2-khoan-2" not in desk.anchors(version)
    made = drafts.split_piece(*desk.args(version, "dieu-2-khoan-1"), line=1, level="clause", seen=desk.seen(version))
    assert (made.anchor, made.number, made.text) == ("dieu-2-khoan-2", "2", "Mỗi tuần dọn chung một buổi.")
    assert words_of(queries.pieces_of(desk.session, version)) == words(SMALL)
    drafts.rename(
        *desk.args(version, "dieu-3"), level="article", number="2a", heading="Mức đóng", seen=desk.seen(version)
    )
    assert desk.anchors(version)[-3:] == ["dieu-2a", "dieu-2a-diem-a", "dieu-2a-diem-b"]
    assert {piece.article_anchor for piece in queries.pieces_of(desk.session, version)[-3:]} == {"dieu-2a"}
    assert [piece.position for piece in queries.rows_of(desk.session, version)] == list(range(7))
    actions = [e.action for e in desk.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions[-3:] == [f"consultations.draft.{name}" for name in ("merge", "split", "rename")]


def test_two_pieces_may_exchange_their_numbers(desk: Desk) -> None:
    version = desk.bring()
    drafts.rename(*desk.args(version, "dieu-2-khoan-1"), level="clause", number="2", heading="")
    assert desk.anchors(version)[2:4] == ["dieu-2-khoan-2", "dieu-2-khoan-2-lan-2"]
    drafts.rename(*desk.args(version, "dieu-2-khoan-2-lan-2"), level="clause", number="1", heading="")
    assert [desk.piece(version, f"dieu-2-khoan-{n}").text[:8] for n in (1, 2)] == ["Mỗi tuần", "Mỗi hộ q"]


def test_what_cannot_be_mended_is_refused(desk: Desk) -> None:
    version = desk.bring()
    with pytest.raises(Refusal, match="đầu tiên"):
        drafts.merge(*desk.args(version, "dieu-1"))
    with pytest.raises(Refusal) as refused:
        drafts.split_piece(*desk.args(version, "dieu-2-khoan-1"), line=5, level="clause", number="2")
    assert refused.value.field == "line"
    with pytest.raises(Refusal) as refused:
        drafts.rename(*desk.args(version, "dieu-2"), level="article", number="hai", heading="")
    assert refused.value.field == "number"
    with pytest.raises(Refusal) as refused:
        drafts.rename(*desk.args(version, "dieu-2"), level="article", number="2", heading="x" * 501)
    assert refused.value.field == "heading"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    version = desk.bring()
    seen = desk.seen(version)
    drafts.merge(*desk.args(version, "dieu-2-khoan-2"), seen=seen)
    for act in (drafts.merge, lambda *a, **k: drafts.rename(*a, level="point", number="c", heading="", **k)):
        with pytest.raises(WrongMoment, match="Người khác"):
            act(*desk.args(version, "dieu-3-diem-b"), seen=seen)


def test_a_published_version_is_never_changed(session: Session) -> None:
    desk = Desk(session, Phase.OPEN)
    version = desk.publish(desk.bring())
    acts = (
        lambda: drafts.merge(*desk.args(version, "dieu-2-khoan-2")),
        lambda: drafts.split_piece(*desk.args(version, "dieu-1"), line=0, level="clause", number="1"),
        lambda: drafts.rename(*desk.args(version, "dieu-2"), level="article", number="9", heading=""),
        lambda: drafts.discard(session, desk.officer, desk.consultation, version),
    )
    for act in acts:
        with pytest.raises(WrongMoment, match="đã đăng"):
            act()


def test_a_piece_of_another_version_is_not_found(session: Session) -> None:
    desk = Desk(session, Phase.OPEN)
    old = desk.publish(desk.bring())
    new = desk.bring()
    with pytest.raises(NotFound):
        drafts.merge(session, desk.officer, desk.consultation, new, desk.piece(old, "dieu-2"))


def test_a_version_that_waits_is_thrown_away_with_its_pieces(desk: Desk) -> None:
    version = desk.bring()
    file = queries.file_of(desk.session, version)
    assert file is not None
    assert drafts.discard(desk.session, desk.officer, desk.consultation, version) == file.storage_key
    assert desk.session.query(DraftVersion).count() == desk.session.query(Piece).count() == 0
    assert file.removed_at is not None


def test_only_who_prepares_drafts_mends_them(desk: Desk) -> None:
    version, head = desk.bring(), make_actor(desk.session, Role.COMMUNE_ADMIN, desk.place)
    piece = desk.piece(version, "dieu-2")
    with pytest.raises(Forbidden):
        drafts.merge(desk.session, head, desk.consultation, version, piece)
    with pytest.raises(Forbidden):
        drafts.discard(desk.session, head, desk.consultation, version)


def test_versions_and_pieces_are_found_inside_ones_scope(desk: Desk) -> None:
    version = desk.bring()
    piece, number = desk.piece(version, "dieu-2"), desk.consultation.id
    found = queries.found_piece(desk.session, desk.officer, number, 1, piece.id)
    assert found is not None and (found.version, found.area) == (version, desk.place)
    stranger = make_actor(desk.session, Role.COMMUNE_OFFICER, make_commune(desk.session))
    assert queries.found_version(desk.session, stranger, number, 1) is None
    assert queries.found_version(desk.session, desk.officer, number, 2) is None
    other = Desk(desk.session).bring()
    assert (
        queries.found_piece(desk.session, desk.officer, number, 1, queries.rows_of(desk.session, other)[0].id) is None
    )
