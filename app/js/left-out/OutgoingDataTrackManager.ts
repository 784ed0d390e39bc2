// Data tracks: we send none, and have published none when the library tells a server what it had.
const nothing: unknown = new Proxy(() => {}, {
  get: (_, name) => (name === 'queryPublished' ? () => [] : nothing),
  apply: () => nothing,
});

export default class {
  constructor() {
    return nothing as object;
  }
}
