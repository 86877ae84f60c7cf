"""Labels for appointment slips: geometry in millimetres, and each code read from the picture."""

from datetime import date

import pytest

from app.feedback.documents.slip_labels import COLUMNS, QR_MM, ROWS, SlipLabel, labels_pdf
from app.feedback.rules.trust import check_character, dossier_address
from tests.support.papers import picture

MM = 200 / 25.4


def label(number: int) -> SlipLabel:
    code = f"{number:09}" + check_character(f"{number:09}")
    dossier = f"H012.26.05.2026-{number:04}"
    return SlipLabel(dossier, code, dossier_address("https://tp.example.vn", code), date(2026, 9, 4))


def test_each_label_is_read_in_its_own_place() -> None:
    labels = [label(number) for number in range(26)]
    made = labels_pdf("Trung tâm Phục vụ hành chính công phường Thới Hòa", labels)
    found = picture(made).codes()
    places = {}
    for one in found:
        corners = one.position
        across = (corners.top_right.x - corners.top_left.x) / MM
        # The dark part: 29 of 37 modules of a version 3 code.
        assert 29 / 37 * QR_MM - 1 < across < 29 / 37 * QR_MM + 1
        middle = (corners.top_left.x + corners.bottom_right.x) / 2, (corners.top_left.y + corners.bottom_right.y) / 2
        places[one.text] = (int(middle[0] / MM // (210 / COLUMNS)), int(middle[1] / MM // (297 / ROWS)))
    assert places == {one.url: (number % COLUMNS, number // COLUMNS) for number, one in enumerate(labels[:24])}
    assert {one.text for one in picture(made, 1).codes()} == {one.url for one in labels[24:]}


def test_nothing_to_print_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="no labels"):
        labels_pdf("Trung tâm", [])
