// The chat as a text file. Pure but for the last function.
import type { Message } from './log';

/** One line each, a continued text indented: read by people, and by nothing that would run it. */
export function asText(title: string, messages: readonly Message[], author: (message: Message) => string, answered: (message: Message) => Message | undefined): string {
  const when = (at: number) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16).replace('T', ' ');
  const lines = messages.map((message) => {
    const before = answered(message);
    const to = before ? ` (↪ ${author(before)}, ${when(before.at)})` : '';
    return `[${when(message.at)}] ${author(message)}${to}: ${message.text.replaceAll(/\r?\n/g, '\n    ')}`;
  });
  return `${title}\n\n${lines.join('\n')}\n`;
}

export function download(name: string, text: string): void {
  // Windows’ editor wants to be told what it is.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/plain;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
