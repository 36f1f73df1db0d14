"""Every page in its own language on every screen: no foreign word, no number of the other language, no word cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, Page, expect

from dashboard.locale.collect import catalogue_file
from dashboard.words import LANGUAGES, Language
from tests.browser.conftest import DESK, SIZES, Site, watch

pytestmark = pytest.mark.browser
SLOW = 20_000  # ms: a judgement may have to wait for a busy machine
PAGES = (
    "/?category=theft",
    "/persistence?layer=count",
    "/compare?side=periods",
    "/compare?side=groups",
    "/compare?side=quarters",
    "/targets?category=theft",
    "/data?layer=count",
    "/present?layer=count",
    "/present?slide=1",
    "/present?slide=8",
    "/notebook?layer=count",
    "/glossary?layer=count",
    "/start?layer=count",
)
# What is read on the screen or heard from it, and which of it cannot be read whole. A part that is marked as being of
# another language (lang) is left aside, and so is what only a listener gets (.unseen, .skip).
READ = """() => {
  const language = document.documentElement.lang, texts = new Set(), cut = [];
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const own = (e) => (e.closest("[lang]") || document.documentElement).lang === language;
  const called = (e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + "." + (e.getAttribute("class") || "");
  const hides = (overflow) => overflow === "hidden" || overflow === "clip";
  const scrolls = (overflow) => overflow === "auto" || overflow === "scroll";
  const why = (holder, box) => {
    let across = true, down = true;
    for (let e = holder; e && e !== document.body; e = e.parentElement) {
      if (e instanceof SVGElement && !(e instanceof SVGSVGElement)) continue;
      const style = getComputedStyle(e), edge = e.getBoundingClientRect();
      across &&= !scrolls(style.overflowX);
      down &&= !scrolls(style.overflowY);
      if (across && hides(style.overflowX) && (box.right > edge.right + 1 || box.left < edge.left - 1))
        return "hidden across by " + called(e);
      if (down && hides(style.overflowY) && (box.bottom > edge.bottom + 2 || box.top < edge.top - 2))
        return "hidden down by " + called(e);
      if (across && e.matches(".card-sheet, section, article, aside, dialog, fieldset, td, th, button, .pick, .chip")
        && box.right > edge.right + 1) return "beyond the edge of " + called(e);
      if (style.position === "fixed") break;
    }
    const style = getComputedStyle(holder);
    if (hides(style.overflowX) && holder.clientWidth && holder.scrollWidth > holder.clientWidth + 1) return "shortened";
    return across && (box.right > innerWidth + 1 || box.left < -1) ? "beyond the window" : "";
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const said = node.textContent.replace(/\\s+/g, " ").trim(), holder = node.parentElement;
    if (!said || /^(SCRIPT|STYLE|OPTION|TEXTAREA)$/.test(holder.tagName) || holder.closest(".unseen, .skip")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!seen(holder) || box.width < 2 || box.height < 2) continue;
    if (own(holder)) texts.add(said);
    const reason = why(holder, box);
    if (reason) cut.push([said.slice(0, 60), called(holder), reason]);
  }
  const pen = document.createElement("canvas").getContext("2d");
  for (const field of document.querySelectorAll("select, input:is([type=text], [type=search], :not([type]))")) {
    const said = field.tagName === "SELECT" ? field.selectedOptions[0]?.text : field.value || field.placeholder;
    if (!said || !seen(field) || field.clientWidth < 3) continue;
    texts.add(said);
    const style = getComputedStyle(field);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (pen.measureText(said).width > room + 1) cut.push([said.slice(0, 60), called(field), "longer than its field"]);
  }
  for (const each of document.querySelectorAll("[title], [aria-label], [alt]"))
    if (seen(each) && own(each))
      for (const key of ["title", "aria-label", "alt"]) if (each.getAttribute(key)) texts.add(each.getAttribute(key));
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) cut.push([`the page is ${wide} px wider than the window`, "", ""]);
  return { texts: [...texts, document.title], cut };
}"""
VIETNAMESE = re.compile("[ăâđêôơưàáãèéìíòóõùúý\u0129\u0169\u1ea1-\u1ef9]", re.IGNORECASE)
OTHER_NUMBERS = {  # 3.8%, 1,389 in Vietnamese; 3,8 %, 1.389 in English
    "vi": re.compile(r"\d%|(?<![\d.,])\d{1,3}(,\d{3})+(?![\d,])|(?<![\d.,])\d+\.\d{1,2}(?![\d.])"),
    "en": re.compile(r"\d[ \u00a0]%|(?<![\d.,])\d{1,3}(\.\d{3})+(?![\d.])|(?<![\d.,])\d+,\d{1,2}(?![\d,])"),
}
BACKWARDS = re.compile(r"\b\d{4}-\d\d(-\d\d)?\b|\b\d{1,2}/\d{1,2}/\d\d\b")  # dates are dd/mm/yyyy
# The program's name, the other language's own name, a feast's, and examples of what may stand in a file.
OURS = {"Điểm Nóng", "Tiếng Việt", "Tết", "106.112", "106,112"}


@dataclass(frozen=True)
class Told:
    """What a page says on one size of screen."""

    where: str
    texts: list[str]
    cut: list[list[str]]


def walk(browser: Browser, site: Site, language: Language) -> Iterator[Told]:
    """Every page, loaded once and read on every size of screen."""
    for visit in watch(browser, site):
        for path in PAGES:
            visit.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
            visit.page.goto(f"{site.address}{path}&lang={language}", wait_until="domcontentloaded")
            stand(visit.page)
            for name, (width, height) in SIZES.items():
                visit.page.set_viewport_size({"width": width, "height": height})
                visit.page.wait_for_timeout(150)
                found = visit.page.evaluate(READ)
                if found["cut"]:  # a busy machine may not have laid it out anew yet
                    visit.page.wait_for_timeout(1500)
                    found = visit.page.evaluate(READ)
                yield Told(f"{path} {name}", found["texts"], found["cut"])


def stand(page: Page) -> None:
    """Wait until the page no longer changes."""
    page.wait_for_selector("#main :is(h1, h2), .slide :is(h1, h2)", state="attached", timeout=SLOW)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-dash-is-loading=true]")).to_have_count(0, timeout=SLOW)


def names(site: Site) -> list[str]:
    """What is called as the workspace calls it, in every language: places, files, what a row put aside quotes."""
    held = site.answers.snapshot
    found = {*map(held.profile.name, LANGUAGES), *OURS, *(each.name for each in held.files)}
    areas = {name for layer in held.boundaries.layers.values() for name in layer.names}
    found |= {
        *areas,
        *(word for name in areas for word in name.split() if word.isalpha()),
    }  # a map breaks a name into lines
    found |= {each.name for each in held.boundaries.zones} | {each.name for each in held.boundaries.regions}
    for row in site.answers.aside():
        found |= {row.column, *(fact for fact in row.facts.values() if isinstance(fact, str))}
    return sorted(filter(None, found), key=len, reverse=True)


def in_english() -> set[str]:
    """Texts of the catalogue that Vietnamese says otherwise: as they stand they are words of the other language."""
    with catalogue_file("vi").open("rb") as file:
        pairs = {(forms(each.id)[0], forms(each.string)[0]) for each in read_po(file, locale="vi") if each.id}
    return {english for english, vietnamese in pairs if english != vietnamese}


def forms(text: object) -> tuple[str, ...]:
    """A text, or its forms for one and for many."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_one_language_and_no_word_is_cut_on_any_screen(
    browser: Browser, site: Site, language: Language
) -> None:
    known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names(site)))})(?!\w)")
    foreign = in_english()
    wrong: dict[str, str] = {}
    cut: list[object] = []
    for told in walk(browser, site, language):
        cut += [(told.where, *each) for each in told.cut]
        for text in told.texts:
            left = known.sub("", text)
            other = text in foreign if language == "vi" else VIETNAMESE.search(left)
            if other or OTHER_NUMBERS[language].search(left) or BACKWARDS.search(left):
                wrong.setdefault(text, told.where)
    assert (wrong, cut) == ({}, [])
