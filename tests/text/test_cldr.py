"""Numbers, plural forms and dates against known values of the Unicode CLDR, as Babel 2.18 carries it."""

from __future__ import annotations

import datetime as dt

import pytest

from aport.errors import AportError
from aport.text import LANGUAGES, translator
from aport.text.cldr import plural_category, to_decimal

NBSP = "\u00a0"
NARROW = "\u202f"


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        *(("ru", number, "one") for number in (1, 21, 101, 1001)),
        *(("ru", number, "few") for number in (2, 3, 4, 22, 104)),
        *(("ru", number, "many") for number in (0, 5, 11, 12, 14, 20, 25, 111, 112, 1_000_000)),
        *(("ru", number, "other") for number in (0.5, 1.5, 10.1)),
        ("kk", 1, "one"),
        *(("kk", number, "other") for number in (0, 0.5, 2, 5, 11, 21)),
        ("en", 1, "one"),
        *(("en", number, "other") for number in (0, 0.5, 1.5, 2, 11, 21, 101)),
    ],
)
def test_plural_form(language, number, form):
    assert plural_category(to_decimal(number), table=translator(language).table) == form


def test_plural_form_sees_the_zeros_that_are_written():
    # English "1.0" takes the plural, Kazakh does not ask how the number is written.
    number = to_decimal(1, decimals=1)
    assert plural_category(number, table=translator("en").table) == "other"
    assert plural_category(number, table=translator("kk").table) == "one"


@pytest.mark.parametrize(
    ("language", "written"),
    [("kk", f"-1{NBSP}234{NBSP}567,5"), ("ru", f"-1{NBSP}234{NBSP}567,5"), ("en", "-1,234,567.5")],
)
def test_number_is_grouped_as_the_language_does(language, written):
    assert translator(language).number(-1_234_567.5) == written


@pytest.mark.parametrize(
    ("value", "rounding", "written"),
    [
        (0, {}, "0"),
        (-0.0, {}, "0"),
        (999, {}, "999"),
        (1000, {}, "1,000"),
        (0.1 + 0.2, {}, "0.3"),
        (1e-7, {}, "0.0000001"),
        (120.0, {}, "120"),
        (2.5, {"decimals": 0}, "2"),
        (3.5, {"decimals": 0}, "4"),
        (61.0, {"decimals": 1}, "61.0"),
        (0.012345, {"significant": 2}, "0.012"),
        (9996, {"significant": 3}, "10,000"),
        (123456, {"significant": 2}, "120,000"),
    ],
)
def test_number_is_rounded_half_to_even(value, rounding, written):
    assert translator("en").number(value, **rounding) == written


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_unknown_is_never_written_as_a_number(value):
    with pytest.raises(AportError, match="cannot be written"):
        translator("en").number(value)


def test_one_way_of_rounding_at_a_time():
    with pytest.raises(AportError, match="not to both"):
        translator("en").number(1.5, decimals=1, significant=2)


@pytest.mark.parametrize(("language", "written"), [("kk", "12,5%"), ("ru", f"12,5{NBSP}%"), ("en", "12.5%")])
def test_percent(language, written):
    text = translator(language)
    assert text.percent(12.5) == written
    assert text.quantity(12.5, "%") == written


@pytest.mark.parametrize(
    ("language", "symbol", "written"),
    [
        ("kk", "теңге", f"534,6{NBSP}млрд{NBSP}теңге"),
        ("ru", "тенге", f"534,6{NBSP}млрд{NBSP}тенге"),
        ("en", "tenge", f"534.6 billion{NBSP}tenge"),
        ("en", "KZT", f"534.6 billion{NBSP}KZT"),
    ],
)
def test_money_is_written_for_people(language, symbol, written):
    assert translator(language).money(534_600_000_000, symbol) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999_400, "999,400"),
        (999_999.9, "1 million"),
        (1_000_000, "1 million"),
        (-2_500_000, "-2.5 million"),
        (999_999_999_999, "1 trillion"),
        (3_412_000_000_000, "3.412 trillion"),
    ],
)
def test_large_numbers_take_the_word_that_fits_after_rounding(value, written):
    assert translator("en").compact(value) == written


@pytest.mark.parametrize(
    ("language", "value", "symbol", "written"),
    [
        ("kk", 12, "км", f"12{NBSP}км"),
        ("kk", 1, "-орын", "1-орын"),
        ("ru", 3, "-е место", "3-е место"),
        ("kk", 9.4, "1000 адамға", f"1000 адамға{NBSP}9,4"),
        ("ru", 9.4, "на 1000 чел.", f"9,4{NBSP}на 1000 чел."),
        ("en", 102.3, "", "102.3"),
    ],
)
def test_quantity_with_its_symbol(language, value, symbol, written):
    assert translator(language).quantity(value, symbol) == written


@pytest.mark.parametrize(("value", "written"), [(0.8, "+0.8"), (-0.8, "-0.8"), (0, "0")])
def test_sign_of_a_difference(value, written):
    assert translator("en").signed(value) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [("kk", f"2019{NARROW}ж. 29 қазан"), ("ru", f"29 октября 2019{NARROW}г."), ("en", "29 October 2019")],
)
def test_date(language, written):
    text = translator(language)
    assert text.date(dt.date(2019, 10, 29)) == written
    assert text.date("2019-10-29") == written
    assert text.partial_date("2019-10-29") == written
    assert text.period("2019-10-29", "2019-10-29") == written


@pytest.mark.parametrize(
    ("language", "written"),
    [("kk", f"2020{NARROW}ж. қазан"), ("ru", f"октябрь 2020{NARROW}г."), ("en", "October 2020")],
)
def test_month(language, written):
    text = translator(language)
    assert text.partial_date("2020-10") == written
    assert text.period("2020-10-01", "2020-10-31") == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_year(language):
    text = translator(language)
    assert text.partial_date("2020") == "2020"
    assert text.period("2020-01-01", "2020-12-31") == "2020"
    assert text.period("2016-01-01", "2022-12-31") == "2016–2022"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2020-02-01", "2020-02-29", ("2020 ж. ақпан", "февраль 2020 г.", "February 2020")),
        ("2019-02-01", "2019-02-28", ("2019 ж. ақпан", "февраль 2019 г.", "February 2019")),
        ("2020-02-01", "2020-02-28", ("2020 ж. 1–28 ақпан", "1–28 февраля 2020 г.", "1–28 February 2020")),
        ("2020-07-01", "2020-09-30", ("2020 ж. ІІІ тоқсан", "3-й квартал 2020 г.", "3rd quarter 2020")),
        ("2020-08-01", "2020-10-31", ("2020 ж. тамыз – қазан", "август – октябрь 2020 г.", "August – October 2020")),
        (
            "2019-01-01",
            "2019-09-30",
            ("2019 ж. қаңтар – қыркүйек", "январь – сентябрь 2019 г.", "January – September 2019"),
        ),
        (
            "2019-11-01",
            "2020-02-29",
            ("2019 ж. қараша – 2020 ж. ақпан", "ноябрь 2019 г. – февраль 2020 г.", "November 2019 – February 2020"),
        ),
        (
            "2020-09-01",
            "2020-10-15",
            ("2020 ж. 1 қыркүйек – 15 қазан", "1 сентября – 15 октября 2020 г.", "1 September – 15 October 2020"),
        ),
        (
            "2019-12-30",
            "2020-01-02",
            (
                "2019 ж. 30 желтоқсан – 2020 ж. 2 қаңтар",
                "30 декабря 2019 г. – 2 января 2020 г.",
                "30 December 2019 – 2 January 2020",
            ),
        ),
    ],
)
def test_period(start, end, written):
    for language, expected in zip(LANGUAGES, written, strict=True):
        said = translator(language).period(start, end)
        assert " ".join(said.replace(NARROW, " ").replace("\u2009", " ").split()) == expected


@pytest.mark.parametrize("value", ["", "20", "2020-13", "2020-02-30", "2020-10-29T00:00", "29.10.2020", "2016/2022"])
def test_text_that_is_no_date_is_refused(value):
    with pytest.raises(AportError, match="is no date"):
        translator("en").partial_date(value)
    with pytest.raises(AportError, match="is no date"):
        translator("en").date(value)


def test_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(AportError, match="ends before it starts"):
        translator("en").period("2020-01-02", "2020-01-01")
