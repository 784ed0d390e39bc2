-- Every slug that leads to a room: its present one, and those of its former names. One table, so that one key keeps them all apart.
-- Taken before the room is written, whether it is new or renamed: in one order, or two who want one slug would wait for each other.
CREATE TABLE room_slugs (
    slug TEXT PRIMARY KEY NOT NULL,
    room_id UUID NOT NULL REFERENCES rooms (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX room_slugs_room ON room_slugs (room_id);
INSERT INTO room_slugs (slug, room_id, created_at) SELECT slug, id, created_at FROM rooms;

-- Accesses are listed newest first.
CREATE INDEX room_accesses_newest ON room_accesses (created_at, id);
