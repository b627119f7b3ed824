"""How results are said in one language: quantities, reasons, names, with the marks that tell where they are from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aport.city.schema import units
from aport.errors import AportError
from aport.text import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aport.text import Text

POINTS = "percent"
UNNAMED = ("1", "rank")


@dataclass(frozen=True)
class Said:
    """A text and the language that it is in, which may not be the language of the page."""

    words: str
    language: str


@dataclass(frozen=True)
class Wording:
    """Says results in the language of a page.

    Attributes
    ----------
    words : Text
        Catalogue of the language.
    numbers : mapping from str to int
        Number of each source in the list of sources.
    """

    words: Text
    numbers: Mapping[str, int]

    def pick(self, names: Mapping[str, str]) -> Said:
        """Choose the text in the language of the page, else the first that there is."""
        for language in (self.words.language, *LANGUAGES):
            if names.get(language):
                return Said(names[language], language)
        raise AportError("a name is given in none of the languages", where="results", repair="Fill in the name.")

    def name(self, names: Mapping[str, str]) -> str:
        """Give the words alone, for places where no language can be marked."""
        return self.pick(names).words

    def source_number(self, source: str) -> int:
        """Give the number of a source in the list.

        Raises
        ------
        AportError
            Where a number cites a source that is not listed.
        """
        if source not in self.numbers:
            raise AportError(f"the source {source!r} is cited and not listed", where="results.sources")
        return self.numbers[source]

    def amount(self, value: float, quantity: Mapping[str, Any]) -> str:
        """Write a value in the unit of a quantity."""
        symbol = quantity["symbol"][self.words.language]
        if units()[quantity["unit"]].money:
            return self.words.money(value, symbol)
        return self.words.quantity(value, symbol)

    def quantity(self, quantity: Mapping[str, Any]) -> str:
        """Write a quantity with the way its source means it: exactly, as a bound, about."""
        return self.words.text(
            f"comparator.{quantity.get('comparator') or 'eq'}", value=self.amount(quantity["value"], quantity)
        )

    def change(self, value: float, quantity: Mapping[str, Any], *, signed: bool = False) -> str:
        """Write a difference of two values: between two per cents it is percentage points."""
        written = self.words.signed(value) if signed else self.words.number(value)
        if units()[quantity["unit"]].money:
            written = self.words.compact(value)
            if signed and value > 0:
                written = f"{self.words.table['plus']}{written}"
        if quantity["unit"] == POINTS:
            return self.words.text("unit.points", value=written)
        if quantity["unit"] in UNNAMED:
            return written
        return self.words.quantity(written, quantity["symbol"][self.words.language])

    def period(self, quantity: Mapping[str, Any]) -> str:
        """Write the period of a quantity; a target may have none."""
        start = quantity.get("start") or quantity.get("end")
        end = quantity.get("end") or start
        return self.words.period(start, end) if start and end else ""

    def interval(self, quantity: Mapping[str, Any]) -> str:
        """Write the bounds of a quantity, or that none are stated."""
        low, high = quantity.get("low"), quantity.get("high")
        if low is not None and high is not None:
            return self.words.text("interval.both", low=self.words.compact(low), high=self.amount(high, quantity))
        if low is not None:
            return self.words.text("interval.low", value=self.amount(low, quantity))
        if high is not None:
            return self.words.text("interval.high", value=self.amount(high, quantity))
        return self.words.text("interval.none")

    def split(self, quantity: Mapping[str, Any]) -> tuple[str, str]:
        """Part the first word of a quantity from the rest, so that its mark is never left alone on a line."""
        first, _, rest = self.quantity(quantity).partition(" ")
        return first, rest

    def told(self, quantity: Mapping[str, Any]) -> str:
        """Say an observation in one breath: period, value, kind."""
        kind = self.words.text(f"quantity.{quantity['kind']}")
        return ", ".join(part for part in (self.period(quantity), self.quantity(quantity), kind) if part)

    def reason(self, what: str, item: Mapping[str, Any]) -> str:
        """Say why a task or a statement stands as it does.

        Parameters
        ----------
        what : str
            `task` or `statement`.
        item : mapping
            The result, with `reason_key` and `reason_values`.
        """
        key = f"reason.{what}.{item['reason_key']}"
        if item["reason_key"] == "compared":
            key = f"{key}.{item['state']}"
        values = {name: self._plain(value) for name, value in (item.get("reason_values") or {}).items()}
        measured = item.get("latest") or item.get("baseline")
        if measured and item.get("tolerance") is not None:
            values["tolerance"] = self.change(item["tolerance"], measured)
        if what == "statement" and item.get("difference") is not None:
            values["difference"] = self.change(abs(item["difference"]), item["stated"])
        return self.words.text(key, **values)

    def _plain(self, value: object) -> str:
        """Write a value that came without a unit."""
        if isinstance(value, dt.date):
            return self.words.date(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.words.number(value)
        return str(value)


def is_web(address: str | None) -> bool:
    """Tell whether an address may be made a link: the web only, so that no script can hide in one."""
    return urlsplit(address or "").scheme in ("http", "https")
