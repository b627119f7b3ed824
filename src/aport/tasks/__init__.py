"""Text to proposed tasks and statements: a machine proposes, a person accepts.

`read` reads files, `read_text` a text; `compare` holds the proposals against the accepted register.
"""

from aport.tasks.comparing import Comparison, compare
from aport.tasks.language import guess_language
from aport.tasks.model import KINDS, ROLES, TOPICS, Figure, Proposal, Reading, Sentence
from aport.tasks.reading import READERS, read_files, read_text, to_json
from aport.tasks.reading import read_files as read

__all__ = [
    "KINDS",
    "READERS",
    "ROLES",
    "TOPICS",
    "Comparison",
    "Figure",
    "Proposal",
    "Reading",
    "Sentence",
    "compare",
    "guess_language",
    "read",
    "read_files",
    "read_text",
    "to_json",
]
