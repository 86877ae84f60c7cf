"""Documents of a poll and the conditions of NĐ59 Đ5: checked by content, put on record with their proof."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Forbidden, ManyRefusals, Refusal, WrongMoment
from app.core.permissions import Role
from app.core.uploads import MOST_BYTES, Upload
from app.polls.models import Poll, PollDocument, Precondition, Result
from app.polls.operations import attachments, conditions, opening
from app.polls.queries.listing import document_of, public_document
from app.polls.queries.preparation import preconditions_of, problems
from tests.support.cast import make_actor, make_area, make_poll
from tests.support.polls import PDF, Scene, make_scene, new_poll, opened_poll, prepared_poll, submitted_poll

MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00"


@pytest.fixture
def scene(session: Session) -> Scene:
    return make_scene(session)


@pytest.fixture
def poll(scene: Scene) -> Poll:
    return new_poll(scene)


def add(scene: Scene, poll: Poll, kind: str = "reading", data: bytes = PDF, name: str = "a.pdf") -> PollDocument:
    upload = Upload(name, data)
    return attachments.add_document(scene.session, scene.head, poll, scene.storage, kind=kind, title="", upload=upload)


def test_a_document_is_kept_under_its_true_type(scene: Scene, poll: Poll) -> None:
    found = add(scene, poll, name="../Quy ước.exe")
    assert (found.filename, found.title, found.media_type) == ("Quy ước.pdf", "Quy ước", "application/pdf")
    assert scene.storage.files[found.storage_key] == PDF
    assert (found.size, len(found.sha256)) == (len(PDF), 64)


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("reading", b"", "trống"),
        ("reading", PDF + bytes(MOST_BYTES), "10 MB"),
        ("reading", b"<html>", "Chỉ nhận tệp PDF"),
        ("reading", MP3, "Chỉ nhận tệp PDF"),
        ("audio", PDF, "Chỉ nhận tệp âm thanh"),
    ],
)
def test_a_bad_file_is_refused_and_not_kept(scene: Scene, poll: Poll, kind: str, data: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        add(scene, poll, kind, data)
    assert refused.value.field == "file"
    assert scene.storage.files == {}


def test_a_proof_cannot_come_in_as_a_document(scene: Scene, poll: Poll) -> None:
    with pytest.raises(Refusal):
        add(scene, poll, "proof")


def test_there_is_one_recording_and_a_limit_of_documents(
    scene: Scene, poll: Poll, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(scene, poll, "audio", MP3)
    with pytest.raises(Refusal, match="Đã có bản ghi âm"):
        add(scene, poll, "audio", MP3)
    monkeypatch.setattr(attachments, "MOST_FILES", 1)
    add(scene, poll)
    with pytest.raises(Refusal, match="Tối đa 1"):
        add(scene, poll)


def test_documents_come_and_go_only_in_preparation_and_by_those_who_prepare(scene: Scene, poll: Poll) -> None:
    found = add(scene, poll)
    with pytest.raises(Forbidden):
        attachments.remove_document(scene.session, scene.overseer, poll, found)
    assert attachments.remove_document(scene.session, scene.head, poll, found) == found.storage_key
    assert document_of(scene.session, poll, found.id) is None
    submitted = submitted_poll(scene)
    with pytest.raises(WrongMoment):
        add(scene, submitted)


def test_the_proof_of_a_condition_goes_only_with_it(scene: Scene) -> None:
    poll = prepared_poll(scene)
    proof = scene.session.query(PollDocument).filter_by(poll_id=poll.id, kind="proof").first()
    assert proof is not None
    with pytest.raises(Refusal, match="Điều kiện"):
        attachments.remove_document(scene.session, scene.head, poll, proof)
    other = new_poll(scene)
    with pytest.raises(Refusal):
        attachments.remove_document(scene.session, scene.head, other, add(scene, poll))


def test_only_opened_polls_give_documents_to_the_public_and_never_a_proof(scene: Scene) -> None:
    closed = prepared_poll(scene)
    hidden = add(scene, closed)
    assert public_document(scene.session, closed.public_id, hidden.id) is None
    opened = opened_poll(scene)
    proof = scene.session.query(PollDocument).filter_by(poll_id=opened.id, kind="proof").first()
    assert proof is not None and public_document(scene.session, opened.public_id, proof.id) is None
    shown = PollDocument(
        poll_id=opened.id, kind="reading", title="a", filename="a.pdf", media_type="application/pdf", size=1,
        sha256="0" * 64, storage_key="polls/00000000", uploaded_by=scene.head.account_id, uploaded_at=clock.now(),
    )  # fmt: skip
    scene.session.add(shown)
    scene.session.flush()
    assert public_document(scene.session, opened.public_id, shown.id) is shown
    assert public_document(scene.session, closed.public_id, shown.id) is None


def test_the_documents_shown_are_bound_by_the_definition(scene: Scene) -> None:
    poll = prepared_poll(scene)
    found = add(scene, poll)
    opening.submit(scene.session, scene.head, poll, poll.version)
    opening.confirm(scene.session, scene.front, poll, scene.keys)
    assert poll.definition is not None and poll.definition["documents"] == [found.sha256]


# ---- conditions


def record(scene: Scene, poll: Poll, key: str = "leaders_agree", **changes: Any) -> tuple[Precondition, str | None]:
    values: dict[str, Any] = {
        "happened_on": clock.today(),
        "detail": "Thống nhất tại nhà văn hóa.",
        "proof": Upload("bb.pdf", PDF),
    }
    draft = conditions.ConditionDraft(key=key, **values | changes)
    return conditions.record_precondition(scene.session, scene.head, poll, scene.storage, draft)


def refused_fields(scene: Scene, poll: Poll, key: str = "leaders_agree", **changes: Any) -> set[str | None]:
    with pytest.raises(Refusal) as refused:
        record(scene, poll, key, **changes)
    found = refused.value
    return {one.field for one in (found.problems if isinstance(found, ManyRefusals) else [found])}


def test_a_condition_is_recorded_with_who_when_and_proof(scene: Scene, poll: Poll) -> None:
    found, replaced = record(scene, poll)
    assert (found.recorded_by, found.happened_on, replaced) == (scene.head.account_id, clock.today(), None)
    document = document_of(scene.session, poll, found.document_id or 0)
    assert document is not None and document.kind == "proof"


def test_recording_again_replaces_and_keeps_the_proof_unless_another_comes(scene: Scene, poll: Poll) -> None:
    first, _none = record(scene, poll)
    kept = first.document_id
    second, replaced = record(scene, poll, detail="Thống nhất lại.", proof=None)
    assert (second.document_id, replaced) == (kept, None)
    third, replaced = record(scene, poll, proof=Upload("moi.pdf", PDF))
    assert third.document_id != kept and replaced is not None
    assert len(preconditions_of(scene.session, poll)) == 1
    assert document_of(scene.session, poll, kept or 0) is None


@pytest.mark.parametrize(
    ("key", "changes", "field"),
    [
        ("leaders_agree", {"happened_on": clock.today() + timedelta(days=1)}, "happened_on"),
        ("leaders_agree", {"happened_on": None}, "happened_on"),
        ("leaders_agree", {"detail": "  "}, "detail"),
        ("leaders_agree", {"proof": None}, "proof"),
        ("leaders_agree", {"proof": Upload("a.pdf", b"MZ")}, "proof"),
        ("leaders_agree", {"detail": "a\u202eb"}, "detail"),
        ("community_agrees", {}, "agreed"),
        ("community_agrees", {"agreed": 15, "total": 31}, "agreed"),
        ("community_agrees", {"agreed": 32, "total": 31}, "agreed"),
        # The roll has 31 households by now: more than half of 20 is not more than half of 31.
        ("community_agrees", {"agreed": 15, "total": 20}, "agreed"),
        ("weather", {}, "key"),
    ],
)
def test_a_condition_not_met_is_refused_at_its_field(
    scene: Scene, poll: Poll, key: str, changes: dict[str, Any], field: str
) -> None:
    assert field in refused_fields(scene, poll, key, **changes)
    assert list(preconditions_of(scene.session, poll)) == []


def test_more_than_half_on_paper_is_enough(scene: Scene, poll: Poll) -> None:
    found, _none = record(scene, poll, "community_agrees", agreed=16, total=31)
    assert (found.agreed, found.total) == (16, 31)


def test_the_devices_need_no_paper(scene: Scene, poll: Poll) -> None:
    found, _none = record(scene, poll, "devices", proof=None)
    assert found.document_id is None


def test_the_preliminary_poll_has_fewer_conditions(scene: Scene) -> None:
    assert refused_fields(scene, new_poll(scene, "online_consent"), "community_agrees", agreed=31, total=31) == {"key"}


def consent(scene: Scene, agree: int, **values: Any) -> Poll:
    """A preliminary poll of the area that has been counted."""
    kind = {"kind": "online_consent", "status": "counted", "rule_key": "majority_strict"} | values
    found = make_poll(scene.session, kind.pop("area", scene.area), **kind)
    counts = {"agree": agree, "disagree": 31 - agree, "other": 0, "invalid": 0, "needed": 16}
    if found.status == "counted":
        scene.session.add(
            Result(
                poll_id=found.id, roll_size=31, counted=31, rule_key="majority_strict", passed=agree >= 16,
                batch_sha256="0" * 64, reconciliation={}, counted_at=clock.now(), **counts,
            )
        )  # fmt: skip
        scene.session.flush()
    return found


def test_a_preliminary_poll_that_passed_is_the_agreement_and_its_proof(scene: Scene, poll: Poll) -> None:
    linked = consent(scene, 16)
    found, _none = record(scene, poll, "community_agrees", proof=None, detail="", happened_on=None, consent_poll=linked)
    assert (found.consent_poll_id, found.agreed, found.document_id) == (linked.id, None, None)
    assert "community_agrees" not in {problem.field for problem in problems(scene.session, poll)}


def test_a_preliminary_poll_that_failed_is_unfinished_or_elsewhere_is_not(scene: Scene, poll: Poll) -> None:
    elsewhere = make_area(scene.session, scene.area.parent)
    for linked in (
        consent(scene, 15),
        consent(scene, 16, status="opened"),
        consent(scene, 16, kind="decision"),
        consent(scene, 16, area=elsewhere),
    ):
        assert "consent_poll" in refused_fields(scene, poll, "community_agrees", consent_poll=linked)


def test_a_condition_is_taken_off_the_record_with_its_proof(scene: Scene, poll: Poll) -> None:
    found, _none = record(scene, poll)
    with pytest.raises(Forbidden):
        stranger = make_actor(scene.session, Role.AREA_HEAD, make_area(scene.session))
        conditions.remove_precondition(scene.session, stranger, poll, found)
    key = conditions.remove_precondition(scene.session, scene.head, poll, found)
    assert key in scene.storage.files
    assert list(preconditions_of(scene.session, poll)) == []
    assert scene.session.query(PollDocument).filter_by(poll_id=poll.id).count() == 0


def test_conditions_are_recorded_in_preparation_only(scene: Scene) -> None:
    poll = submitted_poll(scene)
    with pytest.raises(WrongMoment):
        record(scene, poll)
    with pytest.raises(WrongMoment):
        conditions.remove_precondition(scene.session, scene.head, poll, preconditions_of(scene.session, poll)[0])
