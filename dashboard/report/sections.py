"""The body of an annual report, section by section: facts in sentences and tables, and the author's places."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard import claims
from dashboard.claims import annual, disclosure, rhythm, target
from dashboard.claims import follow_up as claimed
from dashboard.report import spoken, tables
from dashboard.report.blocks import Author, Block, Heading, Saying, Table
from dashboard.report.found import Found
from dashboard.words import N_
from geodata.answers.targets import Target
from geodata.statistics.concentration import concentration

NAMED = 5  # lasting hot spots named in the text
_MISSED = N_("Groups that missed the target, beyond chance: {groups}.")
_UNCLEAR = N_("Groups of which such counts can tell neither that the target is met nor that it is missed: {groups}.")


def body(found: Found) -> Iterator[Block]:
    """I to V, in the order of such reports."""
    words = found.reading.words
    yield Author("basis")
    yield Heading("I. " + words("Situation"), 1)
    yield from _overall(found)
    yield from _sources(found)
    yield from _times(found)
    yield from _where(found)
    yield from _hot(found)
    yield Author("situation")
    yield Heading("II. " + words("Results"), 1)
    yield from _targets(found)
    yield from _work(found)
    yield Heading("III. " + words("Shortcomings and reasons"), 1)
    yield from _shortcomings(found)
    yield Heading("IV. " + words("Directions"), 1)
    yield from _directions(found)
    yield Heading("V. " + words("Proposals"), 1)
    yield Author("proposals")
    yield Author("other")


def _overall(found: Found) -> Iterator[Block]:
    words, total = found.reading.words, found.last
    yield Heading("1. " + words("In general"), 2)
    facts = {
        "year": str(found.year),
        "days": spoken.days(found.period, words),
        "place": spoken.place(found),
    }
    if found.by_last.comparison.comparable:
        said = words(
            "In statistical year {year} ({days}) {place} recorded {compared}; {certainty}.",
            compared=annual.compared(total, spoken.before(found), words),
            certainty=annual.certainty(total, words),
            **facts,
        )
    else:
        n = words.count(found.totals.recorded)
        said = words("In statistical year {year} ({days}) {place} recorded {n} incidents.", n=n, **facts)
        said += " " + annual.incomparable(spoken.before(found), words)
    yield Saying(said)
    if part := annual.covered(facts["year"], found.period, found.reached, words):
        yield Saying(part)
    reading = found.reading
    yield from (Saying(text) for text in disclosure.lines(reading.names.profile, reading.coarser, words))
    if found.targeted and found.by_base.comparison.comparable and found.baseline_year != found.year - 1:
        yield Saying(
            words(
                "Against the baseline: {compared}; {certainty}.",
                compared=annual.compared(found.since, spoken.baseline(found), words),
                certainty=annual.certainty(found.since, words),
            )
        )
    if found.by_last.comparison.comparable:
        yield Saying(words("By group:"))
        yield from (Saying(_of_group(found, row), "item") for row in found.groups(found.by_last))
        yield from (Saying(_of_category(found, row), "item") for row in found.other(found.by_last))
    yield from _table(tables.of_groups(found))
    yield from (Saying(text) for text in _breaks(found))


def _of_group(found: Found, row: Target) -> str:
    return _of(spoken.of_group(found, row.group), row, found)


def _of_category(found: Found, row: Target) -> str:
    return _of(_kind(found, row.category), row, found)


def _of(name: str, row: Target, found: Found) -> str:
    words = found.reading.words
    compared = annual.compared(row, spoken.before(found), words)
    if not row.now and not row.before:
        return f"{name}: {compared}."
    return words(
        "{group}: {compared}; {certainty}.", group=name, compared=compared, certainty=annual.certainty(row, words)
    )


def _breaks(found: Found) -> Iterator[str]:
    """Days between what is compared on which a series breaks, and the articles that count from then on."""
    words, names = found.reading.words, found.reading.names
    first = min(found.by_last.comparison.before.start, found.by_base.comparison.before.start)
    for event in names.profile.event_list():
        if first < event.day <= found.period.end:
            yield annual.broken(event, words)
    for category in found.reading.snapshot.categories:
        for article in category.articles:
            if article.since is not None and first < article.since <= found.period.end:
                label = category.label(words.language)
                yield annual.article(article.number, words.date(article.since), label, words)


def _sources(found: Found) -> Iterator[Block]:
    words = found.reading.words
    yield Heading("2. " + words("How incidents became known"), 2)
    yield Saying(annual.looking(words))
    yield from _table(tables.of_sources(found))


def _times(found: Found) -> Iterator[Block]:
    words = found.reading.words
    yield Heading("3. " + words("Hours and weekdays"), 2)
    if found.rhythm is None:
        yield Saying(words("Hours and weekdays are told only to those who may see exact places."))
    else:
        yield Saying(f"{rhythm.peak(found.rhythm, words)} {rhythm.unknown(found.rhythm, words)}")
        yield from _table(tables.of_hours(found.rhythm, words))
        yield from _table(tables.of_weekdays(found.rhythm, words))
    yield Saying(annual.season(words))


def _where(found: Found) -> Iterator[Block]:
    words = found.reading.words
    yield Heading("4. " + words("Places"), 2)
    off = annual.off_map(found.totals.recorded, found.totals.placed, words)
    lost = found.last.before - sum(row.before for row in found.communes)
    if found.by_last.comparison.comparable and lost != found.totals.not_placed:
        off += " " + annual.off_map_before(lost, spoken.before(found), words)
    yield Saying(off)
    most = sorted(found.communes, key=lambda row: -row.now)
    told = annual.places([(row.name, row.now) for row in most], words)
    spread = claims.concentration(concentration([row.now for row in found.communes]), words)
    if told:
        yield Saying(" ".join(filter(None, (told, spread))))
    if len(found.districts) > 1:
        title = (
            words("Recorded incidents by district")
            if found.district_level
            else words("Recorded incidents by area of responsibility")
        )
        head = words("District") if found.district_level else words("Area of responsibility")
        yield from _table(tables.of_places(found, found.districts, title, head))
    yield Saying(words("The numbers of each area stand in annex I."))
    if not any(row.now or row.before for row in found.zones):
        if found.zones:
            yield Saying(words("No incident was recorded in a border zone, in this year or in the one before."))
    else:
        yield from _table(tables.of_zones(found))
        yield Saying(annual.borders(words))


def _hot(found: Found) -> Iterator[Block]:
    words = found.reading.words
    rows = [row for row in found.register.rows if row.lasting]
    yield Heading("5. " + words("Hot spots"), 2)
    if not any(each.bins for each in found.register.judged) or not found.register.rows:
        yield Saying(claimed.nothing(found.register, words))
    else:
        followed = sum(row.standing.followed for row in rows)
        yield Saying(" ".join((annual.lasting(len(rows), followed, words), *claimed.rule(found.register.rule, words))))
        named = [f"{row.name} ({_kind(found, row.spot.category)})" for row in rows[:NAMED]]
        if named:
            yield Saying(words("The worst of them: {places}; all of them stand in annex III.", places=", ".join(named)))
    yield Saying(annual.new(len(found.new), words))
    yield from _table(tables.of_new(found))
    yield Saying(words("Note: {meaning}.", meaning=claimed.meaning(words)), "note")


def _targets(found: Found) -> Iterator[Block]:
    words, told = found.reading.words, found.by_base.comparison
    yield Heading("1. " + words("The targets"), 2)
    if not found.targeted:
        year = str(found.year)
        yield Saying(words("No baseline year before {year} is set: the targets are not judged.", year=year))
        return
    if not (told.reached and told.comparable):
        yield Saying(annual.incomparable(spoken.baseline(found), words))
        return
    yield Saying(
        words(
            "Each group is held against {baseline}. Three statements are made, each for itself: by the counts; whether "
            "the change is more than chance; whether the target itself is met, missed or unclear.",
            baseline=spoken.baseline(found),
        )
    )
    yield from _table(tables.of_targets(found))
    for row in found.groups(found.by_base):
        if row.now or row.before:
            yield Saying(_three(found, row), "item")


def _three(found: Found, row: Target) -> str:
    words = found.reading.words
    said = words(
        "{group}: {arithmetic}; {change}; {verdict}.",
        group=spoken.of_group(found, row.group),
        arithmetic=target.arithmetic(row, words).text,
        change=target.change(row, words).text,
        verdict=target.verdict(row, words).text,
    )
    outlook = target.outlook(row, found.period, words)
    further = [f"{outlook[0].upper()}{outlook[1:]}." if outlook else ""]
    if row.discovered and row.now < row.before:
        further.append(words("Most of these were discovered by police: a fall can mean less looking."))
    return " ".join(filter(None, (said, *further)))


def _work(found: Found) -> Iterator[Block]:
    words = found.reading.words
    yield Heading("2. " + words("Work done"), 2)
    yield Author("work")
    yield Heading("3. " + words("Work at hot spots"), 2)
    for row in found.register.rows:
        if row.standing.followed and row.standing.follow_up is not None:
            step = claimed.now(row.standing.follow_up.now, words)
            checked = claimed.check(row.standing, words)
            kind = _kind(found, row.spot.category)
            yield Saying(f"{row.name}, {kind}: {'; '.join(filter(None, (step, checked)))}.", "item")
    yield Author("hot_spots")


def _shortcomings(found: Found) -> Iterator[Block]:
    words = found.reading.words
    yield Heading("1. " + words("Shortcomings"), 2)
    for text in _gaps(found):
        yield Saying(text, "fact")
    yield Author("shortcomings")
    yield Heading("2. " + words("Reasons"), 2)
    yield Saying(words("The data name no reason for a change; this place is the author's."), "fact")
    yield Author("reasons")


def _gaps(found: Found) -> Iterator[str]:
    """Facts that the author may want for the shortcomings."""
    words = found.reading.words
    if found.targeted and found.by_base.comparison.comparable:
        judged = [row for row in found.groups(found.by_base) if row.now or row.before]
        for verdict, said in (("missed", _MISSED), ("unclear", _UNCLEAR)):
            named = "; ".join(spoken.of_group(found, row.group) for row in judged if row.verdict == verdict)
            if named:
                yield words(said, groups=named)
    alone = sum(row.lasting and not row.standing.followed for row in found.register.rows)
    if alone:
        yield words.plural(
            "{n} lasting hot spot is not followed up.", "{n} lasting hot spots are not followed up.", alone
        )
    if off := found.totals.not_placed:
        yield words("Recorded without a place on the map: {n}.", n=words.count(off))
    if aside := found.reading.answers.facts(found.reading.scope).quarantined:
        yield words("Rows of the files that were put aside and are not counted: {n}.", n=words.number(aside))


def _directions(found: Found) -> Iterator[Block]:
    words, told = found.reading.words, found.by_base.comparison
    if found.targeted and told.reached and told.comparable:
        for row in found.groups(found.by_base):
            if not row.baseline:
                continue
            most = int(row.target * row.baseline + 1e-9)
            yield Saying(annual.limit(spoken.of_group(found, row.group), most, words("a year"), words), "fact")
    yield Author("directions")


def _kind(found: Found, category: str) -> str:
    return found.reading.names.category(category, found.reading.words.language)


def _table(table: Table) -> Iterator[Block]:
    if table.rows:
        yield table
