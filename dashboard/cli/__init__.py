"""The ``diemnong`` command: reads arguments, asks, prints, ends with 0 done, 2 refused, 1 a fault of ours.

Commands import what they need when they run, so that ``diemnong --help`` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from dashboard.cli.answering import settle
from dashboard.cli.atlas import atlas
from dashboard.cli.audit import audit
from dashboard.cli.boundaries import boundaries
from dashboard.cli.clusters import clusters
from dashboard.cli.counts import counts
from dashboard.cli.deck import deck
from dashboard.cli.doctor import doctor
from dashboard.cli.export_all import export_all
from dashboard.cli.files import files, sources, undo
from dashboard.cli.hotspots import hotspots
from dashboard.cli.ingest import ingest, quarantine
from dashboard.cli.near_repeat import near_repeat
from dashboard.cli.options import DATA_FILE, WORKSPACE, WORKSPACE_HELP
from dashboard.cli.patterns import patterns
from dashboard.cli.reconciliation import reconciliation
from dashboard.cli.register import register
from dashboard.cli.report import report
from dashboard.cli.retain import retain
from dashboard.cli.safekeeping import backup, restore
from dashboard.cli.snapshot import snapshot
from dashboard.cli.table import table
from dashboard.cli.targets import targets
from dashboard.cli.terminal import say, speech, tell
from dashboard.cli.user import user
from dashboard.cli.workspace import demo, init, serve
from geodata.errors import DiemNongError

DONE, FAULT, REFUSED, INTERRUPTED = 0, 1, 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(*WORKSPACE, type=DATA_FILE, metavar="DIR", envvar="DIEMNONG_WORKSPACE", help=WORKSPACE_HELP)
@click.version_option(package_name="diemnong", message="%(version)s")
def root(workspace: Path | None) -> None:
    """Điểm Nóng: recorded incidents in, hot spots on the map out, without the internet."""
    del workspace  # commands read it from the root's parameters, see options.workspace_option


_DATA = (ingest, files, undo, quarantine, settle, sources, reconciliation)
_ANSWERS = (counts, hotspots, patterns, register, clusters, near_repeat, targets)
_EXPORTS = (snapshot, table, deck, atlas, report, export_all)
_UPKEEP = (backup, restore, retain, doctor, audit)
for _command in (demo, init, boundaries, *_DATA, *_ANSWERS, *_EXPORTS, *_UPKEEP, user, serve):
    root.add_command(_command)


def main() -> None:
    """Run the command line of this process and exit."""
    status = run()
    gc.freeze()  # all that is left goes with the process: to look through it for cycles takes 0.15 s of every command
    sys.exit(status)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (None: this process's own) and return its exit status. Bad input ends in words."""
    try:
        status = root.main(arguments, prog_name="diemnong", standalone_mode=False)
    except DiemNongError as error:
        say(tell(error))
        return REFUSED
    except click.ClickException as error:
        error.show()
        return REFUSED
    except click.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of standard output went away (``| head``): nothing more to say, and no noise at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        return _admit(error)
    return status if isinstance(status, int) else DONE


def _admit(error: Exception) -> int:
    if os.environ.get("DIEMNONG_DEBUG"):
        traceback.print_exception(error)
        return FAULT
    w = speech()
    kind, detail = type(error).__name__, " ".join(str(error).split())[:200]
    say(
        w(
            "This is a fault of the program, not yours ({kind}: {detail}). "
            "Run the same again with DIEMNONG_DEBUG=1 to see the details to report.",
            kind=kind,
            detail=detail,
        )
    )
    return FAULT
