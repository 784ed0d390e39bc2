-- An invitation by mail. It is a place in the room for whoever signs in with its address, once that is confirmed, and nothing before.
CREATE TABLE room_invitations (
    id BLOB PRIMARY KEY NOT NULL,
    room_id BLOB NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    -- What was sent together: one meeting in people's calendars.
    batch_id BLOB NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    -- What the inviter called them.
    name TEXT,
    invited_by BLOB REFERENCES users (id) ON DELETE SET NULL,
    lang TEXT NOT NULL,
    message TEXT NOT NULL,
    starts_at TEXT,
    ends_at TEXT,
    zone TEXT,
    -- Grows with every change that calendars are told of.
    sequence INTEGER NOT NULL,
    -- pending, sent, failed, cancelled
    status TEXT NOT NULL,
    -- Why the last mail did not go out.
    failure TEXT,
    tries INTEGER NOT NULL,
    -- When the address was first written to.
    sent_at TEXT,
    accepted_by BLOB REFERENCES users (id) ON DELETE CASCADE,
    accepted_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    UNIQUE (batch_id, email_folded)
);
CREATE INDEX room_invitations_room ON room_invitations (room_id, created_at);
CREATE INDEX room_invitations_open ON room_invitations (email_folded, room_id) WHERE accepted_at IS NULL;
CREATE INDEX room_invitations_by ON room_invitations (invited_by);
CREATE INDEX room_invitations_accepted ON room_invitations (accepted_by);

-- A link that a host made for guests.
CREATE TABLE guest_links (
    id BLOB PRIMARY KEY NOT NULL,
    room_id BLOB NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    -- What the host calls it; guests never see it.
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    -- Whether it leads past the lobby.
    may_pass BOOLEAN NOT NULL,
    expires_at TEXT NOT NULL,
    -- Null: as often as one likes.
    max_uses INTEGER,
    uses INTEGER NOT NULL,
    created_by BLOB REFERENCES users (id) ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    revoked_at TEXT
);
CREATE INDEX guest_links_room ON guest_links (room_id, created_at);
CREATE INDEX guest_links_expiry ON guest_links (expires_at);
CREATE INDEX guest_links_by ON guest_links (created_by);
