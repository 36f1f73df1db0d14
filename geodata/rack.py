"""Finds the members of a rack (readers, layers, exports, panels): one module each, by one agreed attribute."""

from __future__ import annotations

import pkgutil
from importlib import import_module


def members(package: str, attribute: str) -> dict[str, object]:
    """Module name -> its ``attribute``, sorted by name. A module without it raises AttributeError: no half members."""
    names = sorted(module.name for module in pkgutil.iter_modules(import_module(package).__path__))
    return {name: getattr(import_module(f"{package}.{name}"), attribute) for name in names}
