"""Forms of what is said beyond one tap: shape only."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField, widgets
from wtforms.validators import InputRequired, Length, Optional

from app.feedback.rules.rating import LEVELS, LONGEST_TEXT, SLIP, TRIP_COUNTS, reasons_for
from app.feedback.rules.survey import GROUPS, ITEMS
from app.web.forms import ResidentForm, at_most

_NOT_CHOSEN = _("Ông/Bà chưa chọn. Mời chọn một mức.")


class TickField(SelectMultipleField):
    """Boxes to tick, as many as one likes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class NoteForm(ResidentForm):
    """What may be added to a rating. What of it is kept, operations decide."""

    reasons = TickField(_("Chọn một hoặc nhiều ý"), [Optional()], choices=[], validate_choice=False)
    text = TextAreaField(_("Ghi thêm"), [Optional(), at_most(LONGEST_TEXT)])
    photo = FileField(_("Ảnh"), [Optional()])
    answer = TickField(_("Trả lời"), [Optional()], choices=[])
    phone = StringField(_("Số điện thoại"), [Optional(), Length(max=40)])

    def __init__(self, *args: Any, level: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = gettext("Điều gì khiến Ông/Bà hài lòng?") if level >= 4 else gettext("Điều gì chưa tốt?")
        self.reasons.label.text = asked
        self.reasons.choices = [(slug, gettext(words)) for slug, words in reasons_for(level).items()]
        self.answer.choices = [("1", gettext("Tôi muốn được trả lời"))]


class SlipForm(ResidentForm):
    """Six questions; only the first must be answered."""

    level = RadioField(
        _("Ông/Bà hài lòng ở mức nào với lần phục vụ này?"), [InputRequired(_NOT_CHOSEN)], validate_choice=True
    )
    attitude = RadioField(SLIP["attitude"], [Optional()])
    guidance = RadioField(SLIP["guidance"], [Optional()])
    on_time = RadioField(SLIP["on_time"], [Optional()])
    posted = RadioField(SLIP["posted"], [Optional()])
    trips = RadioField(_("Ông/Bà phải đi lại mấy lần để bổ sung hồ sơ?"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in SLIP.items():
            self[name].choices, self[name].label.text = _scale(), gettext(words)
        self.level.choices = _scale()
        self.trips.choices = [(str(count), gettext(words)) for count, words in TRIP_COUNTS.items()]


class SurveyForm(ResidentForm):
    """The items of the yearly survey, each on the same scale; any of them may be left out.

    It asks for no words: those are taken after a rating, where somebody reads and answers them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, words in ITEMS.items():
            field = self[f"item_{number}"]
            field.choices, field.label.text = _scale(), f"{number}. {gettext(words)}"

    def levels(self) -> dict[int, int]:
        """What was answered: item and level."""
        answered = {number: self[f"item_{number}"].data for number in ITEMS}
        return {number: int(value) for number, value in answered.items() if value}

    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields by the parts of the survey."""
        return [(name, [self[f"item_{number}"] for number, _words in items]) for name, items in GROUPS]


for _number in ITEMS:
    setattr(SurveyForm, f"item_{_number}", RadioField(str(_number), [Optional()]))


def _scale() -> list[tuple[str, str]]:
    """The scale in the order of the official form: the worst first."""
    return [(str(level), gettext(words)) for level, words in sorted(LEVELS.items())]
