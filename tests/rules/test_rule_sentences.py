"""Sentences of the rules survive formatting and translation; citations read as documents write them."""

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import PYTHON_FORMAT

from app.lib.citations import Citation, cite, decree59, decree61, law

FILES = [
    "app/core/entries.py",
    "app/core/uploads.py",
    "app/lib/calendar.py",
    "app/lib/citations.py",
    "app/polls/cli.py",
    "app/polls/errors.py",
]
ROOT = Path(__file__).resolve().parents[2]


def sentences():
    rules = sorted(path for slice in ("polls", "consultations") for path in (ROOT / f"app/{slice}/rules").glob("*.py"))
    for path in [*rules, *(ROOT / name for name in FILES)]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
                yield path.name, ast.literal_eval(node.args[0])


def test_there_are_sentences_to_check():
    assert len(list(sentences())) > 100


@pytest.mark.parametrize(("file", "sentence"), sorted(set(sentences())))
def test_a_percent_sign_is_either_a_named_parameter_or_harmless(file, sentence):
    marks = PYTHON_FORMAT.findall(sentence)
    if marks:
        assert all(name for name, *_ in marks), "a bare percent sign would be taken for a parameter"
        assert sentence.count("%") == len(marks)
    assert sentence == sentence.strip()
    assert "  " not in sentence


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (law(19, 1, "b"), "điểm b khoản 1 Điều 19 Luật số 10/2022/QH15"),
        (law(17, 2), "khoản 2 Điều 17 Luật số 10/2022/QH15"),
        (law(17), "Điều 17 Luật số 10/2022/QH15"),
        (law(11, until=14), "các điều từ 11 đến 14 Luật số 10/2022/QH15"),
        (decree61(), "Nghị định số 61/2023/NĐ-CP"),
    ],
)
def test_a_citation_is_written_from_the_smallest_part_up(place, text):
    assert str(place) == text
    assert isinstance(place, Citation)


def test_citations_name_each_text_once():
    places = (law(15, 6), decree59(5), law(17, 2), decree61())
    assert cite(*places) == (
        "khoản 6 Điều 15, khoản 2 Điều 17 Luật số 10/2022/QH15; Điều 5 Nghị định số 59/2023/NĐ-CP;"
        " Nghị định số 61/2023/NĐ-CP"
    )
    assert cite() == ""
