-- The catalogue of a workspace: the only commit point. Files it does not name are leftovers and mean nothing.
CREATE TABLE generations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,              -- UTC, ISO 8601
    what TEXT NOT NULL,
    ground INTEGER NOT NULL        -- the last generation that changed boundaries: older joins and grids still hold
);
CREATE TABLE editions (id TEXT PRIMARY KEY, valid_from TEXT, valid_until TEXT);
CREATE TABLE layers (
    edition TEXT NOT NULL REFERENCES editions (id),
    level TEXT NOT NULL,
    sha256 TEXT NOT NULL,          -- of the exact polygons in layers/
    derived INTEGER NOT NULL,
    web_file TEXT NOT NULL,
    label_file TEXT NOT NULL,
    PRIMARY KEY (edition, level)
);
CREATE TABLE zones (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    bit INTEGER NOT NULL UNIQUE,
    buffer_m REAL NOT NULL,
    shape BLOB NOT NULL,           -- WKB, EPSG:4326
    web_file TEXT NOT NULL
);
CREATE TABLE border (id INTEGER PRIMARY KEY CHECK (id = 1), shape BLOB NOT NULL, web_file TEXT NOT NULL);
CREATE TABLE succession (
    position INTEGER PRIMARY KEY,
    old_edition TEXT NOT NULL,
    new_edition TEXT NOT NULL,
    old_code TEXT NOT NULL,
    new_code TEXT NOT NULL,
    whole INTEGER NOT NULL
);
CREATE TABLE regions (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    edition TEXT NOT NULL,
    code TEXT NOT NULL
);
CREATE TABLE categories (
    position INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    vi TEXT NOT NULL,
    en TEXT NOT NULL,
    category_group TEXT NOT NULL
);
CREATE TABLE segments (sha256 TEXT PRIMARY KEY, rows INTEGER NOT NULL);
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,          -- of the file's own bytes
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
    asked TEXT NOT NULL,           -- the sheet that was asked for, '' for all
    way TEXT NOT NULL,             -- digest of how the file was read, '' where version 1 did not note it
    sheets TEXT NOT NULL,          -- JSON, those with rows
    rows_digest TEXT,              -- of the rows that were understood, '' for none, NULL where version 1 did not note it
    CHECK (read = kept + quarantined),
    CHECK (kept = with_point + area_only + unplaced)
);
CREATE TABLE superseded (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    generation INTEGER NOT NULL REFERENCES generations (id),
    until INTEGER NOT NULL REFERENCES generations (id)  -- the generation that holds another reading instead
);
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files (id),
    sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    template TEXT NOT NULL,
    facts TEXT NOT NULL            -- JSON
);
CREATE INDEX quarantine_by_file ON quarantine (file, reason);
