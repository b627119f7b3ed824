"""What the tests of the pages share."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.invented import invented
from tests.pages.invented_chain import chained


@pytest.fixture(params=[invented, chained], ids=["measured", "whole"])
def results(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Results of the invented city, which a test may change: up to the measures, and with all that follows them."""
    made: dict[str, Any] = request.param()
    return made


@pytest.fixture
def measured() -> dict[str, Any]:
    """Results as they were before there were projects."""
    return invented()


@pytest.fixture
def whole() -> dict[str, Any]:
    """Results with projects, a programme, records and contradictions."""
    return chained()
