"""The usual layouts, read a column at a time."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.ingest.when.layouts import read_usual
from geodata.ingest.when.spellings import BAD_MINUTE, NO_DAY, parse_clock, parse_day

USUAL = r"(?a:(\d{4}-[01]\d-[0-3]\d|[0-3]\d/[0-3]\d/(19|20)\d\d)([ T][0-2]\d:[0-6]\d(:[0-6]\d(\.\d{3})?)?)?)"


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.from_regex(USUAL, fullmatch=True),
            st.text(max_size=3).map(str.strip),
            st.just("29/02/2023"),
            st.just("02/29/2024"),
            st.just("0000-01-01"),
        )
    )
)
def test_the_usual_layouts_read_at_once_are_what_each_spelling_says(cells: list[str]) -> None:
    usual = read_usual(pd.Series([cell.encode("utf-8", "replace").decode() for cell in cells], dtype="str"))
    month_first = dict(zip(usual.turnable.tolist(), usual.turned.tolist(), strict=True))
    for at, cell in enumerate(cells):
        day, minute = int(usual.day[at]), int(usual.minute[at])
        clock = parse_clock(cell[11:])[0]
        said = [parse_day(cell[:10], month_first=each)[0] for each in (False, True)]
        if len(cell) < 10 or clock == BAD_MINUTE:
            assert (day, at in month_first) == (NO_DAY, False)
        else:
            assert [day, month_first.get(at, day)] == said
            assert minute == (clock if max(said) != NO_DAY else -1)
        assert usual.unread[at] == (day == NO_DAY and at not in month_first)
