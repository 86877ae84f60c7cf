"""Background work of consultations: grouping what was said, telling authors that they were answered."""

from collections.abc import Callable
from typing import Any

from app.consultations.models import Consultation
from app.consultations.operations import grouping, publishing_answers
from app.consultations.queries.texts import anchors_to_group, texts_to_group
from app.consultations.rules.grouping import Cluster, Text, cluster
from app.jobs.work import Work


def group(work: Work) -> dict[str, Any]:
    """Suggest groups, one article after another; each article is written whole or not at all.

    Run twice it gives the same: old suggestions are replaced, and what people decided is left alone.
    """
    consultation_id = int(work.payload["consultation_id"])
    with work.database.session(write=False) as session:
        texts = {
            anchor: list(texts_to_group(session, consultation_id, anchor))
            for anchor in anchors_to_group(session, consultation_id)
        }
    total = sum(map(len, texts.values()))
    suggested = done = 0
    for anchor in list(texts):
        found = _clusters(work, texts[anchor], done, total)
        done += len(texts.pop(anchor))
        with work.database.transaction() as session:
            consultation = session.get_one(Consultation, consultation_id)
            suggested += grouping.suggest(session, consultation, anchor, found)
        work.progress(done, total)
    return {"groups": suggested, "texts": total}


def _clusters(work: Work, texts: list[Text], before: int, total: int) -> list[Cluster]:
    found: list[Cluster] = []
    for done, kinds, found in cluster(texts):  # noqa: B007 - the last step brings what was found
        # Texts of the same words are compared once; progress is told in texts.
        work.progress(before + len(texts) * done // max(1, kinds), total)
    return found


def tell_answered(work: Work) -> None:
    """Tell everybody who left a phone that the answers are out, some at a time; nobody is told twice."""
    last: int | None = 0
    while last is not None:
        with work.database.transaction() as session:
            consultation = session.get_one(Consultation, int(work.payload["consultation_id"]))
            last = publishing_answers.tell_some(session, work.services.keyring, consultation, last)
        work.progress(0)


HANDLERS: dict[str, Callable[[Work], dict[str, Any] | None]] = {
    grouping.JOB: group,
    publishing_answers.TELL: tell_answered,
}
