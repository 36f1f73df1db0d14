"""Named exceptions of the ground floor. Each message says the value, what was expected and the remedy.

A message is an English template with named facts (``"{file}: no column «{column}»"``), so that a screen can look the
template up in its catalogue and speak Vietnamese, while ``str(error)`` stays readable English for a terminal.
"""

from pathlib import PurePath


def visible(text: str) -> str:
    """The text on one line, with the letters nobody sees (marks that turn the writing, controls) written as codes."""
    if text.isprintable():
        return text
    return "".join(" " if c.isspace() else c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools know
    """Mark a text for the catalogue and return it as it is."""
    return text


class DiemNongError(Exception):
    """Something a person can mend. ``template`` is the English text, ``facts`` fill its named places.

    Names of files, sheets and columns are made by strangers: what would break or turn the line is shown as a code.
    """

    def __init__(self, template: str, /, **facts: object) -> None:
        self.template = template
        facts = {name: visible(str(fact)) if isinstance(fact, str | PurePath) else fact for name, fact in facts.items()}
        self.facts = facts
        super().__init__(template.format(**facts) if facts else template)


class ProfileError(DiemNongError):
    """``profile.toml`` is missing, is not TOML, or holds a key or value that is not allowed."""


class BoundaryError(DiemNongError):
    """A boundary, zone, succession or region file cannot be used as it is."""


class FileRefusedError(DiemNongError):
    """An incident file was refused whole: nothing of it was loaded and the store is unchanged."""


class PeopleRefusedError(FileRefusedError):
    """A file refused because it speaks of people, where the profile takes no such file: no mapping can cure that."""


class QuestionError(DiemNongError):
    """A question names something the workspace does not have (an edition, a level, an area, a category)."""


class ScopeError(DiemNongError):
    """More was asked for than the asker may see: a fault of ours, for what is asked is cut to the scope before."""


class StoreError(DiemNongError):
    """The workspace's store is absent, damaged or of another version."""
