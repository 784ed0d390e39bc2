import { vocabulary } from '../inside/desk';

export const word = vocabulary('hands');

/** What a reaction is called, by its id. */
export const nameOfReaction = (id: string): string => word(id.replaceAll('-', '_'));
