// Encryption between browsers, which the server's rules of a meeting do without.
export class E2EEManager {}
