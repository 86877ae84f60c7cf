"""What residents decide (Law Đ15), in which forms (Đ17, Đ19), how it passes and takes effect (Đ21), as dated data."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.lib.citations import Citation, cite, decree59, decree61, law
from app.lib.i18n import N_
from app.polls.errors import UnknownMatter, UnlawfulForm
from app.polls.rules.thresholds import MAJORITY, TWO_THIRDS, needed, threshold

MEETING, BALLOT, ONLINE = FORMS = ("meeting", "ballot", "online")
AREA, COMMUNE = SCOPES = ("area", "commune")
FORM_NAMES = {
    MEETING: N_("Họp cộng đồng dân cư"),
    BALLOT: N_("Phát phiếu lấy ý kiến hộ gia đình"),
    ONLINE: N_("Biểu quyết trực tuyến"),
}
SCOPE_NAMES = {AREA: N_("Trong thôn, tổ dân phố"), COMMUNE: N_("Trong toàn xã")}

_LAW_IN_FORCE = date(2023, 7, 1)
_ONLINE_ONLY_SELF_MANAGED = N_(
    "Nội dung này phải quyết định tại cuộc họp vì Luật chỉ cho biểu quyết trực tuyến đối với công việc tự quản khác"
    " của cộng đồng dân cư (khoản 6 Điều 15)."
)
_NOT_ONLINE_IN_COMMUNE = N_(
    "Nội dung trong toàn xã phải quyết định tại cuộc họp hoặc bằng phiếu lấy ý kiến hộ gia đình vì Luật chỉ cho biểu"
    " quyết trực tuyến đối với công việc tự quản khác trong thôn, tổ dân phố (khoản 6 Điều 15)."
)
_AFTER_MEETING_BELOW_NEED = N_(
    "Chỉ phát phiếu lấy ý kiến hộ gia đình khi đã họp mà số hộ dự họp không đủ để thông qua."
)
_AFTER_MEETING_BELOW_HALF = N_(
    "Chỉ phát phiếu lấy ý kiến hộ gia đình khi đã họp mà không có quá nửa tổng số hộ dự họp."
)
_ONE_AREA_ONLY = N_("Nội dung này chỉ quyết định trong từng thôn, tổ dân phố, không quyết định trong toàn xã.")
_HEAD_CONVENES = N_("Trưởng thôn, Tổ trưởng tổ dân phố, sau khi thống nhất với Trưởng ban công tác Mặt trận")
_CHAIR_CONVENES = N_(
    "Chủ tịch Ủy ban nhân dân cấp xã, sau khi thống nhất với Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã"
)
_ELECTION_CONVENES = N_("Khi bầu: Tổ bầu cử. Khi cho thôi: Trưởng ban công tác Mặt trận")
_FROM_PASSING = N_("Có hiệu lực từ ngày được thông qua.")
_FROM_COMMUNE_DATE = N_("Có hiệu lực từ ngày do Ủy ban nhân dân cấp xã xác định.")
_FROM_RECOGNITION = N_("Có hiệu lực từ ngày có quyết định công nhận.")


@dataclass(frozen=True)
class Recognition:
    """Who recognises a decision, in writing, within how many working days of receiving it (Law Đ21.2)."""

    body: str
    words: str
    working_days: int


@dataclass(frozen=True)
class FormRule:
    """A form the law allows at a scope; ``condition`` is the sentence of what must have happened first, or ""."""

    scope: str
    form: str
    citations: tuple[Citation, ...]
    condition: str = ""


@dataclass(frozen=True)
class FormOption:
    """One form as the wizard shows it: available, perhaps only after a failed meeting, or not, and why."""

    form: str
    available: bool
    after_failed_meeting: bool
    sentence: str
    citation: str


@dataclass(frozen=True)
class ClauseRule:
    """One clause of Law Đ15 from ``valid_from`` until ``valid_to`` (the first day on which it no longer holds)."""

    number: int
    title: str
    matter: str
    threshold: str
    forms: tuple[FormRule, ...]
    convener: str
    in_force: str
    recognition: Recognition | None = None
    commune_convener: str = ""
    commune_in_force: str = ""
    citations: tuple[Citation, ...] = ()
    valid_from: date = _LAW_IN_FORCE
    valid_to: date | None = None

    @property
    def scopes(self) -> tuple[str, ...]:
        return tuple(scope for scope in SCOPES if any(rule.scope == scope for rule in self.forms))


_COMMITTEE = Recognition("committee", N_("Ủy ban nhân dân cấp xã"), 5)
_FRONT = Recognition("front", N_("Ủy ban Mặt trận Tổ quốc Việt Nam cấp xã"), 5)
_AREA_OR_COMMUNE_FORMS = (
    FormRule(AREA, MEETING, (law(17), decree59(3))),
    FormRule(AREA, BALLOT, (law(19, 1, "b"), decree59(4)), _AFTER_MEETING_BELOW_NEED),
    FormRule(COMMUNE, MEETING, (law(17), decree59(3))),
    FormRule(COMMUNE, BALLOT, (law(19, 1), decree59(4))),
)
_MEETING_FIRST_FORMS = _AREA_OR_COMMUNE_FORMS[:2]

CLAUSES: tuple[ClauseRule, ...] = (
    ClauseRule(
        number=1,
        title=N_("Đóng góp xây dựng hạ tầng, công trình công cộng"),
        matter=N_(
            "Chủ trương và mức đóng góp xây dựng cơ sở hạ tầng, các công trình công cộng trong phạm vi địa bàn cấp xã,"
            " ở thôn, tổ dân phố do Nhân dân đóng góp toàn bộ hoặc một phần kinh phí, tài sản, công sức."
        ),
        threshold=TWO_THIRDS,
        forms=_AREA_OR_COMMUNE_FORMS,
        convener=_HEAD_CONVENES,
        commune_convener=_CHAIR_CONVENES,
        in_force=_FROM_PASSING,
        commune_in_force=_FROM_COMMUNE_DATE,
        citations=(law(15, 1), law(17), law(19), law(21, 1)),
    ),
    ClauseRule(
        number=2,
        title=N_("Thu, chi, quản lý khoản đóng góp và quỹ của cộng đồng"),
        matter=N_(
            "Việc thu, chi, quản lý các khoản đóng góp của Nhân dân tại cộng đồng dân cư ngoài các khoản đã được pháp"
            " luật quy định; việc thu, chi, quản lý các khoản kinh phí, tài sản được giao cho cộng đồng dân cư quản lý"
            " hoặc được tiếp nhận từ các nguồn thu, tài trợ, ủng hộ hợp pháp khác."
        ),
        threshold=TWO_THIRDS,
        forms=_AREA_OR_COMMUNE_FORMS,
        convener=_HEAD_CONVENES,
        commune_convener=_CHAIR_CONVENES,
        in_force=_FROM_PASSING,
        commune_in_force=_FROM_COMMUNE_DATE,
        citations=(law(15, 2), law(17), law(19), law(21, 1)),
    ),
    ClauseRule(
        number=3,
        title=N_("Hương ước, quy ước"),
        matter=N_("Nội dung hương ước, quy ước của cộng đồng dân cư."),
        threshold=MAJORITY,
        forms=(
            FormRule(AREA, MEETING, (law(17), decree61(10))),
            FormRule(AREA, BALLOT, (law(19, 1, "b"), decree61(10)), _AFTER_MEETING_BELOW_HALF),
        ),
        convener=_HEAD_CONVENES,
        in_force=_FROM_RECOGNITION,
        recognition=_COMMITTEE,
        citations=(law(15, 3), law(17), law(19), law(21, 1), law(21, 2), decree61(10)),
    ),
    ClauseRule(
        number=4,
        title=N_("Bầu, cho thôi Trưởng thôn, Tổ trưởng tổ dân phố"),
        matter=N_("Bầu, cho thôi làm Trưởng thôn, Tổ trưởng tổ dân phố."),
        threshold=MAJORITY,
        forms=_MEETING_FIRST_FORMS,
        convener=_ELECTION_CONVENES,
        in_force=_FROM_RECOGNITION,
        recognition=_COMMITTEE,
        citations=(law(15, 4), law(17), law(19), law(21, 1), law(21, 2)),
    ),
    ClauseRule(
        number=5,
        title=N_("Bầu, cho thôi thành viên Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng"),
        matter=N_("Bầu, cho thôi làm thành viên Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng."),
        threshold=MAJORITY,
        forms=_MEETING_FIRST_FORMS,
        convener=_HEAD_CONVENES,
        in_force=_FROM_RECOGNITION,
        recognition=_FRONT,
        citations=(law(15, 5), law(17), law(19), law(21, 1), law(21, 2)),
    ),
    ClauseRule(
        number=6,
        title=N_("Công việc tự quản khác"),
        matter=N_(
            "Các công việc tự quản khác trong nội bộ cộng đồng dân cư không trái với quy định của pháp luật, phù hợp"
            " với thuần phong, mỹ tục và đạo đức xã hội."
        ),
        threshold=MAJORITY,
        forms=(
            FormRule(AREA, MEETING, (law(17, 2), decree59(3))),
            FormRule(AREA, BALLOT, (law(17, 2), decree59(4))),
            FormRule(AREA, ONLINE, (law(17, 2), decree59(5))),
        ),
        convener=_HEAD_CONVENES,
        in_force=_FROM_PASSING,
        citations=(law(15, 6), law(17, 2), law(21, 1), decree59(5)),
    ),
)


def clause_rule(clause: int, on: date | None = None) -> ClauseRule:
    """The rule of a clause in force on a day, or the latest one. Raises ``UnknownMatter``."""
    rules = [rule for rule in CLAUSES if rule.number == clause]
    if not rules:
        raise UnknownMatter(N_("Chọn một khoản của Điều 15, từ 1 đến 6."), field="clause")
    if on is not None:
        rules = [r for r in rules if r.valid_from <= on and (r.valid_to is None or on < r.valid_to)]
    if not rules:
        raise UnknownMatter(N_("Khoản này không có hiệu lực vào ngày đã chọn."), field="clause")
    return max(rules, key=lambda rule: rule.valid_from)


def _form_rules(rule: ClauseRule, scope: str) -> dict[str, FormRule]:
    if scope not in SCOPES:
        raise UnknownMatter(N_("Phạm vi phải là thôn, tổ dân phố hoặc toàn xã."), field="scope")
    if scope not in rule.scopes:
        raise UnlawfulForm(_ONE_AREA_ONLY, field="scope")
    return {r.form: r for r in rule.forms if r.scope == scope}


def lawful_forms(clause: int, scope: str = AREA, on: date | None = None) -> tuple[str, ...]:
    """The forms the law allows, the conditional household ballot included.

    Raises ``UnknownMatter``, and ``UnlawfulForm`` for a scope at which the clause is never decided.
    """
    allowed = _form_rules(clause_rule(clause, on), scope)
    return tuple(form for form in FORMS if form in allowed)


def forms_for(clause: int, scope: str = AREA, on: date | None = None) -> tuple[FormOption, ...]:
    """All three forms, each with whether it is available, under which condition, or why not.

    Raises as ``lawful_forms`` does.
    """
    rule = clause_rule(clause, on)
    allowed = _form_rules(rule, scope)
    refused = _NOT_ONLINE_IN_COMMUNE if scope == COMMUNE else _ONLINE_ONLY_SELF_MANAGED
    return tuple(
        FormOption(form, True, bool(found.condition), found.condition, cite(*found.citations))
        if (found := allowed.get(form))
        else FormOption(form, False, False, refused, cite(law(17, 2), law(15, rule.number)))
        for form in FORMS
    )


def form_option(clause: int, scope: str, form: str, on: date | None = None) -> FormOption:
    """One form of a clause. Raises as ``lawful_forms`` does, and ``UnknownMatter`` for an unknown form."""
    for option in forms_for(clause, scope, on):
        if option.form == form:
            return option
    raise UnknownMatter(N_("Không có hình thức này."), field="form")


def law_summary(clause: int, n: int, scope: str = AREA, on: date | None = None) -> dict[str, Any]:
    """What ``danban law --json`` prints for ``n`` households: forms, needed, threshold, citation.

    In a whole commune ``needed`` is for an area of ``n`` households; the commune passes when 2/3 of its areas do.
    Raises as ``lawful_forms`` and ``needed`` do.
    """
    rule = clause_rule(clause, on)
    return {
        "forms": list(lawful_forms(clause, scope, on)),
        "needed": needed(n, rule.threshold),
        "threshold": threshold(rule.threshold).key,
        "citation": cite(*rule.citations),
    }
