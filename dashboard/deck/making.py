"""Slides of one generation -> the bytes of a deck. Chooses no slide."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.deck import ends, findings, template
from dashboard.deck.packing import packed
from dashboard.reading import Reading
from dashboard.slides import shown
from dashboard.stamp import fingerprint
from geodata.errors import QuestionError
from geodata.notebook import Slide


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the deck is called, when and for whom it is made."""

    title: str
    now: datetime
    user: str = ""


def make(reading: Reading, slides: Sequence[Slide], occasion: Occasion, told: Callable[[int, int], None]) -> bytes:
    """The deck: a first slide, one a finding, and the words. All of it from the generation of the reading.

    ``told`` is called with how many slides are made, of how many. Raises QuestionError where nothing is loaded.
    """
    if not reading.loaded:
        raise QuestionError(
            "there is nothing to make slides of: load boundaries and incidents first (diemnong boundaries add, "
            "diemnong ingest)"
        )
    if not slides:
        raise QuestionError("the script has no slides; name at least one view")
    answers = reading.answers.pinned()
    of_show = [shown(each, reading.view, answers, reading.scope) for each in slides]
    deck = template.empty()
    heading = occasion.title or reading.words("Recorded incidents: where, since when, and how sure")
    ends.open_with(deck, of_show, heading, now=occasion.now, user=occasion.user)
    for done, each in enumerate(of_show):
        told(done, len(of_show))
        findings.add(deck, each, now=occasion.now, user=occasion.user)
    ends.close_with(deck, of_show)
    told(len(of_show), len(of_show))
    held = deck.core_properties
    held.title, held.author, held.last_modified_by = heading, "Điểm Nóng", occasion.user or "Điểm Nóng"
    held.subject, held.identifier = reading.names.profile.name(reading.words.language), fingerprint(of_show[0].reading)
    held.language, held.revision, held.keywords = reading.words.language, 1, reading.names.profile.marking
    held.created = held.modified = occasion.now.astimezone(UTC)  # it is written as UTC
    out = io.BytesIO()
    deck.save(out)
    return packed(out.getvalue(), occasion.now)
