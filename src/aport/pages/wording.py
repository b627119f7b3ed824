"""How results are said in one language: quantities, reasons, names, with the marks that tell where they are from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aport.city.schema import units
from aport.errors import AportError
from aport.text import LANGUAGES
from aport.text.cldr import to_decimal

if TYPE_CHECKING:
    from aport.text import Text

POINTS = "percent"
UNNAMED = ("1", "rank")
TENGE = "KZT"
SHARE_DIGITS = 3
LARGE = 1000
TENTH = 0.1
# Names of values that are amounts of money though no unit stands beside them.
MONEY = frozenset({"amount", "budget", "cost", "price", "entry_price"})
COST_KINDS = {"stated": "claimed", "partial": "claimed", "derived": "modelled"}
_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")


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
    called : mapping
        Names of what results refer to by identifier: projects, tasks, rules.
    """

    words: Text
    numbers: Mapping[str, int]
    called: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

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

    def of_task(self, value: float, task: Mapping[str, Any]) -> str:
        """Write a computed value in the unit of the indicator of a task, to as many digits as a model can stand for."""
        rounded = float(to_decimal(value, significant=SHARE_DIGITS)) if abs(value) < LARGE else float(round(value))
        return self.amount(rounded, task["indicator"])

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
        return self.parted(self.quantity(quantity))

    def parted(self, written: str) -> tuple[str, str]:
        """Part the first word from the rest."""
        first, _, rest = written.partition(" ")
        return first, rest

    def told(self, quantity: Mapping[str, Any]) -> str:
        """Say an observation in one breath: period, value, kind."""
        kind = self.words.text(f"quantity.{quantity['kind']}")
        return ", ".join(part for part in (self.period(quantity), self.quantity(quantity), kind) if part)

    def reason(self, what: str, item: Mapping[str, Any], *, recorded: Collection[Any] = ()) -> str:
        """Say why a task or a statement stands as it does.

        Parameters
        ----------
        what : str
            `task` or `statement`.
        item : mapping
            The result, with `reason_key` and `reason_values`.
        recorded : collection, optional
            Records of the task: a task that needs them is not told that there are none where there are some.
        """
        key = f"reason.{what}.{item['reason_key']}"
        if item["reason_key"] == "compared":
            key = f"{key}.{item['state']}"
        if recorded and self.words.has(f"{key}.recorded"):
            key = f"{key}.recorded"
        values = self.values(item.get("reason_values"))
        measured = item.get("latest") or item.get("baseline")
        if measured and item.get("tolerance") is not None:
            values["tolerance"] = self.change(item["tolerance"], measured)
        if what == "statement" and item.get("difference") is not None:
            values["difference"] = self.change(abs(item["difference"]), item["stated"])
        return self.words.text(key, **values)

    def either(self, said: str | Mapping[str, str]) -> Said:
        """Take a text that is given in several languages, or in English alone."""
        return Said(said, "en") if isinstance(said, str) else self.pick(said)

    def money(self, value: float) -> str:
        """Write an amount of tenge."""
        return self.words.money(value, units()[TENGE].symbol[self.words.language])

    def span(self, low: float, high: float, *, symbol: str = "") -> str:
        """Write two numbers as a range, the word for millions once where they share it."""
        first, last = self.words.compact(low), self.words.compact(high)
        *number, word = first.split()
        if number and word.isalpha() and last.split()[-1] == word:
            first = first.removesuffix(word).rstrip()
        return self.words.text("range.both", low=first, high=self.words.quantity(last, symbol))

    def share(self, value: float) -> str:
        """Write a share of one as per cent: to a tenth, or to its first digit where it is smaller."""
        points = value * 100
        return (
            self.words.percent(round(points, 1)) if abs(points) >= TENTH else self.words.percent(points, significant=1)
        )

    def cost_kind(self, cost: Mapping[str, Any]) -> str:
        """Tell what kind of figure a cost is: claimed by a source, computed from a unit cost, or unknown."""
        if all(cost.get(bound) is None for bound in ("low", "value", "high")):
            return "unknown"
        return COST_KINDS.get(cost["basis"], "unknown")

    def cost_number(self, cost: Mapping[str, Any]) -> float:
        """Give the figure of a cost that is known at least in part."""
        known: float = next(cost[bound] for bound in ("value", "low", "high") if cost.get(bound) is not None)
        return known

    def cost(self, cost: Mapping[str, Any]) -> str:
        """Write a cost that is known at least in part: its best figure, else its bounds."""
        return self.cost_range(cost) if cost["value"] is None else self.money(cost["value"])

    def original(self, cost: Mapping[str, Any]) -> str:
        """Write a cost as its source states it; empty where it states none."""
        stated = cost.get("original")
        if not stated or stated["value"] is None:
            return ""
        written = self.words.money(stated["value"], stated["symbol"][self.words.language])
        return f"{written}, {self.words.text('prices.year', year=stated['year'])}" if stated.get("year") else written

    def money_unit(self, power: int) -> str:
        """Name the unit of an axis of money, such as billions of tenge."""
        return self.money(power).removeprefix(self.words.number(1)).strip()

    def cost_range(self, cost: Mapping[str, Any]) -> str:
        """Write the bounds of a cost that stand beside its best figure; empty where there are none."""
        symbol = units()[TENGE].symbol[self.words.language]
        low, high = cost.get("low"), cost.get("high")
        if low is not None and high is not None:
            return self.span(low, high, symbol=symbol) if low != high else ""
        if low is not None:
            return self.words.text("comparator.ge", value=self.money(low))
        return "" if high is None else self.words.text("comparator.le", value=self.money(high))

    def years(self, start: int | None, end: int | None) -> str:
        """Write the years of a project; empty where none is known."""
        if start and end:
            return str(start) if start == end else self.words.text("years.both", start=start, end=end)
        if start:
            return self.words.text("years.from", start=start)
        return self.words.text("years.until", end=end) if end else ""

    def effect(self, effect: Mapping[str, Any]) -> str:
        """Write by how much a project changes an indicator."""
        return self._moved(effect["value"], effect)

    def effect_bounds(self, effect: Mapping[str, Any]) -> str:
        """Write the interval of an effect, or that it was assumed; empty where the source states one exact figure."""
        low, high = effect.get("low"), effect.get("high")
        if effect.get("assumed"):
            return self.words.text("effect.assumed")
        if low is None or high is None:
            return self.words.text("interval.none")
        if low == high:
            return ""
        # Without the unit, which stands beside the value already.
        bare = {**effect, "symbol": dict.fromkeys(LANGUAGES, "")} if effect["form"] == "amount" else effect
        return self.words.text("interval.both", low=self._moved(low, bare), high=self._moved(high, bare))

    def _moved(self, value: float, effect: Mapping[str, Any]) -> str:
        written = self.share(value) if effect["form"] == "relative" else self.words.compact(value)
        if value > 0:
            written = f"{self.words.table['plus']}{written}"
        symbol = effect["symbol"][self.words.language]
        # An effect on a place in a ranking is a number of places, to which no ending of an ordinal belongs.
        if effect["form"] == "relative" or symbol.startswith("-"):
            return written
        return self.words.text("unit.points", value=written) if symbol == "%" else self.words.quantity(written, symbol)

    def known(self, prefix: str, key: str, values: Mapping[str, Any] | None = None) -> str:
        """Say the text of a key that another room gave, or what stands for keys that the catalogue does not know.

        Parameters
        ----------
        prefix : str
            Group of the catalogue; its text `other` stands for what is unknown, with the key as `{key}`.
        key : str
            Key within the group. `KEY.bare` is said where a value that the text names is missing.
        values : mapping, optional
            What the text may name.
        """
        written = self.values(values)
        for each in (f"{prefix}.{key}", f"{prefix}.{key}.bare"):
            if self.words.has(each) and self.words.needs(each) <= set(written):
                return self.words.text(each, **written)
        return self.words.text(f"{prefix}.other", key=key)

    def contradiction(self, item: Mapping[str, Any]) -> str:
        """Say what does not fit together: the sentence of the case of the rule, else of the rule."""
        values = {"since": item.get("since"), **(item.get("values") or {})}
        case = item.get("reason") or item.get("reason_key") or values.get("reason")
        if case and self.words.has(f"contradiction.{item['rule']}.{case}"):
            return self.known("contradiction", f"{item['rule']}.{case}", values)
        return self.known("contradiction", item["rule"], values)

    def status(self, status: Mapping[str, Any]) -> str:
        """Say why a task stands as it does by its records; empty where no reason is given."""
        if not status.get("reason_key"):
            return ""
        values = {
            "since": status.get("since"),
            "due": status.get("due"),
            **(status.get("reason_values") or status.get("values") or {}),
        }
        key = f"status.task.{status['reason_key']}"
        written = self.values(values)
        known = self.words.has(key) and self.words.needs(key) <= set(written)
        return self.words.text(key, **written) if known else ""

    def unscored(self, reason: str) -> str:
        """Say why a task is not scored."""
        return self.known("unscored", reason)

    def values(self, values: Mapping[str, Any] | None) -> dict[str, str]:
        """Write the values that a reason names."""
        known = {name: value for name, value in (values or {}).items() if value is not None and value != ""}
        return {name: self._plain(value, name) for name, value in known.items()}

    def _plain(self, value: object, name: str) -> str:
        """Write a value that came without a unit."""
        if isinstance(value, Mapping):
            return (
                self.quantity({"symbol": units()[value["unit"]].symbol, **value})
                if "unit" in value
                else self.name(value)
            )
        if isinstance(value, dt.date):
            return self.words.date(value)
        if isinstance(value, str) and value in self.called:
            return self.name(self.called[value])
        if isinstance(value, str) and _DATE.fullmatch(value):
            return self.words.partial_date(value)
        if isinstance(value, list | tuple):
            return ", ".join(self._plain(each, name) for each in value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            if "year" in name:
                return str(value)
            return self.money(value) if name in MONEY else self.words.number(value)
        return str(value)


def is_web(address: str | None) -> bool:
    """Tell whether an address may be made a link: the web only, so that no script can hide in one."""
    return urlsplit(address or "").scheme in ("http", "https")
