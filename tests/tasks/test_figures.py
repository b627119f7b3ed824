from __future__ import annotations

import pytest

from aport.tasks.kazakh.figures import find_figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("156 миллиард теңгеден астам инвестиция", [(156e9, "KZT")]),
        ("10,5 млрд теңге қаралған", [(10.5e9, "KZT")]),
        ("2 миллиард доллардан астам", [(2e9, "USD")]),
        ("18,6 пайызға өсті", [(18.6, "percent")]),
        ("1 200 шақырым желі", [(1200, "km")]),
        ("7,5 миллион тонна көмір", [(7.5e6, "tonne")]),
        ("200 мыңнан астам автомобиль", [(200_000, "count")]),
        ("мыңға жуық отбасы", [(1000, "count")]),
        ("900-дей бала, 90-ға жуық мұғалім", [(900, "count"), (90, "count")]),
        ("жарты миллион адам", [(500_000, "person")]),
        ("300 орындық ғимарат", [(300, "count")]),
        ("5-7 пайызға өсіру", [(5, "percent"), (7, "percent")]),
        ("өңір 3-орында тұр", [(3, "rank")]),
        ("өңір І-орында тұр", [(1, "rank")]),
        ("өңір II орында тұр", [(2, "rank")]),
        ("25 мегаватт қуат", [(25, "MW")]),
        ("12 гектар жер", [(12, "ha")]),
        ("көлемі 2 есе артты", [(2, "times")]),
        ("7 жыл ішінде", [(7, "year")]),
    ],
)
def test_value_and_unit(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in find_figures(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    "text",
    [
        "29 қазанда өтті",
        "2019 жылы басталды",
        "2025 жылға дейін",
        "2016-2022 жылдары",
        "№105 мектеп",
        "«Бадам-1» алабы",
        "1. Әкімдіктер",
        "3) есеп берсін",
        "5-сынып оқушылары",
        "екі министрлік",
    ],
)
def test_dates_names_and_enumerators_are_no_figures(text: str) -> None:
    assert find_figures(text, 0, len(text)) == []


def test_offsets_and_what_is_counted() -> None:
    text = "Биыл 30 мың жұмыс орнын ашады"
    (figure,) = find_figures(text, 0, len(text))
    assert text[figure.start : figure.end] == "30 мың жұмыс орнын"
    assert figure.what == "жұмыс орны"
