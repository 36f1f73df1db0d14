"""Other people's programs that open what we export: LibreOffice, poppler, GDAL. Installs them where it can.

Tests of exports ask these for what a reader would see; nothing of ours reads back its own files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

PACKAGES = {
    "soffice": ("libreoffice-writer", "libreoffice-impress", "libreoffice-calc"),
    "pdftotext": ("poppler-utils",),
    "pdftoppm": ("poppler-utils",),
    "pdffonts": ("poppler-utils",),
    "ogrinfo": ("gdal-bin",),
    "rsvg-convert": ("librsvg2-bin", "fonts-liberation"),
}
SLOW_S = 180


@cache
def program(name: str) -> str:
    """Where the program stands. Debian's is installed where we may; else this says what to install."""
    if path := shutil.which(name):
        return path
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (("update",), ("install", "-y", "--no-install-recommends", *PACKAGES[name])):
            # Tests run in several processes: each waits until the other has installed.
            waits = ("apt-get", "-o", "DPkg::Lock::Timeout=300", *command)
            subprocess.run(waits, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment, check=False)
    path = shutil.which(name)
    assert path, f"{name} is not here; install it (Debian, Ubuntu: sudo apt install {' '.join(PACKAGES[name])})"
    return path


def run(name: str, *arguments: str | Path) -> str:
    """What the program prints."""
    made = subprocess.run(
        [program(name), *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=SLOW_S,
        stdin=subprocess.DEVNULL,
    )
    assert made.returncode == 0, made.stderr.decode(errors="replace")[-2000:]
    return made.stdout.decode()


def converted(file: Path, form: str, folder: Path, *, read_as: str = "") -> Path:
    """The file as LibreOffice writes it in another format, ``"pdf"`` say; ``read_as`` is the filter to read it by."""
    with tempfile.TemporaryDirectory() as home:  # a profile of its own: two may not share one
        run(
            "soffice",
            f"-env:UserInstallation=file://{home}",
            "--headless",
            *([f"--infilter={read_as}"] if read_as else []),
            "--convert-to",
            form,
            "--outdir",
            folder,
            file,
        )
    made = folder / f"{file.stem}.{form.partition(':')[0]}"
    assert made.is_file(), f"LibreOffice could not open {file.name}"
    return made


def text(pdf: Path) -> str:
    """The words of a PDF, page by page (divided by form feeds), laid out as on the page."""
    return run("pdftotext", "-layout", pdf, "-")


def pictures(pdf: Path, folder: Path, *, dpi: int = 50) -> list[Path]:
    """Each page as a PNG."""
    run("pdftoppm", "-png", "-r", str(dpi), pdf, folder / "page")
    return sorted(folder.glob("page*.png"))
