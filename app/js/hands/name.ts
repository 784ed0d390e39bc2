// The name taken during a call: this tab comes back with it after a reload, whatever the account is called.
const KEY = `visavis.name ${location.pathname}`;

export function keep(name: string): void {
  try {
    sessionStorage.setItem(KEY, name);
  } catch {
    // Storage that is full or forbidden only means that nothing is remembered.
  }
}

export function kept(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
