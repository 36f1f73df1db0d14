-- From store version 2: what files hold in common, mended rows, remarks. Segments are written anew: see forward.py.
CREATE TABLE files_3 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
    rows_digest TEXT NOT NULL,
    findings TEXT NOT NULL,
    CHECK (read = kept + quarantined),
    CHECK (kept = with_point + area_only + unplaced)
);
INSERT INTO files_3 SELECT id, sha256, name, loaded_at, generation, segment, read, kept, quarantined, with_point,
    area_only, unplaced, asked, way, sheets, coalesce(rows_digest, ''), '[]' FROM files;
DROP TABLE files;
ALTER TABLE files_3 RENAME TO files;
ALTER TABLE superseded ADD COLUMN why TEXT NOT NULL DEFAULT 'replaced';
ALTER TABLE quarantine ADD COLUMN cells TEXT NOT NULL DEFAULT '{}';
ALTER TABLE quarantine ADD COLUMN settled_by INTEGER REFERENCES files (id);
ALTER TABLE quarantine ADD COLUMN settled_sheet TEXT;
ALTER TABLE quarantine ADD COLUMN settled_row INTEGER;
CREATE INDEX quarantine_by_place ON quarantine (file, sheet, row);
CREATE TABLE remarks (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files (id),
    sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    template TEXT NOT NULL,
    facts TEXT NOT NULL
);
CREATE INDEX remarks_by_file ON remarks (file, reason);
CREATE TABLE hidden (
    file INTEGER NOT NULL REFERENCES files (id),
    position INTEGER NOT NULL,
    sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    kind TEXT NOT NULL,
    by_file INTEGER NOT NULL REFERENCES files (id),
    by_sheet TEXT NOT NULL,
    by_row INTEGER NOT NULL,
    PRIMARY KEY (file, position)
) WITHOUT ROWID;
CREATE TABLE mends (
    file INTEGER NOT NULL REFERENCES files (id),
    sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (file, sheet, row)
);
CREATE TABLE recipes (
    headers TEXT PRIMARY KEY,
    recipe TEXT NOT NULL,
    name TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE wordings (
    wording TEXT PRIMARY KEY,
    category TEXT NOT NULL,
    written TEXT NOT NULL,
    at TEXT NOT NULL
);
