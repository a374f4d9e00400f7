import { readFileSync } from 'node:fs';

export const protocolPage = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

export const fencedJson = /^```json\n(.*?)^```\n/gms;

export const jsonIn = (page: string) =>
  [...page.matchAll(fencedJson)].map(([, json = '']) => JSON.parse(json));

/** The frames that the page shows. */
export const protocolExamples = jsonIn(protocolPage);
