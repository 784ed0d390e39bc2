-- Whether people write to each other in a room's call, and whether those who come later read what was written before.
ALTER TABLE rooms ADD COLUMN chat BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE rooms ADD COLUMN chat_history BOOLEAN NOT NULL DEFAULT TRUE;

-- What was written in the call that is on. Kept until it is over.
CREATE TABLE chat_messages (
    room_id UUID NOT NULL REFERENCES rooms (id) ON DELETE CASCADE,
    -- The sender's identity on LiveKit, and their client's id of the message: clients know it by both.
    identity TEXT NOT NULL,
    message_id TEXT NOT NULL,
    -- What the sender was called then.
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    -- The message that is answered: its id, whoever wrote it.
    reply_to TEXT,
    sent_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (room_id, identity, message_id)
);
CREATE INDEX chat_messages_sent ON chat_messages (room_id, sent_at);
