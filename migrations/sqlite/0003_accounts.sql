-- Light or dark; null: like the device.
ALTER TABLE users ADD COLUMN theme TEXT;
-- Set when a mail to the address came back to us as an opened link.
ALTER TABLE users ADD COLUMN email_verified_at TEXT;

-- An address that somebody wants to have, until a link sent there is opened. At most one a person.
CREATE TABLE email_changes (
    id BLOB PRIMARY KEY NOT NULL,
    user_id BLOB NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    token_hash BLOB UNIQUE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE INDEX email_changes_expiry ON email_changes (expires_at);
