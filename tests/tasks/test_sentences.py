from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aport.tasks.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Бір сөйлем. Екінші сөйлем.", ["Бір сөйлем.", "Екінші сөйлем."]),
        ("Нүктесіз жол\nКелесі жол\n\n Үшінші ", ["Нүктесіз жол", "Келесі жол", "Үшінші"]),
        ("Жол ж. т.б. бар. Жаңа.", ["Жол ж. т.б. бар.", "Жаңа."]),
        ("Қ. Тоқтаров айтты. Д.Серіков қосты.", ["Қ. Тоқтаров айтты.", "Д.Серіков қосты."]),
        ("Баға 10,5 млрд. теңге болды. Өсті.", ["Баға 10,5 млрд. теңге болды.", "Өсті."]),
        ("Сайт Zakon.kz жазды. Соңы.", ["Сайт Zakon.kz жазды.", "Соңы."]),
        ("1. Орындасын. 2. Есеп берсін.", ["1. Орындасын.", "2. Есеп берсін."]),
        ("1) орындасын; 2) есеп берсін.", ["1) орындасын;", "2) есеп берсін."]),
        ("«Жөндеңіз!» – деді әкім. Соңы.", ["«Жөндеңіз!» – деді әкім.", "Соңы."]),
        ("«Бірінші. Екінші», – деді ол.", ["«Бірінші.", "Екінші», – деді ол."]),
        ("Қашан? Бүгін! Жақсы…", ["Қашан?", "Бүгін!", "Жақсы…"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@given(st.text())
def test_sentences_cover_everything_that_is_no_space(text: str) -> None:
    spans = split_sentences(text)
    covered = set()
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        covered.update(range(start, end))
        last = end
    assert all(at in covered for at, letter in enumerate(text) if not letter.isspace())
