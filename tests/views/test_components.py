"""Components: what a screen reader, a keyboard and a phone need of each, and that hostile text stays text."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from tests.support.pages import labelled, parsed, references, styled_by_rules, unique_ids
from tests.support.rendering import environment, filled, html, one, soup

HOSTILE = "<script>alert(1)</script>\"'"


class Day(Form):
    day = IntegerField("Ngày")
    month = IntegerField("Tháng")


class Member(Form):
    name = StringField("Họ và tên", [InputRequired("Cần điền mục này.")])


class Everything(Form):
    secret = HiddenField()
    title = StringField("Câu hỏi", [InputRequired("Cần điền mục này.")])
    phone = StringField("Điện thoại", [Optional()])
    text = TextAreaField("Giải thích", [InputRequired("Cần giải thích."), Length(max=300)])
    choice = RadioField("Ý kiến", choices=[SelectChoice("yes", "Đồng ý"), SelectChoice("other", "Ý kiến khác")])
    ways = SelectMultipleField(
        "Cách báo",
        choices=[SelectChoice("a", "Loa"), SelectChoice("b", "Niêm yết")],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    lane = SelectField("Cụm", choices=[SelectChoice("1", "Ngõ 1")])
    closes = DateField("Ngày đóng", [InputRequired("Cần điền mục này.")], format="%d/%m/%Y")
    at = TimeField("Giờ đóng", [Optional()])
    file = FileField("Danh sách")
    sure = BooleanField("Đã báo cáo")
    met = FormField(Day, "Ngày họp")
    team = FieldList(FormField(Member), "Tổ lấy ý kiến", min_entries=2)


# form_tag brings the hidden fields itself.
ALL_FIELDS = """{% call form.form_tag(f, '/x') %}
{% for one in f if one.name != 'secret' %}{{ form.field(one) }}{% endfor %}
{% endcall %}"""


def faults(page: BeautifulSoup) -> list[str]:
    tree = parsed(str(page))
    return [fault for check in (unique_ids, labelled, references, styled_by_rules) for fault in check(tree)]


@pytest.mark.parametrize("data", [None, {"met-day": "x", "choice": "yes"}])
def test_every_kind_of_field_is_labelled_and_every_reference_leads_somewhere(data: Any) -> None:
    form = Everything() if data is None else filled(Everything, data)
    page = soup("{{ form.error_summary(f) }}" + ALL_FIELDS, f=form)
    assert faults(page) == []
    assert len(page.find_all("fieldset")) == 6  # choice, ways, met, team and its two members


def test_a_fault_is_said_at_its_field_and_in_the_summary_which_leads_to_it() -> None:
    source = "{{ form.error_summary(f) }}{{ form.field(f.title, hint='Một câu') }}"
    page = soup(source, f=filled(Everything, {}))
    box = one(page, "input#title")
    assert box["aria-invalid"] == "true" and box["aria-describedby"] == "title-hint title-error"
    assert "Cần điền mục này." in one(page, "#title-error").get_text()
    assert one(page, "#error-summary a[href='#title']").get_text() == "Câu hỏi: Cần điền mục này."
    assert one(page, "#error-summary h2").get_text() == "Có lỗi cần sửa"


def test_the_summary_leads_to_parts_of_fields_and_to_the_first_radio() -> None:
    class Chosen(Everything):
        choice = RadioField("Ý kiến", choices=[SelectChoice("yes", "Đồng ý")], validators=[InputRequired("Hãy chọn.")])

    source = "{{ form.error_summary(f) }}{{ form.field(f.choice) }}{{ form.field(f.team) }}"
    page = soup(source, f=filled(Chosen, {}))
    targets = [a["href"] for a in page.select("#error-summary a")]
    assert "#choice-0" in targets and "#team-1-name" in targets
    assert one(page, "#choice")["aria-invalid"] == "true"


def test_no_summary_without_faults_and_one_for_a_refusal_without_a_field() -> None:
    assert html("{{ form.error_summary(f) }}", f=Everything()).strip() == ""
    page = soup("{{ form.error_summary(none, ['Danh sách đã thay đổi.']) }}")
    assert "Danh sách đã thay đổi." in page.get_text()


def test_a_title_says_that_there_is_a_fault() -> None:
    assert html("{{ form.page_title(f, 'Chọn') }}", f=filled(Everything, {})) == "Lỗi: Chọn"
    assert html("{{ form.page_title(f, 'Chọn') }}", f=Everything()) == "Chọn"


def test_what_is_optional_says_so_and_what_is_needed_does_not() -> None:
    page = soup("{{ form.field(f.phone) }}{{ form.field(f.title) }}", f=Everything())
    assert "(không bắt buộc)" in one(page, "label[for=phone]").get_text()
    assert "(không bắt buộc)" not in one(page, "label[for=title]").get_text()


def test_a_long_text_is_never_cut_off_while_typing() -> None:
    box = one(soup("{{ form.field(f.text, count=true) }}", f=Everything()), "textarea")
    assert not box.has_attr("maxlength") and box["data-limit"] == "300"
    assert "text-count" in str(box["aria-describedby"])


def test_nothing_is_chosen_beforehand() -> None:
    page = soup("{{ ballot.ballot(f.choice, f.text) }}", f=Everything())
    assert page.select("input[type=radio]") and not page.select("[checked]")
    assert page.h1 is not None and page.h1.find_parent("legend")


def test_the_other_opinion_stands_in_the_card_that_opens_it() -> None:
    page = soup("{{ ballot.ballot(f.choice, f.text) }}", f=Everything())
    reveal = page.select_one(".choice > input[value=other] ~ .reveal")
    assert reveal is not None and reveal.find("textarea") and len(page.select(".reveal")) == 1


def test_a_form_with_a_file_can_carry_it_and_others_stay_plain() -> None:
    source = "{% call form.form_tag(f, '/x') %}{% endcall %}{% call form.form_tag(none, '/y') %}{% endcall %}"
    page = soup(source, f=Everything())
    assert [tag.get("enctype") for tag in page.find_all("form")] == ["multipart/form-data", None]
    assert all(tag.has_attr("novalidate") and tag["method"] == "post" for tag in page.find_all("form"))


@pytest.mark.parametrize(("path", "tokens"), [("/staff/x", 1), ("/bieu-quyet", 0)])
def test_a_staff_form_carries_a_token_and_a_residents_form_needs_no_session(path: str, tokens: int) -> None:
    page = soup("{{ form.button_form('/x', 'Gửi') }}", environment(path))
    assert len(page.select("input[name=csrf_token]")) == tokens


def test_casting_says_that_nothing_was_recorded_when_there_is_no_network() -> None:
    source = "{% call ballot.cast_form(none, '/x') %}{{ form.submit_row('Gửi') }}{% endcall %}"
    form = one(soup(source), "form[data-once]")
    assert "CHƯA được ghi nhận" in str(form["data-offline"])


def test_the_receipt_shows_its_code_in_groups_and_has_no_link_in_the_panel() -> None:
    page = soup("{{ ballot.receipt('Đã ghi nhận', '7K3M9QTR2WXB', '10:32', 'Lắp đèn', 'https://x/kiem-tra') }}")
    assert one(page, ".code").get_text().split() == ["7K3M", "9QTR", "2WXB"]
    assert not page.select(".panel a") and len(page.find_all("h1")) == 1


def test_a_table_says_its_faults_inside_the_cell_and_names_rows_and_columns() -> None:
    columns, rows = ["Dòng", {"label": "Số", "num": True}], [[7, {"text": "", "error": "Thiếu số"}]]
    page = soup("{{ ui.data_table(columns, rows, 'Hộ', filter=true) }}", columns=columns, rows=rows)
    assert faults(page) == []
    assert one(page, "td.bad .error").get_text() == "Thiếu số"
    assert page.select("th[scope=row]") and len(page.select("th[scope=col]")) == 2


def test_an_empty_table_says_so() -> None:
    assert "Chưa có dòng nào." in html("{{ ui.data_table(['Dòng'], [], 'Hộ') }}")


def test_pages_are_numbered_around_the_present_one() -> None:
    page = soup("{{ ui.pagination(5, 12, 'x.list', {'q': 'a'}) }}")
    assert one(page, "[aria-current]").get_text(strip=True).endswith("5")
    assert [a["href"] for a in page.select("a[rel]")] == ["/x.list/a/4", "/x.list/a/6"]
    assert html("{{ ui.pagination(1, 1, 'x.list') }}").strip() == ""


@pytest.mark.parametrize(
    "source",
    [
        "{{ ui.cards([{'title': t, 'href': '#', 'tag': t, 'lines': [t]}]) }}",
        "{{ ui.summary_list([{'key': t, 'value': t, 'href': '#'}]) }}",
        "{{ ui.data_table([t], [[t], [{'text': t, 'error': t}]], t) }}",
        "{{ ui.people([{'name': t, 'role': t, 'phone': t}]) }}",
        "{{ ui.task_list([{'title': t, 'status': t, 'hint': t, 'href': '#'}]) }}",
        "{{ ui.timeline([{'title': t, 'when': t, 'text': t}]) }}{{ ui.tiles([{'number': t, 'label': t}]) }}",
        "{{ ballot.chosen(t, t) }}{{ ballot.household_line(1, t) }}{{ ui.breadcrumb([(t, none)]) }}",
        "{{ result.result([{'key': t, 'label': t, 'count': 3}], 3, 2, t) }}{{ ui.read_aloud(t) }}",
        "{% call ui.notice('warn', t) %}{{ t }}{% endcall %}{% call ui.details(t) %}{{ t }}{% endcall %}",
        "{{ ui.documents([{'title': t, 'href': '#', 'kind': t, 'size': t}]) }}{{ ui.audio('#', t) }}",
    ],
)
def test_hostile_text_stays_text(source: str) -> None:
    page = soup(source, t=HOSTILE)
    assert not page.find("script") and "alert(1)" in page.get_text() + str(page)


def test_an_unknown_icon_or_kind_is_a_fault_of_ours() -> None:
    with pytest.raises(Exception, match="unknown|no attribute|undefined"):
        html("{{ icons.icon('unknown') }}")
    with pytest.raises(Exception, match="unknown|no attribute|undefined"):
        html("{% call ui.notice('unknown', 'x') %}{% endcall %}")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0912345678", "0912 345 678"),
        ("0912.345 678", "0912 345 678"),
        ("02743 822 999", "02743 822 999"),
        ("113", "113"),
    ],
)
def test_a_telephone_number_is_read_in_groups_and_dialled_whole(number: str, shown: str) -> None:
    page = soup("{{ ui.people([{'name': 'Bà Hoa', 'phone': n}]) }}", n=number)
    assert one(page, ".num").get_text() == shown
    assert str(one(page, "a")["href"]) == "tel:" + "".join(c for c in number if c.isdigit())
