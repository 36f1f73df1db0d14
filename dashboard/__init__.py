"""Knows the screen: panels, pages, exports, the command. Asks geodata for answers, never counts by itself."""
