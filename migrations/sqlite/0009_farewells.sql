-- Meetings that people's calendars know of, in a room that is gone: what is still to be said, to whom. A row goes with its letter.
CREATE TABLE room_farewells (
    id BLOB PRIMARY KEY NOT NULL,
    -- No reference: the room is deleted in the transaction that writes this.
    room_id BLOB NOT NULL,
    room_name TEXT NOT NULL,
    room_slug TEXT NOT NULL,
    batch_id BLOB NOT NULL,
    email TEXT NOT NULL,
    name TEXT,
    organizer TEXT,
    invited_by BLOB REFERENCES users (id) ON DELETE SET NULL,
    lang TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    zone TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX room_farewells_by ON room_farewells (invited_by);

-- The last letter that the mail server took; null: none.
ALTER TABLE room_invitations ADD COLUMN told INTEGER;
UPDATE room_invitations SET told = sequence WHERE sent_at IS NOT NULL;
-- Who invites, as calendars were told first: they take changes from nobody else.
ALTER TABLE room_invitations ADD COLUMN organizer TEXT;
-- The role that came by this invitation, and goes with it.
ALTER TABLE room_invitations ADD COLUMN gave_access BLOB;
CREATE INDEX room_invitations_gave ON room_invitations (gave_access);
