"""Effects as rows of the computed table `effects`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

    from aport.models.contract import Model, S


def effect_rows(model: Model[S], state: S, projects: Collection[str]) -> list[dict[str, Any]]:
    """Give what each project alone would do to each indicator, by place and year, ordered by project.

    Alone means beside nothing but the work that is done or under way.
    """
    return [
        {
            "project": project,
            "indicator": effect.indicator,
            "place": effect.place,
            "year": effect.year,
            "model": model.name,
            "unit": effect.unit,
            "baseline": effect.baseline,
            "value": effect.value,
            "low": effect.low,
            "high": effect.high,
            "grade": effect.grade,
            "assumed": effect.assumed,
            "evidence": " ".join(effect.evidence),
        }
        for project in sorted(projects)
        for effect in model.apply(state, {project}).by_key.values()
    ]
