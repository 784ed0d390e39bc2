// What stands behind oneself. Pure.
export const PICTURES = ['hills', 'shelf', 'window', 'sea', 'paper', 'evening'] as const;
export type Picture = (typeof PICTURES)[number];
/** Nothing, blurred lightly or strongly, a picture of ours, or one of one's own. */
export type Choice = 'none' | 'light' | 'strong' | Picture | 'own';

export function isPicture(choice: string): choice is Picture {
  return (PICTURES as readonly string[]).includes(choice);
}

/** What was remembered, if it still means something. */
export function known(text: string | null): Choice {
  return text === 'light' || text === 'strong' || text === 'own' || (text !== null && isPicture(text)) ? (text as Choice) : 'none';
}

/** How far it is blurred, in pixels of a picture as it is sent. */
export const BLUR = { light: 10, strong: 28 } as const;
