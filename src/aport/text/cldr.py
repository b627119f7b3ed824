"""Numbers, plural forms and dates as the Unicode CLDR has them, from our own table.

Every function here takes the table of one language (`cldr.json`, loaded by `aport.text.catalogue`) and plain
values, and gives back a string. The patterns use names in braces instead of the letters of the CLDR; the strings
that come out are the same.
"""

from __future__ import annotations

import calendar
import math
import re
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any

from aport.errors import AportError

if TYPE_CHECKING:
    from collections.abc import Mapping

# A float carries about 16 digits, the last of which are noise after arithmetic; ten are more than any source states.
SHOWN_DIGITS = 10
COMPACT_FROM = 1_000_000
DECEMBER = 12
MONTHS_OF_QUARTER = 3
_RELATION = re.compile(r"^([nivwft])(?: % (\d+))? (!?=) ([\d.,]+)$")


def to_decimal(value: float | Decimal, *, decimals: int | None = None, significant: int | None = None) -> Decimal:
    """Round a number the way it will be written, half to even as the CLDR does.

    Parameters
    ----------
    value : float or Decimal
        A finite number.
    decimals : int, optional
        Digits after the decimal sign, kept even where they are zero.
    significant : int, optional
        Digits counted from the first one that is not zero; zeros at the end are dropped.

    Returns
    -------
    Decimal
        The rounded number, never in exponent form.

    Raises
    ------
    AportError
        Where the number is not finite or both ways of rounding are asked for.
    """
    if decimals is not None and significant is not None:
        raise AportError(
            "a number is rounded to decimals or to significant digits, not to both", repair="Give one of the two."
        )
    if not math.isfinite(value):
        raise AportError(f"{value} cannot be written as a number", repair="Write the unknown in words.")
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if decimals is not None:
        return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    digits = SHOWN_DIGITS if significant is None else significant
    if exact == 0:
        return Decimal(0)
    last = max(exact.adjusted() - digits + 1, exact.as_tuple().exponent)
    rounded = exact.quantize(Decimal(1).scaleb(int(last)), rounding=ROUND_HALF_EVEN)
    shown = rounded.normalize()
    return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown


def format_number(number: Decimal, *, table: Mapping[str, Any]) -> str:
    """Write a rounded number with the signs of the language."""
    sign, digits, fraction = "", format(abs(number), "f"), ""
    if number < 0:
        sign = table["minus"]
    if "." in digits:
        digits, fraction = digits.split(".")
        fraction = table["decimal"] + fraction
    head = len(digits) % 3
    groups = [digits[:head]] if head else []
    groups += [digits[at : at + 3] for at in range(head, len(digits), 3)]
    return sign + str(table["group"]).join(groups) + fraction


def plural_category(number: Decimal, *, table: Mapping[str, Any]) -> str:
    """Name the plural form that a number takes: one, few, many or other.

    The rules are those of the CLDR in its own notation, over the operands n, i, v, w, f and t of
    Unicode Technical Standard 35, part 3, section 5.
    """
    digits = format(abs(number), "f")
    whole, _, fraction = digits.partition(".")
    short = fraction.rstrip("0")
    operands = {
        "n": abs(number),
        "i": Decimal(whole),
        "v": Decimal(len(fraction)),
        "w": Decimal(len(short)),
        "f": Decimal(fraction or 0),
        "t": Decimal(short or 0),
    }
    for category, rule in table["plurals"].items():
        if any(all(_holds(part, operands) for part in choice.split(" and ")) for choice in rule.split(" or ")):
            return str(category)
    return "other"


def _holds(relation: str, operands: Mapping[str, Decimal]) -> bool:
    """Tell whether one relation of a plural rule holds, such as `i % 10 = 2..4`."""
    match = _RELATION.match(relation)
    if match is None:
        raise AportError(f"the plural rule {relation!r} cannot be read", where="cldr.json")
    operand, modulus, sign, listed = match.groups()
    value = operands[operand] % int(modulus) if modulus else operands[operand]
    inside = False
    for item in listed.split(","):
        low, _, high = item.partition("..")
        if value == value.to_integral_value() and int(low) <= value <= int(high or low):
            inside = True
    return inside if sign == "=" else not inside


def format_compact(value: float, *, significant: int, table: Mapping[str, Any]) -> str:
    """Write a large number with the word for millions, billions or trillions; a smaller one in full."""
    rounded = to_decimal(value, significant=significant)
    for power, pattern in sorted(table["compact"].items(), key=lambda item: -int(item[0])):
        if abs(rounded) >= int(power):
            scaled = to_decimal(rounded / int(power), significant=significant)
            return str(pattern.format(number=format_number(scaled, table=table)))
    return format_number(to_decimal(value), table=table)


def as_date(value: date | str) -> date:
    """Take a date as it is or read it from ISO 8601."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise AportError(f"{value!r} is no date", repair="Write it as YYYY-MM-DD.") from None


def format_date(day: date, *, table: Mapping[str, Any]) -> str:
    """Write a day in full, as in 29 October 2019."""
    return _fill("day", day, day, table)


def format_partial(value: str, *, table: Mapping[str, Any]) -> str:
    """Write a date known to the year, the month or the day (EDTF level 0).

    Raises
    ------
    AportError
        Where the text is none of `YYYY`, `YYYY-MM` and `YYYY-MM-DD`.
    """
    forms = {4: ("year", "-01-01"), 7: ("month", "-01"), 10: ("day", "")}
    pattern, rest = forms.get(len(value), ("day", ""))
    try:
        first = date.fromisoformat(value + rest)
    except ValueError:
        raise AportError(f"{value!r} is no date", repair="Write it as YYYY, YYYY-MM or YYYY-MM-DD.") from None
    return _fill(pattern, first, first, table)


def format_period(start: date, end: date, *, table: Mapping[str, Any]) -> str:
    """Write a period the shortest way that says it exactly: a day, a month, a quarter, a year or several of them.

    Raises
    ------
    AportError
        Where the period ends before it starts.
    """
    if end < start:
        raise AportError(f"the period {start} to {end} ends before it starts", repair="Swap the two dates.")
    if start == end:
        return _fill("day", start, end, table)
    whole_months = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if not whole_months:
        return _fill(_span("days", start, end, same_month=True), start, end, table)
    if start.month == 1 and end.month == DECEMBER:
        return _fill("year" if start.year == end.year else "years", start, end, table)
    if start.year == end.year:
        if start.month == end.month:
            return _fill("month", start, end, table)
        if end.month - start.month == MONTHS_OF_QUARTER - 1 and end.month % MONTHS_OF_QUARTER == 0:
            return _fill("quarter", start, end, table)
    return _fill(_span("months", start, end, same_month=False), start, end, table)


def _span(what: str, start: date, end: date, *, same_month: bool) -> str:
    """Name the pattern of an interval by the largest part in which its ends differ."""
    if start.year != end.year:
        return f"{what}_across_years"
    if same_month and start.month == end.month:
        return f"{what}_within_month"
    return f"{what}_within_year"


def _fill(pattern: str, start: date, end: date, table: Mapping[str, Any]) -> str:
    """Put the parts of one or two days into a pattern of the table."""
    months, alone, quarters = table["months"], table["months_alone"], table["quarters"]
    return str(
        table["dates"][pattern].format(
            year=start.year,
            month=months[start.month - 1],
            month_alone=alone[start.month - 1],
            day=start.day,
            quarter=quarters[(start.month - 1) // MONTHS_OF_QUARTER],
            end_year=end.year,
            end_month=months[end.month - 1],
            end_month_alone=alone[end.month - 1],
            end_day=end.day,
        )
    )
