"""Forms of the quarterly report: points and a reason for each of the nine indices."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField

from app.feedback.operations.reports import Given
from app.feedback.rules.indices import INDICES, POINTS
from app.web.forms import StaffForm, TextAreaField, VersionForm, at_most


class MakeForm(StaffForm):
    """Which quarter to report on."""

    quarter = SelectField(_("Quý"))


class ScoresForm(VersionForm):
    """Points and reasons; the fields of an index are named by its number."""

    def given(self) -> dict[int, Given]:
        """What was filled in, by the index."""
        return {
            number: Given(_points(self[f"points_{number}"].data), self[f"reason_{number}"].data or "")
            for number in INDICES
        }


def _points(value: str | None) -> int | None:
    return int(value) if value in {str(points) for points in POINTS} else None


for _number in INDICES:
    _choices = [(str(points), _("%(n)s điểm", n=points)) for points in reversed(POINTS)]
    setattr(
        ScoresForm,
        f"points_{_number}",
        RadioField(_("Điểm chỉ số %(n)s", n=_number), choices=_choices, validate_choice=False),
    )
    setattr(ScoresForm, f"reason_{_number}", TextAreaField(_("Căn cứ chấm chỉ số %(n)s", n=_number), [at_most(1000)]))
