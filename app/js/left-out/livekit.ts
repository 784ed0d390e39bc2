// All that LiveKit's processors want of the client library is its log, and ours has nothing to say to people.
const silent = () => {};

export const getLogger = () => ({
  trace: silent, debug: silent, info: silent, log: silent, warn: silent, error: silent, setLevel: silent, setDefaultLevel: silent,
});
