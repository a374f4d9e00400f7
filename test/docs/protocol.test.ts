import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { profileFrame } from '../../shared/profiles/profile-frame.ts';
import {
  consentFrame,
  conversationsFrame,
  downloadFrame,
  exportFrame,
  helloFrame,
  historyFrame,
  openFrame,
  pingFrame,
  sendFrame,
  uploadFrame,
} from '../../shared/protocol/client-frames.ts';
import { errors } from '../../shared/protocol/errors.ts';

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json));
const frames: Record<string, z.ZodType> = {
  hello: helloFrame,
  conversations: conversationsFrame,
  consent: consentFrame,
  open: openFrame,
  send: sendFrame,
  upload: uploadFrame,
  download: downloadFrame,
  history: historyFrame,
  profile: profileFrame,
  ping: pingFrame,
  export: exportFrame,
};
const clientFrames = examples.filter(({ action }) => action !== undefined);

test.each(clientFrames.map((frame) => [frame.action, frame]))(
  'the example of %s is a frame',
  (action, frame) => {
    expect(frames[action]?.parse(frame)).toEqual(frame);
  },
);

test('every action has an example, and every section an action', () => {
  expect(new Set(clientFrames.map(({ action }) => action))).toEqual(new Set(Object.keys(frames)));
  const [, actions = ''] = page.split(/^## (?:Actions|Pushes)$/m);
  expect([...actions.matchAll(/^### (\w+)$/gm)].map(([, name]) => name)).toEqual(
    expect.arrayContaining(Object.keys(frames)),
  );
});

test('the list of errors is the closed list', () => {
  const [, list = ''] = page.split('## Errors\n');
  const named = [...list.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code);
  expect(new Set(named)).toEqual(new Set(Object.keys(errors)));
});
