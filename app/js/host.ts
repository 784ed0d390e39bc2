// What hosts have: what they can do about each person, and about everybody. Loaded by `orderly/host.ts` once one is a host.
import { define as deeds } from './host/deeds';
import { define as leave } from './host/leave';
import { define as tools } from './host/tools';

deeds();
tools();
leave();
