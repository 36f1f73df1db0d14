"""Knows where a Chromium stands on this machine and how to get one. Drives none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
REMEDY = (
    "No Chromium was found and none could be installed, so the browser tests cannot run. Install one "
    "(Debian, Ubuntu: sudo apt install chromium), or name one: make test CHROMIUM=/path/to/chromium"
)


def find() -> str | None:
    """The path of a Chromium: $CHROMIUM, one on the PATH, or the one playwright installed; None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _of_playwright()


def get() -> str | None:
    """Like :func:`find`, but tries to install one: with apt as root, then with playwright where there is a network."""
    if path := find():
        return path
    if os.environ.get("CHROMIUM"):
        return None  # a named one that is not there is a mistake to tell, not to work around
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        _run("apt-get", "update")
        _run("apt-get", "install", "-y", "--no-install-recommends", "chromium")
        if path := find():
            return path
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    return find()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where no Chromium stands on the PATH

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.is_file() else None


def _run(*command: str) -> None:
    # Standard output is kept for the answer; what the installer says goes to standard error.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False)


if __name__ == "__main__":
    chromium = get()
    if chromium is None:
        sys.exit(REMEDY)
    sys.stdout.write(chromium + "\n")
