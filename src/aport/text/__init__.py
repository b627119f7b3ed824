"""The words of people: catalogues in Kazakh, Russian and English, with numbers, dates and plural forms.

The numbers and dates come from a small table of our own (`cldr.json`) whose values are those of the Unicode
Common Locale Data Repository, because neither Python nor most browsers know Kazakh.

>>> from aport.text import translator
>>> translator("ru").date("2019-10-29").split()
['29', 'октября', '2019', 'г.']
"""

from __future__ import annotations

from aport.text.catalogue import LANGUAGES, Text, translator

__all__ = ["LANGUAGES", "Text", "translator"]
