"""The reconciliation as plain values, the same for the command and the browser. Counts nothing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from geodata.answers.answer import FileTally, Reconciliation


def plain_values(whole: Reconciliation) -> dict[str, Any]:
    """Everything by name: the sums, then files, months, categories and editions as lists."""
    keys = [key for key, _ in whole.categories]
    return {
        "generation": whole.facts.generation,
        "read": whole.read,
        **asdict(whole.placed),
        "quarantined": whole.quarantined,
        "unreadable": whole.unreadable,
        "outstanding": whole.outstanding,
        "spans": whole.spans,
        "precision": {precision.value: n for precision, n in whole.precisions.items()},
        "reasons": dict(whole.reasons),
        "files": [_file(file) for file in whole.files],
        "months": [
            {"month": f"{month:%Y-%m}", **asdict(tally), "by_category": dict(zip(keys, counts.tolist(), strict=True))}
            for (month, tally), counts in zip(whole.months, whole.by_month, strict=True)
        ],
        "categories": [{"category": key, **asdict(tally)} for key, tally in whole.categories],
        "editions": [{**asdict(each), "placed": each.placed} for each in whole.editions],
    }


def _file(file: FileTally) -> dict[str, Any]:
    return {
        "file": file.name,
        "loaded_at": file.loaded_at.isoformat(),
        "read": file.read,
        **asdict(file.placed),
        "quarantined": file.quarantined,
        "unreadable": file.unreadable,
        "outstanding": file.outstanding,
        "spans": file.spans,
        "reasons": dict(file.reasons),
    }
