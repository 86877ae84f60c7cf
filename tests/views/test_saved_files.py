"""Names of files to be saved: whatever people called them, in a header that every browser reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from app.web.files import save_as, saved


def test_a_plain_name_stands_as_it_is() -> None:
    headers = saved(b"%PDF", "application/pdf", "to-dan-7K3M.pdf").headers
    assert headers["Content-Disposition"] == 'attachment; filename="to-dan-7K3M.pdf"'
    assert headers["Content-Type"] == "application/pdf"
    assert save_as("ma.png", disposition="inline") == {"Content-Disposition": 'inline; filename="ma.png"'}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Quyết định số 12.pdf", "quyet-dinh-so-12.pdf"),
        ("Đơn của bà Hường.docx", "don-cua-ba-huong.docx"),
        ('a";\r\nX: y.pdf', "a-x-y.pdf"),
        ("ảnh/../lạ.png", "anh-..-la.png"),
    ],
)
def test_other_names_stand_beside_a_plain_spelling(name: str, plain: str) -> None:
    value = save_as(name)["Content-Disposition"]
    assert value.startswith(f"attachment; filename=\"{plain}\"; filename*=UTF-8''")
    assert parse_options_header(value) == ("attachment", {"filename": name})


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_no_name_breaks_out_of_the_header(name: str) -> None:
    value = save_as(name)["Content-Disposition"]
    assert value.isascii() and value.isprintable() and value.count('"') == 2
    assert parse_options_header(value) == ("attachment", {"filename": name})
