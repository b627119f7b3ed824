"""The reader of Kazakh: morphology, predicates, spans and details, with word lists beside them."""

from aport.tasks.kazakh.reader import read_kazakh

__all__ = ["read_kazakh"]
