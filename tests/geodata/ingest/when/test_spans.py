"""Times in words: from when to when."""

from __future__ import annotations

import pytest

from geodata.ingest.when.spans import NO_SPAN, PARTS, Span, read_hours_span, read_span
from geodata.ingest.when.spellings import written


def said(span: Span) -> str:
    """``12/03/2025 22:00 - 13/03/2025 05:59``, one moment once, no hour where it is unknown."""
    if span == NO_SPAN:
        return "-"
    ends = [
        written(day) + (f" {minute // 60:02d}:{minute % 60:02d}" if minute >= 0 else "")
        for day, minute in ((span.day, span.minute), (span.day_to, span.minute_to))
    ]
    return ends[0] if ends[0] == ends[1] else " - ".join(ends)


NIGHT = "12/03/2025 22:00 - 13/03/2025 05:59"
TO_FIVE = "12/03/2025 22:00 - 13/03/2025 05:00"
TWO_HOURS = "12/03/2025 20:00 - 12/03/2025 22:00"
FOUR_DAYS = "12/03/2025 - 15/03/2025"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("đêm 12 rạng 13/3/2025", NIGHT),
        ("đêm 12 rạng sáng 13/3/2025", NIGHT),
        ("đêm 12/3 rạng 13/3/2025", NIGHT),
        ("Đêm ngày 12, rạng sáng ngày 13/03/2025", NIGHT),
        ("dem 12 rang sang 13/3/2025", NIGHT),
        ("dem 12 sang 13/3/2025", NIGHT),
        ("đêm 12-13/3/2025", NIGHT),
        ("đêm 12/3/2025", NIGHT),
        ("night of 12-13 March 2025", NIGHT),
        ("đêm rạng sáng 13/3/2025", NIGHT),
        ("22h ngày 12 rạng sáng 13/3/2025", NIGHT),
        ("đêm 31/12 rạng 1/1/2025", "31/12/2024 22:00 - 01/01/2025 05:59"),
        ("đêm 31/12/2024 rạng 1/1", "31/12/2024 22:00 - 01/01/2025 05:59"),
        ("đêm 28 rạng 1/3/2025", "28/02/2025 22:00 - 01/03/2025 05:59"),
        ("từ 22h ngày 12/3 đến 5h ngày 13/3/2025", TO_FIVE),
        ("Từ 22h00' ngày 12/03/2025 đến 05h00' ngày 13/03/2025", TO_FIVE),
        ("từ 22 giờ ngày 12 đến 5 giờ ngày 13/3/2025", TO_FIVE),
        ("22h ngày 12/3/2025 đến 5h sáng hôm sau", TO_FIVE),
        ("22h - 5h ngày 12/3/2025", TO_FIVE),
        ("12/3/2025 22:00 - 13/3/2025 05:00", TO_FIVE),
        ("from 10pm on March 12 to 5am on March 13, 2025", TO_FIVE),
        ("22h30 ngày 12/3/2025", "12/03/2025 22:30"),
        ("khoảng 22h ngày 12/3/2025", "12/03/2025 22:00"),
        ("22 giờ 30 phút, ngày 12 tháng 3 năm 2025", "12/03/2025 22:30"),
        ("ngày 12/3/2025 lúc 22h30'", "12/03/2025 22:30"),
        ("8 giờ tối ngày 12/3/2025", "12/03/2025 20:00"),
        ("1h trưa 12/3/2025", "12/03/2025 13:00"),
        ("11h đêm 12/3/2025", "12/03/2025 23:00"),
        ("khoảng 20h-22h ngày 12/3/2025", TWO_HOURS),
        ("20-22h ngày 12/3/2025", TWO_HOURS),
        ("20h00 - 22h00 12/3/2025", TWO_HOURS),
        ("12/3/2025 20:00–22:00", TWO_HOURS),
        ("từ 20h tới 22h ngày 12/3/2025", TWO_HOURS),
        ("tu 20h toi 22h ngay 12/3/2025", TWO_HOURS),
        ("between 20:00 and 22:00 on 12/3/2025", TWO_HOURS),
        ("từ 20h đến 24h ngày 12/3/2025", "12/03/2025 20:00 - 12/03/2025 23:59"),
        ("12/3/2025 - 15/3/2025", FOUR_DAYS),
        ("12/3/2025 đến 15/3/2025", FOUR_DAYS),
        ("từ ngày 12 đến ngày 15/3/2025", FOUR_DAYS),
        ("12-15/3/2025", FOUR_DAYS),
        ("2025-03-12 - 2025-03-15", FOUR_DAYS),
        ("từ 22h ngày 12/3 đến 15/3/2025", "12/03/2025 22:00 - 15/03/2025 23:59"),
        ("sáng 12/3/2025", "12/03/2025 06:00 - 12/03/2025 10:59"),
        ("trưa 12/3/2025", "12/03/2025 11:00 - 12/03/2025 12:59"),
        ("chiều ngày 12/3/2025", "12/03/2025 13:00 - 12/03/2025 17:59"),
        ("12/3/2025 (tối)", "12/03/2025 18:00 - 12/03/2025 21:59"),
        ("rạng sáng 13/3/2025", "13/03/2025 00:00 - 13/03/2025 05:59"),
        ("từ tối 12/3 đến sáng 13/3/2025", "12/03/2025 18:00 - 13/03/2025 10:59"),
        ("03/2025", "01/03/2025 - 31/03/2025"),
        ("2025-02", "01/02/2025 - 28/02/2025"),
        ("tháng 3/2025", "01/03/2025 - 31/03/2025"),
        ("Tháng 12 năm 2024", "01/12/2024 - 31/12/2024"),
        ("March 2025", "01/03/2025 - 31/03/2025"),
    ],
)
def test_a_wording_is_a_span(text: str, meant: str) -> None:
    assert said(read_span(text)[0]) == meant


@pytest.mark.parametrize(
    "text",
    [
        "2025", "12/3", "đêm 12 rạng 13", "đêm 12 rạng 15/3/2025", "31/02/2025 tối", "12h đêm 12/3/2025", "chiều",
        "22h", "25h ngày 12/3/2025", "hôm qua", "13/2025", "12/3/2025 - 13/3/2025 - 14/3/2025", "đêm đêm 12/3/2025", "",
        "- 12/3/2025", "x" * 200,
    ],
)  # fmt: skip
def test_what_is_no_span_is_none(text: str) -> None:
    assert read_span(text) == (NO_SPAN, NO_SPAN)


def test_numbers_are_read_in_both_orders_and_words_in_one() -> None:
    assert [said(span) for span in read_span("22h30 3/12/2025")] == ["03/12/2025 22:30", "12/03/2025 22:30"]
    assert [said(span) for span in read_span("3/12 - 3/15/2025")] == ["-", FOUR_DAYS]
    assert [said(span) for span in read_span("tối 12 tháng 3 năm 2025")] == ["12/03/2025 18:00 - 12/03/2025 21:59"] * 2


def test_an_end_before_its_start_is_left_to_be_told() -> None:
    span = read_span("15/3/2025 - 12/3/2025")[0]
    assert (written(span.day), written(span.day_to)) == ("15/03/2025", "12/03/2025")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("20h-22h", (1200, 1320, False)),
        ("từ 20 giờ đến 22 giờ", (1200, 1320, False)),
        ("tối", (1080, 1319, False)),
        ("đêm", (1320, 359, True)),
        ("22h-2h", (1320, 120, True)),
        ("khoảng 20h", (1200, 1200, False)),
        ("20", None),
        ("20h ngày 12/3/2025", None),
        ("", None),
    ],
)
def test_hours_alone_are_read(text: str, hours: tuple[int, int, bool] | None) -> None:
    assert read_hours_span(text) == hours


def test_the_parts_of_the_day_cover_it_and_only_dawn_and_night_share_hours() -> None:
    seen = [minute for name, (first, last) in PARTS.items() if name != "night" for minute in range(first, last + 1)]
    night = [*range(PARTS["night"][0], 1440), *range(PARTS["night"][1] + 1)]
    assert sorted({*seen, *night}) == list(range(1440))
    assert len(seen) == len(set(seen))
    assert {minute for minute in night if minute in set(seen)} == set(range(360))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(
            (text, "01/03/2024 - 31/03/2024")
            for text in ("Mar-24", "Mar '24", "Mar-2024", "2024 Mar", "202403", "T3/2024")
        ),
        *((text, "01/03/2024 - 31/03/2024") for text in ("Thg 3 2024", "tháng 3 - 2024", "tháng 3, năm 2024")),
        *((text, "24/03/2024") for text in ("24-Mar-24", "24-MAR-2024", "24Mar2024", "2024-Mar-24", "Sun Mar 24 2024")),
        ("24-Mar-2024 22:15", "24/03/2024 22:15"),
        ("Sunday, 24 March 2024", "24/03/2024"),
        ("Thu 7 Mar 2024", "07/03/2024"),
        ("Thứ Ba, 12/3/2024", "12/03/2024"),
        ("thứ 3 ngày 12/3/2024", "12/03/2024"),
        ("T3 12/03/2024", "12/03/2024"),
        ("từ 22h thứ bảy ngày 9/3 đến 5h chủ nhật 10/3/2024", "09/03/2024 22:00 - 10/03/2024 05:00"),
        ("12 Mar-15 Mar 2025", FOUR_DAYS),
        ("202413", "-"),
        ("Mar-13-24", "-"),
    ],
)
def test_months_by_name_and_weekdays_are_read_as_programs_and_people_write_them(text: str, meant: str) -> None:
    assert said(read_span(text)[0]) == meant
