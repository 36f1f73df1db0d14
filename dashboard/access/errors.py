"""What cannot be done with accounts, sessions and secrets as asked. Knows the words, nothing of the files."""

from geodata.errors import DiemNongError


class AccessError(DiemNongError):
    """An account, a password, a session or the files that hold them cannot be used as asked."""
