"""What is kept of a rating, for how long, and why nobody can tell who rated."""

from flask import Blueprint, render_template

from app.feedback.rules import keeping
from app.feedback.rules.cases import WORKING_DAYS
from app.feedback.rules.rating import WAITS
from app.feedback.rules.shares import LEAST
from app.web.access import public
from app.web.pagecache import everybody_alike

bp = Blueprint("feedback_privacy", __name__)


@bp.get("/danh-gia/quyen-rieng-tu")
@public
@everybody_alike
def page() -> str:
    """Plain words about privacy when rating a counter."""
    shown = {"least": LEAST, "days": WORKING_DAYS, "kept": keeping, "waits": WAITS.days}
    return render_template("feedback/privacy/page.html", **shown)
