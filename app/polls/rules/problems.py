"""One thing that stands in the way, said so that a page can show all of them and link to where each is mended."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from app.core.errors import WrongMoment
from app.lib.i18n import N_


class Step(StrEnum):
    """Steps of the wizard that prepares a vote, in order."""

    SUBJECT = "subject"
    QUESTION = "question"
    ROLL = "roll"
    TIMES = "times"
    TEAM = "team"
    DOCUMENTS = "documents"
    PRECONDITIONS = "preconditions"
    CHECK = "check"


STEP_NAMES = {
    Step.SUBJECT: N_("Nội dung và hình thức"),
    Step.QUESTION: N_("Câu hỏi và phương án"),
    Step.ROLL: N_("Danh sách hộ"),
    Step.TIMES: N_("Thời gian"),
    Step.TEAM: N_("Tổ lấy ý kiến"),
    Step.DOCUMENTS: N_("Tài liệu"),
    Step.PRECONDITIONS: N_("Điều kiện"),
    Step.CHECK: N_("Kiểm tra"),
}


@dataclasses.dataclass(frozen=True)
class Problem:
    """Why something cannot be done yet.

    ``sentence`` is marked for translation and takes ``params``; ``step`` is the wizard's step or "", ``field`` the
    entry of a form or ""; ``citation`` says which article asks for it, or that the service itself does.
    """

    key: str
    sentence: str
    citation: str
    step: str = ""
    field: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % self.params if self.params else self.sentence

    def refusal(self) -> WrongMoment:
        """The same as a refusal, to be raised alone or among ``ManyRefusals``."""
        return WrongMoment(self.sentence, field=self.field or None, **self.params)
