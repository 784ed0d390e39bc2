-- Places of those who were let into a room with a largest number and are on their way in: nobody else gets them meanwhile.
CREATE TABLE room_places (
    room_id UUID NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    -- Who they will be on LiveKit.
    identity TEXT NOT NULL,
    until TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (room_id, identity)
);
