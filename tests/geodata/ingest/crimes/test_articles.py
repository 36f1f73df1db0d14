"""Articles of the penal code in a text."""

from __future__ import annotations

import pytest

from geodata.ingest.crimes.articles import articles_in


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("Điều 173", "173"), ("Đ173", "173"), ("Đ.173", "173"), ("k2 Đ173", "173"), ("k2đ173", "173"),
        ("Đ173K2", "173"),
        ("điểm a khoản 2 Điều 321 BLHS 2015", "321"), ("173/BLHS", "173"), ("Điều 256a", "256a"), ("256 a", "256a"),
        ("256A", "256a"), ("173 khoản 2", "173"), ("điểm đ khoản 1 Điều 249", "249"), ("Dieu 173", "173"),
        ("Điều 249 Bộ luật Hình sự năm 2015 (sửa đổi, bổ sung năm 2017)", "249"), ("Article 173", "173"),
        ("Điều 321, 322", "321 322"), ("Điều 321 và Điều 322", "321 322"), ("321; 322", "321 322"),
        ("Đ 321 k1, Đ 322 k2", "321 322"), ("247-249", "247 248 249"), ("điểm a, b khoản 1, 2 Điều 321", "321"),
    ],
)  # fmt: skip
def test_an_article_is_found_however_it_is_written(text: str, articles: str) -> None:
    assert articles_in(text) == tuple(articles.split())


@pytest.mark.parametrize(
    "text",
    [
        "Điều 173 BLTTHS", "NĐ 144/2021", "Điều 15 NĐ 144/2021/NĐ-CP", "Điều 7 Luật Phòng, chống ma túy",
        "Điều 138 BLHS 1999", "Bộ luật tố tụng hình sự, Điều 173", "12/03", "12/03/2024", "2024", "phường 4", "",
        "173.500.000 đồng",
    ],
)  # fmt: skip
def test_other_laws_dates_and_sums_are_no_articles(text: str) -> None:
    assert articles_in(text) == ()


def test_each_article_goes_with_its_own_law() -> None:
    assert articles_in("Điều 173 BLHS, Điều 36 BLTTHS") == ("173",)


def test_firmly_only_an_article_written_out_is_one() -> None:
    for text in ("134 assault on a train", "173", "D 173", "Section 134", "S. 201"):
        assert articles_in(text)
        assert articles_in(text, firm=True) == ()
    assert articles_in("tội đánh bạc (Điều 321)", firm=True) == ("321",)
