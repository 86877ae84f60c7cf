"""What WTForms says of itself, in our words: it brings English sentences and no Vietnamese ones."""

from flask_babel import gettext

from app.lib.i18n import N_

SENTENCES = {
    "This field is required.": N_("Cần điền mục này."),
    "Invalid input.": N_("Nội dung này chưa đúng. Xem lại rồi gửi lần nữa."),
    "Field must be at least %(min)d characters long.": N_("Ít nhất %(min)d ký tự."),
    "Field cannot be longer than %(max)d characters.": N_("Tối đa %(max)d ký tự."),
    "Field must be exactly %(max)d characters long.": N_("Cần đúng %(max)d ký tự."),
    "Field must be between %(min)d and %(max)d characters long.": N_("Từ %(min)d đến %(max)d ký tự."),
    "Number must be at least %(min)s.": N_("Ghi số từ %(min)s trở lên."),
    "Number must be at most %(max)s.": N_("Ghi số không quá %(max)s."),
    "Number must be between %(min)s and %(max)s.": N_("Ghi số từ %(min)s đến %(max)s."),
    "Invalid value, must be one of: %(values)s.": N_("Chọn một mục trong danh sách."),
    "Not a valid choice.": N_("Chọn một mục trong danh sách."),
    "Invalid Choice: could not coerce.": N_("Chọn một mục trong danh sách."),
    "Invalid choice(s): one or more data inputs could not be coerced.": N_("Chọn trong danh sách."),
    "'%(value)s' are not valid choices for this field.": N_("Chọn trong danh sách."),
    "Not a valid date value.": N_("Ghi ngày theo dạng 05/07/2026."),
    "Not a valid time value.": N_("Ghi giờ theo dạng 07:00."),
    "Not a valid integer value.": N_("Ghi số nguyên, ví dụ 150."),
}
OTHERWISE = "Invalid input."


class FormWords:
    """Takes the place of the translations of WTForms; a sentence not foreseen becomes a general one of ours."""

    def gettext(self, sentence: str) -> str:
        return str(gettext(SENTENCES.get(sentence, SENTENCES[OTHERWISE])))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """``n`` says nothing: Vietnamese nouns have one form."""
        return self.gettext(plural)
