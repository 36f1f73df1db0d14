"""How the files of one source are read, as a person decided it: a small TOML file. Reads no incident file.

[columns]                      # field = header
occurred = "Ngày xảy ra"
hour = ""                      # from no column, whatever the headers say
[categories]                   # wording = category key
"đá gà" = "gambling"
[dates]
order = "dmy"                  # or "mdy"
[coordinates]
crs = "EPSG:9209"
swapped = true                 # the two columns hold each other's numbers
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, Literal

from geodata.errors import FileRefusedError
from geodata.ingest.headings.dictionary import FIELDS

DateOrder = Literal["", "dmy", "mdy"]
_TABLES: Final = {"columns": None, "categories": None, "dates": ("order",), "coordinates": ("crs", "swapped")}


@dataclass(frozen=True, slots=True)
class Recipe:
    """The decisions. An empty one leaves everything to what the file says of itself."""

    columns: Mapping[str, str] = field(default_factory=dict)  # field -> header
    categories: Mapping[str, str] = field(default_factory=dict)  # wording -> category key
    date_order: DateOrder = ""
    crs: str = ""
    swapped: bool = False

    def to_json(self) -> str:
        """The recipe as one line that :func:`from_json` reads, the same for the same decisions."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    def to_toml(self) -> str:
        """The recipe as a file for ``--mapping``."""
        tables = {
            "columns": self.columns,
            "categories": self.categories,
            "dates": {"order": self.date_order} if self.date_order else {},
            "coordinates": {"crs": self.crs} if self.crs else {},
        }
        lines: list[str] = []
        for name, table in tables.items():
            rows = [f"{_quoted(key)} = {_quoted(value)}" for key, value in table.items()]
            if name == "coordinates" and self.swapped:
                rows.append("swapped = true")
            lines += [f"[{name}]", *rows] if rows else []
        return "\n".join(lines) + "\n"


EMPTY: Final = Recipe()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def from_json(text: str) -> Recipe:
    """A recipe that :meth:`Recipe.to_json` wrote."""
    return Recipe(**json.loads(text))


def read_recipe(path: Path) -> Recipe:
    """Read a mapping file. Raises FileRefusedError naming the file, the key and what is allowed."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise FileRefusedError("the mapping {file} does not exist", file=path.name) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileRefusedError(
            "the mapping {file} is not readable TOML: {detail}", file=path.name, detail=error
        ) from None
    if not raw:
        raise FileRefusedError(
            'the mapping {file} has no table [columns] with lines such as occurred = "Ngày xảy ra"', file=path.name
        )
    return check_recipe(raw, file=path.name)


def check_recipe(raw: Mapping[str, object], *, file: str) -> Recipe:
    """The tables of a mapping file as a Recipe. Raises FileRefusedError where a key or a value is not allowed."""
    tables = {name: _table(raw.get(name, {}), name, file) for name in _TABLES}
    for name in raw:
        if name not in _TABLES:
            raise FileRefusedError(
                "the mapping {file} has the table [{table}]; known are {known}",
                file=file, table=name, known=", ".join(f"[{table}]" for table in _TABLES),
            )  # fmt: skip
    for name, allowed in _TABLES.items():
        for key in tables[name]:
            if allowed is not None and key not in allowed:
                raise FileRefusedError(
                    "the mapping {file}, table [{table}] has the key {key}; known are {known}",
                    file=file, table=name, key=key, known=", ".join(allowed),
                )  # fmt: skip
    swapped = tables["coordinates"].get("swapped", False)
    if not isinstance(swapped, bool):
        raise FileRefusedError(
            "the mapping {file}: swapped is true or false, not {value}", file=file, value=repr(swapped)[:40]
        )
    return Recipe(
        check_columns(tables["columns"], file=file),
        {key: _text(value, key, file) for key, value in tables["categories"].items()},
        _order(tables["dates"].get("order", ""), file),
        _text(tables["coordinates"].get("crs", ""), "crs", file),
        swapped,
    )


def check_columns(table: Mapping[str, object], *, file: str) -> dict[str, str]:
    """Field -> header. Raises FileRefusedError where a field is unknown or a header is not text."""
    for name, header in table.items():
        if name not in FIELDS:
            raise FileRefusedError(
                "the mapping {file} names the field «{field}»; known are {known}",
                file=file, field=name, known=", ".join(FIELDS),
            )  # fmt: skip
        if not isinstance(header, str):
            raise FileRefusedError(
                "the mapping {file}: the field {field} needs a header in quotes, not {value}",
                file=file, field=name, value=repr(header)[:40],
            )  # fmt: skip
    return {name: str(header) for name, header in table.items()}


def _table(value: object, name: str, file: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise FileRefusedError(
            "the mapping {file}: [{table}] is a table of lines key = value, not {value}",
            file=file, table=name, value=repr(value)[:40],
        )  # fmt: skip
    return value


def _text(value: object, key: str, file: str) -> str:
    if not isinstance(value, str):
        raise FileRefusedError(
            "the mapping {file}: {key} needs a text in quotes, not {value}", file=file, key=key, value=repr(value)[:40]
        )
    return value.strip()


def _order(value: object, file: str) -> DateOrder:
    if value not in ("", "dmy", "mdy"):
        raise FileRefusedError(
            'the mapping {file}: the order of dates is "dmy" (day first) or "mdy" (month first), not {value}',
            file=file, value=repr(value)[:40],
        )  # fmt: skip
    return "mdy" if value == "mdy" else "dmy" if value == "dmy" else ""
