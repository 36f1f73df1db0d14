"""The memory of a process that loads much and ends."""

from __future__ import annotations

import subprocess
import sys


def test_what_is_freed_is_kept_by_the_systems_own_allocator() -> None:
    code = (
        "from geodata.memory import keep_freed; keep_freed(); import numpy as np, pyarrow as pa; "
        "pa.array(np.ones(1_000_000)); print(pa.default_memory_pool().backend_name)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "system"
