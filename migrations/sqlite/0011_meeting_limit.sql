-- The limit that the running call began with, where it was raised or lifted since: LiveKit keeps to it until the call is over.
ALTER TABLE rooms ADD COLUMN meeting_limit INTEGER;
