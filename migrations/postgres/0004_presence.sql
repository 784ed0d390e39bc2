-- One session of a room on LiveKit. Between a restart of LiveKit and the first to come back it is missing, and not yet finished.
CREATE TABLE meetings (
    room_sid TEXT PRIMARY KEY NOT NULL,
    room_id UUID NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    started_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    missing_since TIMESTAMPTZ
);
CREATE INDEX meetings_last ON meetings (room_id, started_at);
CREATE INDEX meetings_open ON meetings (room_id) WHERE finished_at IS NULL;

-- One stay of somebody, or of a recorder or an agent, in a room. A reload is another stay of the same identity.
CREATE TABLE presences (
    room_id UUID NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    participant_sid TEXT NOT NULL,
    room_sid TEXT NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    device TEXT,
    user_id UUID REFERENCES users (id) ON DELETE SET NULL,
    joined_at TIMESTAMPTZ NOT NULL,
    left_at TIMESTAMPTZ,
    -- Whether they were told, when they came, that hosts can see it afterwards.
    told BOOLEAN NOT NULL,
    PRIMARY KEY (room_id, participant_sid)
);
CREATE INDEX presences_here ON presences (room_id) WHERE left_at IS NULL;
CREATE INDEX presences_session ON presences (room_sid);
CREATE INDEX presences_user ON presences (user_id);

-- What LiveKit has told us already: it repeats itself when it is not sure that we heard.
CREATE TABLE webhook_events (
    id TEXT PRIMARY KEY NOT NULL,
    received_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX webhook_events_received ON webhook_events (received_at);

-- Whether hosts may see afterwards who was here; those who come in are told. The one default there is: older rooms need a value.
ALTER TABLE rooms ADD COLUMN attendance BOOLEAN NOT NULL DEFAULT FALSE;
