-- From store version 1: a file may have several readings. Quarantine refers to files by name, so foreign keys are off.
CREATE TABLE files_2 (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    generation INTEGER NOT NULL REFERENCES generations (id),
    segment TEXT NOT NULL REFERENCES segments (sha256),
    read INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    with_point INTEGER NOT NULL,
    area_only INTEGER NOT NULL,
    unplaced INTEGER NOT NULL,
    asked TEXT NOT NULL,
    way TEXT NOT NULL,
    sheets TEXT NOT NULL,
    rows_digest TEXT,
    CHECK (read = kept + quarantined),
    CHECK (kept = with_point + area_only + unplaced)
);
INSERT INTO files_2 SELECT id, sha256, name, loaded_at, generation, segment, read, kept, quarantined, with_point,
    area_only, unplaced, '', '', '[]', NULL FROM files;
DROP TABLE files;
ALTER TABLE files_2 RENAME TO files;
CREATE TABLE superseded (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    generation INTEGER NOT NULL REFERENCES generations (id),
    until INTEGER NOT NULL REFERENCES generations (id)
);
