"""Staff pages of signs: the list, one sign with its figures, and the decision of somebody outside the unit."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.core.errors import Refusal
from app.feedback.forms_review import SignForm, SignsForm
from app.feedback.models import RatingFlag, RatingPoint, ServiceCenter
from app.feedback.operations import review_deciding
from app.feedback.queries import review, review_figures
from app.feedback.queries.review import DECIDE, VIEW, Search
from app.feedback.rules.periods import told_until
from app.feedback.rules.rating import LEVELS
from app.feedback.rules.signs.parameters import parameters_on
from app.feedback.rules.signs.words import RULES, WHOLE_DAYS, figures_of, sentence_of, thresholds
from app.feedback.rules.standing import COUNTED, EXCLUDE, EXCLUDED, HELD, RESTORE, RESTORED
from app.identity.models import Account
from app.lib.calendar import format_percent
from app.lib.i18n import N_
from app.web import current, navigation
from app.web.access import require
from app.web.addresses import number_asked
from app.web.forms import done, form_page

bp = Blueprint("feedback_review_staff", __name__, url_prefix="/staff/danh-gia/xem-xet")
STANDING_NAMES = {
    COUNTED: (N_("Đang tính"), ""),
    HELD: (N_("Tạm giữ"), "warn"),
    EXCLUDED: (N_("Đã loại"), "bad"),
    RESTORED: (N_("Được tính lại"), "good"),
}
TIERS = (N_("Mã in sẵn"), N_("Mã đổi liên tục hoặc máy tại quầy"), N_("Mã của hồ sơ"))
DECISIONS = {EXCLUDE: (N_("Đã loại"), "bad"), RESTORE: (N_("Vẫn tính"), "good")}


def init_app(app: Flask) -> None:
    """Register these pages and their place in the menu."""
    app.register_blueprint(bp)
    navigation.add(app, N_("Đánh giá cần xem xét"), "feedback_review_staff.signs", VIEW, 26, count=review.waiting_for)


@bp.get("")
@require(VIEW)
def signs() -> Any:
    """The signs at the asker's places."""
    session, actor = current.session(), current.actor()
    search = _asked()
    form = SignsForm(formdata=None, show=search.show, rule=search.rule, center=search.center)
    form.center.choices = [(0, _("Tất cả")), *((one.id, one.name) for one in review.centers(session, actor))]
    args = {name: value for name, value in vars(search).items() if value}
    return render_template(
        "feedback/review/list.html", found=review.listed(session, actor, search, number_asked("page") or 1),
        form=form, args=args, rules=RULES, say=said, decisions=DECISIONS, whole_days=WHOLE_DAYS,
        figures=thresholds(parameters_on(clock.today())),
    )  # fmt: skip


@bp.get("/<int:sign_id>")
@require(VIEW, load=lambda session, actor, sign_id: review.in_scope_flag(session, actor, sign_id))
def sign(flag: RatingFlag) -> Any:
    """One sign: what the rule saw, and for bodies of oversight its ratings and both figures."""
    return _page(flag, SignForm())


@bp.post("/<int:sign_id>/quyet-dinh")
@require(DECIDE, load=lambda session, actor, sign_id: review.in_scope_flag(session, actor, sign_id))
def decide(flag: RatingFlag) -> Any:
    """Count the ratings of a sign or set them aside."""
    session, actor = current.session(), current.actor()
    review_deciding.must_be_outside(session, actor, flag)
    form = SignForm()
    if form.validate_on_submit():
        seen = number_of(form.seen.data)
        act = lambda: review_deciding.decide(  # noqa: E731 - the act of this form
            session, actor, flag, decision=form.decision.data or "", reason=form.reason.data or "", seen=seen
        )
        if done(form, act):
            flash(_("Đã ghi quyết định. Mọi lượt đánh giá vẫn được giữ và vẫn nằm trong số liệu đầy đủ."), "good")
            return redirect(url_for("feedback_review_staff.signs"), 303)
    return _page(flag, form)


def number_of(text: Any) -> int:
    """A number that a form carried hidden; 0, which nothing has, for anything else."""
    given = str(text or "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def said(flag: RatingFlag) -> str:
    """What the rule saw, in a sentence with its figures."""
    return str(_(sentence_of(flag.rule, flag.why))) % figures_of(flag.why)


def share(one: review_figures.Share) -> str:
    """A figure as pages write it, with its number of ratings."""
    count = ngettext("%(num)d lượt đánh giá", "%(num)d lượt đánh giá", one.n)
    return f"{format_percent(one.satisfied, one.n)} ({count})" if one.n else str(_("không có lượt đánh giá"))


def _asked() -> Search:
    show, rule = request.args.get("show", ""), request.args.get("rule", "")
    show = show if show in ("open", "decided", "all") else "open"
    return Search(show, rule if rule in RULES else "", number_asked("center") or 0)


def _page(flag: RatingFlag, form: SignForm) -> Any:
    session, actor = current.session(), current.actor()
    about = review.about(session, flag)
    form.seen.data, form.seen.raw_data = str(about.lines), None
    if not about.ratings and not about.spoken_of:
        form.decision.choices = [(RESTORE, _("Đã xem, không loại lượt đánh giá nào"))]
    refused = ""
    sees, decides = review.sees_ratings(session, actor, flag), actor.may(DECIDE, flag.path)
    if flag.decided_at is None and decides:
        try:
            review_deciding.must_be_outside(session, actor, flag)
        except Refusal as refusal:
            refused = refusal.message
    point = session.get(RatingPoint, flag.point_id) if flag.point_id else None
    return form_page(
        "feedback/review/sign.html", form, flag=flag, about=about, words=RULES[flag.rule], sentence=said(flag),
        center=session.get_one(ServiceCenter, flag.center_id), point=point,
        outlook=review_figures.outlook(session, flag, told_until(clock.today())) if sees and decides else None,
        ratings=review.ratings_of(session, flag) if sees else None, share=share, sees=sees,
        whole_days=flag.rule in WHOLE_DAYS, levels=LEVELS, standings=STANDING_NAMES, tiers=TIERS,
        decisions=DECISIONS, refused=refused, decides=decides and not refused,
        decider=session.get(Account, flag.decided_by) if flag.decided_by else None, shown=review.SHOWN,
    )  # fmt: skip
