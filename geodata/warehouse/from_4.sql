-- From store version 4: what people keep for themselves.
CREATE TABLE notebook (
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (owner, kind, key)
) WITHOUT ROWID;
