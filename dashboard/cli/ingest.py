"""``diemnong ingest`` and ``diemnong quarantine``: files in, a tally out, and what was not taken. Cleans nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.options import DATA_FILE, format_option, json_option, workspace_option
from dashboard.cli.terminal import csv_text, json_text, progress_bar, rows_text, say, speech, write, write_file

if TYPE_CHECKING:
    from geodata.tables import QuarantinedRow

COLUMNS = ("file", "sheet", "row", "column", "reason", "message")
BOM = b"\xef\xbb\xbf"  # without it, Excel reads UTF-8 as the code page of the office
