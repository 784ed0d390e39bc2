-- What a room asks of those who come.
-- While it is locked, everybody new has to be let in by a host. It ends with the meeting.
ALTER TABLE rooms ADD COLUMN locked_at TEXT;
-- How many may be in its call at once; none: as many as come.
ALTER TABLE rooms ADD COLUMN max_participants INTEGER;
-- Whether everybody waits until one of those who run it is there.
ALTER TABLE rooms ADD COLUMN hosts_required BOOLEAN NOT NULL DEFAULT FALSE;
-- Whether those alone come in who have an account, under its name.
ALTER TABLE rooms ADD COLUMN verified_only BOOLEAN NOT NULL DEFAULT FALSE;

-- Who runs the meeting that is on together with the hosts. Ends with it.
CREATE TABLE room_cohosts (
    room_id BLOB NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    since TEXT NOT NULL,
    PRIMARY KEY (room_id, user_id)
);
CREATE INDEX room_cohosts_user ON room_cohosts (user_id);

-- Who was removed from a room's call, and comes in again only once a host says so.
CREATE TABLE room_removals (
    id BLOB PRIMARY KEY NOT NULL,
    room_id BLOB NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    -- The subject of the identity on LiveKit: an account's, or a guest's browser.
    subject TEXT NOT NULL,
    -- The browser, as identities name it: whoever signs out or in on it is the same person.
    device TEXT NOT NULL,
    user_id BLOB REFERENCES users (id) ON DELETE CASCADE,
    -- What they were called then: hosts must find them again.
    name TEXT NOT NULL,
    -- Also in later meetings.
    blocked BOOLEAN NOT NULL,
    removed_by BLOB REFERENCES users (id) ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    UNIQUE (room_id, subject)
);
CREATE INDEX room_removals_user ON room_removals (user_id);
CREATE INDEX room_removals_by ON room_removals (removed_by);

-- Who decided what about whom. Ids alone: names go with their accounts.
CREATE TABLE room_audit (
    id BLOB PRIMARY KEY NOT NULL,
    room_id BLOB NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    actor_id BLOB REFERENCES users (id) ON DELETE SET NULL,
    action TEXT NOT NULL,
    -- Whom it was about: an account, or else a participant's identity on LiveKit.
    target_id BLOB REFERENCES users (id) ON DELETE SET NULL,
    target TEXT,
    -- More of it: a role, an access level, which rights.
    detail TEXT
);
CREATE INDEX room_audit_at ON room_audit (room_id, at);
CREATE INDEX room_audit_actor ON room_audit (actor_id);
CREATE INDEX room_audit_target ON room_audit (target_id);
