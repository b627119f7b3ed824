"""What the tests of the pages share."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.invented import invented


@pytest.fixture
def results() -> dict[str, Any]:
    """Results of the invented city, which a test may change."""
    return invented()
