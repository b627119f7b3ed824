"""Pages: results in, HTML out. Nothing is computed here but where a mark stands on the paper."""

from __future__ import annotations

from aport.pages.report import render_report

__all__ = ["render_report"]
