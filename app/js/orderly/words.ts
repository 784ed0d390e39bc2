import { vocabulary } from '../inside/desk';

export const word = vocabulary('orderly');
