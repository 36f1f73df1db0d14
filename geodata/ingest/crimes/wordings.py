"""Every way of naming each category of a profile: keys, labels, synonyms, phrases, articles. Reads no column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from geodata.ingest.wording import plain, words
from geodata.vocabulary import Article, Category

LONGEST_PHRASING: Final = 60  # words of a cell that are looked through for a phrase
LIKE_ENOUGH: Final = 60.0  # percent, for what is merely proposed
PARTLY_LIKE: Final = 80.0
# What may stand before the phrase without changing what happened; a word such as «không», «tiêu thụ» or «giết» does.
_LEAD: Final = frozenset({
    "toi", "pham", "vu", "an", "viec", "hanh", "vi", "nghi", "van", "co", "dau", "hieu", "cua", "ve", "tin", "bao",
    "to", "giac", "bi", "hai", "phat", "hien", "bat", "qua", "tang", "giu", "doi", "tuong", "nhom", "xay", "ra",
    "mot", "ba", "cac", "nhieu", "tu", "tap", "tham", "gia", "lien", "quan", "den", "dieu", "khoan", "diem", "dang",
    "thuc", "ten", "loai", "nguoi", "crime", "case", "of", "offence", "offense",
})  # fmt: skip
_AND: Final = frozenset({"va", "kem", "cung"})


@dataclass(frozen=True, slots=True)
class Wordings:
    """Every way of naming each category."""

    by_wording: dict[str, str] = field(default_factory=dict)  # normalised wording -> key
    by_plain: dict[str, str] = field(default_factory=dict)  # without diacritics, only where one category is meant
    by_article: dict[str, list[tuple[str, Article]]] = field(default_factory=dict)  # number -> keys, and their days
    labels: dict[str, str] = field(default_factory=dict)  # normalised wording -> as written, for proposals
    spelled: dict[str, str] = field(default_factory=dict)  # normalised wording -> without diacritics
    names: dict[str, str] = field(default_factory=dict)  # key -> the category's name
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)  # by their first word
    vocabulary: dict[str, frozenset[str]] = field(default_factory=dict)  # key -> the words of its phrases, plain

    @property
    def keys(self) -> frozenset[str]:
        """The profile's category keys."""
        return frozenset(self.names)

    @property
    def turns(self) -> tuple[date, ...]:
        """The days on which some article begins to mean a category, or has ceased to."""
        every = (article for meant in self.by_article.values() for _, article in meant)
        return tuple(sorted({day for article in every for day in Category("", "", "", "", (article,)).breaks}))

    def named(self, text: str) -> str:
        """The key of the category that the text names and nothing else, "" where there is none."""
        name = words(text)
        return self.by_wording.get(name) or (self.by_plain.get(name, "") if name.isascii() else "")

    def within(self, text: str) -> str:
        """The key of the one category of which the text holds a phrase: «Vụ trộm cắp tài sản tại ấp 3»; else "".

        A phrase is a label or synonym of two words or more, whole. Before it only words may stand that lead to it or
        are the category's own; where a second category is named, or «và» goes on to something else, nothing is taken.
        """
        said = words(text).split()[:LONGEST_PHRASING]
        bare = [plain(word) for word in said]
        found: set[str] = set()
        sound = True
        for place, word in enumerate(bare):
            for phrase, key in self.phrases.get(word, ()):
                if not _stands(phrase, place, said, bare):
                    continue
                found.add(key)
                own = self.vocabulary[key]
                after = bare[place + len(phrase) : place + len(phrase) + 2]
                sound &= all(one in _LEAD | _AND | own or one[0].isdigit() for one in bare[:place])
                sound &= not (after and after[0] in _AND and not (len(after) == 2 and after[1] in own))
        return found.pop() if len(found) == 1 and sound else ""

    def meant(self, articles: Iterable[str], day: date | None) -> tuple[dict[str, str], list[tuple[str, Article]]]:
        """Keys of the categories that the articles mean on a day (None: any), each with its first article.

        Beside them the articles that would mean one, but not on that day.
        """
        keys: dict[str, str] = {}
        idle: list[tuple[str, Article]] = []
        for number in articles:
            for key, article in self.by_article.get(number, ()):
                if day is None or article.in_force(day):
                    keys.setdefault(key, number)
                else:
                    idle.append((key, article))
        return keys, idle

    def nearest(self, text: str) -> dict[str, str]:
        """Up to three categories to propose for a wording: key -> the label that is like it."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - takes 0.02 s, and most wordings are known

        said = plain(words(text))[:100]
        near = process.extract(
            said, self.spelled, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=6
        ) or process.extract(said, self.spelled, scorer=fuzz.token_set_ratio, score_cutoff=PARTLY_LIKE, limit=6)
        found: dict[str, str] = {}
        for _, _, name in near:
            found.setdefault(self.by_wording[name], self.labels[name])
        return dict(list(found.items())[:3])


def _stands(phrase: tuple[str, ...], place: int, said: list[str], bare: list[str]) -> bool:
    """Whether the phrase stands there: as written where it has diacritics, without them where the text has none."""
    part = slice(place, place + len(phrase))
    if tuple(said[part]) == phrase:
        return True
    return tuple(bare[part]) == tuple(plain(word) for word in phrase) and all(word.isascii() for word in said)


def wordings_of(categories: Iterable[Category]) -> Wordings:
    """Index the categories; the first in the profile wins a shared wording."""
    known = Wordings()
    ambiguous: set[str] = set()
    for category in categories:
        known.names[category.key] = category.vi
        own: set[str] = set()
        for text in (category.key, category.key.replace("_", " "), category.vi, category.en, *category.synonyms):
            name = words(text)
            known.by_wording.setdefault(name, category.key)
            known.labels.setdefault(name, text)
            known.spelled.setdefault(name, plain(name))
            if known.by_plain.setdefault(plain(name), category.key) != category.key:
                ambiguous.add(plain(name))
            phrase = tuple(name.split())
            own.update(plain(word) for word in phrase)
            if len(phrase) > 1 and known.by_wording[name] == category.key:
                known.phrases.setdefault(plain(phrase[0]), []).append((phrase, category.key))
        known.vocabulary[category.key] = frozenset(own)
        for article in category.articles:
            number = plain(article.number).replace(" ", "")
            known.by_article.setdefault(number, []).append((category.key, article))
    for bare in ambiguous:
        del known.by_plain[bare]
    return known
