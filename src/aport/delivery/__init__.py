"""What really happened: records that are only ever added, how tasks and projects stand, what does not fit together."""

from aport.delivery.contradictions import RULES, Contradiction
from aport.delivery.following import Followed, follow
from aport.delivery.record import Record, record_faults
from aport.delivery.status import Status
from aport.delivery.store import CsvStore, RecordStore

__all__ = [
    "RULES",
    "Contradiction",
    "CsvStore",
    "Followed",
    "Record",
    "RecordStore",
    "Status",
    "follow",
    "record_faults",
]
