// Numbers, and how they are printed.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const sorted = (values) => [...values].sort((a, b) => a - b);
export const part = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))];
export const median = (values) => part(values, 0.5);
export const row = (what, value) => console.log(`${what.padEnd(58)} ${value}`);

const TICK = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Milliseconds of processor time that a process has used so far. */
export function cpu(pid) {
  // Fields 14 and 15 of proc(5), counted after the name, which may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}
