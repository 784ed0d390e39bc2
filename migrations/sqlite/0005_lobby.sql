-- Who asked to come in, and what was decided. One row for a browser and a room; it is a guest's for a stranger, an account's else.
CREATE TABLE lobby_entries (
    room_id BLOB NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    participant_id BLOB NOT NULL,
    user_id BLOB REFERENCES users (id) ON DELETE CASCADE,
    username TEXT NOT NULL,
    -- waiting, accepted, denied
    status TEXT NOT NULL,
    -- Since when somebody waits: the place in the queue.
    since TEXT NOT NULL,
    -- How long what the status says lasts; for who waits, until when they count as there.
    until TEXT NOT NULL,
    -- How often in a row they were refused.
    refusals INTEGER NOT NULL,
    decided_at TEXT,
    decided_by BLOB REFERENCES users (id) ON DELETE SET NULL,
    PRIMARY KEY (room_id, participant_id)
);
CREATE INDEX lobby_entries_until ON lobby_entries (until);
CREATE INDEX lobby_entries_user ON lobby_entries (user_id);

-- What hosts tell those who wait.
CREATE TABLE lobby_messages (
    room_id BLOB PRIMARY KEY NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    user_id BLOB REFERENCES users (id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    created_at TEXT NOT NULL
);
