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
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which files speak: a later one corrects an earlier one
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
    way TEXT NOT NULL,             -- digest of how the file was read
    sheets TEXT NOT NULL,          -- JSON, those with rows
    rows_digest TEXT NOT NULL,     -- of its rows, '' where none was understood
    findings TEXT NOT NULL,        -- JSON, what was decided about the file as a whole
    CHECK (read = kept + quarantined),
    CHECK (kept = with_point + area_only + unplaced)
);
CREATE TABLE superseded (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    loaded_at TEXT NOT NULL,
    generation INTEGER NOT NULL REFERENCES generations (id),
    until INTEGER NOT NULL REFERENCES generations (id),  -- the generation that no longer holds it
    why TEXT NOT NULL              -- 'replaced' by another reading, or 'undone'
);
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files (id),
    sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    template TEXT NOT NULL,
    facts TEXT NOT NULL,           -- JSON
    cells TEXT NOT NULL,           -- JSON, field -> text
    settled_by INTEGER REFERENCES files (id),  -- the file that holds the mended row, NULL while it waits
    settled_sheet TEXT,
    settled_row INTEGER
);
CREATE INDEX quarantine_by_file ON quarantine (file, reason);
CREATE INDEX quarantine_by_place ON quarantine (file, sheet, row);
CREATE TABLE remarks (             -- rows that were kept and yet need a look
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
CREATE TABLE hidden (              -- rows of a segment that do not count, because another file's row does
    file INTEGER NOT NULL REFERENCES files (id),
    position INTEGER NOT NULL,     -- in the segment
    sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    kind TEXT NOT NULL,            -- 'repeated' or 'corrected'
    by_file INTEGER NOT NULL REFERENCES files (id),
    by_sheet TEXT NOT NULL,
    by_row INTEGER NOT NULL,
    PRIMARY KEY (file, position)
) WITHOUT ROWID;
CREATE TABLE mends (               -- rows of a file that mend rows put aside before
    file INTEGER NOT NULL REFERENCES files (id),
    sheet TEXT NOT NULL,
    row INTEGER NOT NULL,
    origin TEXT NOT NULL,          -- beginning of the file's sha256, sheet and row of what is mended
    PRIMARY KEY (file, sheet, row)
);
CREATE TABLE recipes (
    headers TEXT PRIMARY KEY,      -- digest of a table's headers
    recipe TEXT NOT NULL,          -- JSON
    name TEXT NOT NULL,            -- the file it was given for
    at TEXT NOT NULL
);
CREATE TABLE wordings (
    wording TEXT PRIMARY KEY,      -- normalised
    category TEXT NOT NULL,
    written TEXT NOT NULL,         -- as the file has it
    at TEXT NOT NULL
);
CREATE TABLE follow_ups (          -- what is done about a lasting hot spot: every step is kept, the last one holds
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    edition TEXT NOT NULL,         -- with level and code: the place
    level TEXT NOT NULL,
    code TEXT NOT NULL,
    category TEXT NOT NULL,        -- key, '' for all together
    step TEXT NOT NULL,            -- a vocabulary.Step
    since TEXT NOT NULL,           -- the day it began, ISO 8601
    measure TEXT NOT NULL,         -- what is done, in the office's words; never of persons
    at TEXT NOT NULL               -- when it was written down, UTC
);
CREATE INDEX follow_ups_by_place ON follow_ups (edition, level, code, category);
CREATE TABLE notebook (            -- what people keep: views, notes, marks, meetings, scripts, their own area
    owner TEXT NOT NULL,           -- '' for all who use this machine
    kind TEXT NOT NULL,            -- a notebook.Kind
    key TEXT NOT NULL,
    body TEXT NOT NULL,            -- JSON
    at TEXT NOT NULL,              -- when it was written down, UTC
    PRIMARY KEY (owner, kind, key)
) WITHOUT ROWID;
CREATE TABLE seals (               -- SHA-256 of each table's rows, renewed whenever it is written to
    name TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL
) WITHOUT ROWID;
