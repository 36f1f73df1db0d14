"""Who may enter and what they may see: accounts, rights, sessions. Knows no screen and no incident."""
