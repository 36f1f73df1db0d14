-- From store version 3: what is done about lasting hot spots.
CREATE TABLE follow_ups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    edition TEXT NOT NULL,
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    category TEXT NOT NULL,
    step TEXT NOT NULL,
    since TEXT NOT NULL,
    measure TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX follow_ups_by_place ON follow_ups (edition, level, code, category);
