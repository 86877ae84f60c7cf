"""Background work of ratings."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.feedback import work_cases, work_figures
from app.feedback.operations import (
    alerts,
    escalating,
    exporting,
    privacy,
    review,
    sums,
)
from app.feedback.work_review import look_at_all, look_at_center
from app.jobs.work import Work

HANDLERS: dict[str, Callable[[Work], dict[str, Any] | None]] = {
    sums.JOB: work_figures.make_sums,
    alerts.JOB: work_figures.look_for_alerts,
    exporting.JOB: work_figures.make_workbook,
    exporting.FORGET: work_figures.forget_workbook,
    escalating.LOOK: work_cases.look_at_cases,
    privacy.FORGET: work_cases.forget,
    review.REVIEW: look_at_center,
    review.REVIEW_ALL: look_at_all,
}
# Work that goes on for ever, and how long after a worker it begins.
STANDING = {
    sums.JOB: sums.PAUSE,
    alerts.JOB: timedelta(hours=1),
    escalating.LOOK: escalating.PAUSE,
    privacy.FORGET: privacy.PAUSE,
    review.REVIEW_ALL: timedelta(minutes=20),
}
