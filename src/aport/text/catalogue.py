"""The catalogues: one flat JSON file a language, and the one object that reads them aloud."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from aport.errors import AportError
from aport.text import cldr

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

LANGUAGES = ("kk", "ru", "en")
_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}(\.?)")
NBSP = "\N{NO-BREAK SPACE}"
MONEY_DIGITS = 4


@dataclass(frozen=True)
class Text:
    """Words, numbers and dates of one language.

    Attributes
    ----------
    language : str
        Code of the language: kk, ru or en.
    messages : mapping
        The catalogue: key to sentence, or to a mapping from plural form to sentence.
    table : mapping
        Signs, names of months and patterns of the language.
    """

    language: str
    messages: Mapping[str, str | Mapping[str, str]]
    table: Mapping[str, Any]

    def has(self, key: str) -> bool:
        """Tell whether the catalogue knows a key."""
        return key in self.messages

    def needs(self, key: str) -> frozenset[str]:
        """Name the values that a text has places for."""
        message = self._message(key)
        forms = [message] if isinstance(message, str) else message.values()
        return frozenset(name for form in forms for name, _ in _SLOT.findall(form))

    def text(self, key: str, /, **values: object) -> str:
        """Say a sentence of the catalogue.

        Parameters
        ----------
        key : str
            Key of the catalogue, such as `state.met`.
        **values
            What goes into the places in braces; more may be given than the sentence uses.

        Returns
        -------
        str
            Plain text, not escaped for any format.

        Raises
        ------
        AportError
            Where the key or a value is missing, or the key holds plural forms.
        """
        message = self._message(key)
        if not isinstance(message, str):
            raise AportError(
                f"the text {key!r} has plural forms", where=f"{self.language}.json", repair="Ask with a count."
            )
        return self._fill(key, message, values)

    def plural(self, key: str, count: float, /, **values: object) -> str:
        """Say a sentence that depends on a count, which stands in it as `{count}`.

        Raises
        ------
        AportError
            Where the key or its plural form is missing.
        """
        message = self._message(key)
        number = cldr.to_decimal(count)
        form = cldr.plural_category(number, table=self.table)
        if isinstance(message, str) or form not in message:
            raise AportError(
                f"the text {key!r} lacks the plural form {form!r}",
                where=f"{self.language}.json",
                repair="Add the form to the catalogue.",
            )
        written = cldr.format_number(number, table=self.table)
        return self._fill(key, message[form], {**values, "count": written})

    def number(self, value: float, *, decimals: int | None = None, significant: int | None = None) -> str:
        """Write a number; without rounding given, as many digits as it has, ten at most."""
        rounded = cldr.to_decimal(value, decimals=decimals, significant=significant)
        return cldr.format_number(rounded, table=self.table)

    def signed(self, value: float, *, significant: int | None = None) -> str:
        """Write a number with its sign, plus included; zero has none."""
        written = self.number(value, significant=significant)
        return f"{self.table['plus']}{written}" if value > 0 else written

    def percent(self, value: float, *, decimals: int | None = None, significant: int | None = None) -> str:
        """Write a number of per cent: 12.5 is 12.5 %."""
        written = self.number(value, decimals=decimals, significant=significant)
        return str(self.table["percent"].format(number=written))

    def compact(self, value: float, *, significant: int = MONEY_DIGITS) -> str:
        """Write a large number with the word for millions, billions or trillions."""
        return cldr.format_compact(value, significant=significant, table=self.table)

    def quantity(self, value: float | str, symbol: str, /) -> str:
        """Write a number with the symbol of its unit.

        Parameters
        ----------
        value : float or str
            The number, or one written already.
        symbol : str
            Symbol of the unit in this language; empty for a pure number.

        Notes
        -----
        An ordinal ending (`-орын`) is joined to the number; a symbol that starts with a digit (`1000 адамға`)
        goes before it, as two numbers side by side would be read as one.
        """
        written = value if isinstance(value, str) else self.number(value)
        if not symbol:
            return written
        if symbol == "%":
            return str(self.table["percent"].format(number=written))
        if symbol.startswith("-"):
            return written + symbol
        if symbol[0].isdigit():
            return f"{symbol}{NBSP}{written}"
        return f"{written}{NBSP}{symbol}"

    def money(self, value: float, symbol: str, /) -> str:
        """Write an amount of money for people: four digits, and words for the millions."""
        return self.quantity(self.compact(value), symbol)

    def date(self, day: dt.date | str) -> str:
        """Write a day in full."""
        return cldr.format_date(cldr.as_date(day), table=self.table)

    def partial_date(self, value: str) -> str:
        """Write a date known to the year, the month or the day, such as `2020-10`."""
        return cldr.format_partial(str(value), table=self.table)

    def period(self, start: dt.date | str, end: dt.date | str) -> str:
        """Write a period the shortest way that says it exactly."""
        return cldr.format_period(cldr.as_date(start), cldr.as_date(end), table=self.table)

    def _message(self, key: str) -> str | Mapping[str, str]:
        try:
            return self.messages[key]
        except KeyError:
            raise AportError(
                f"the catalogue has no text {key!r}",
                where=f"{self.language}.json",
                repair="Add it to the catalogue of every language.",
            ) from None

    def _fill(self, key: str, message: str, values: Mapping[str, object]) -> str:
        # Not str.format: a catalogue must not reach into the attributes of what it is given.
        def put(match: re.Match[str]) -> str:
            name = match.group(1)
            if name not in values:
                raise AportError(
                    f"the text {key!r} needs a value for {name!r}",
                    where=f"{self.language}.json",
                    repair=f"Give {name} where the text is used.",
                )
            said = str(values[name])
            # An abbreviation that ends a sentence brings its own stop: "2019 г." and not "2019 г..".
            return said if said.endswith(".") else said + match.group(2)

        return _SLOT.sub(put, message)


@cache
def translator(language: str) -> Text:
    """Open the catalogue of a language.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.

    Raises
    ------
    AportError
        Where there is no catalogue for the language.
    """
    if language not in LANGUAGES:
        raise AportError(
            f"there are no texts in the language {language!r}", repair=f"Choose one of {', '.join(LANGUAGES)}."
        )
    folder = files("aport.text") / "catalogues"
    messages = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    table = json.loads((folder / "cldr.json").read_text(encoding="utf-8"))[language]
    return Text(language, MappingProxyType(messages), MappingProxyType(table))
