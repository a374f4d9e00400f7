import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import type { ErasureRequest } from '../../shared/erasure/erasure-request.ts';
import { receiptOf } from '../../shared/erasure/receipt.ts';
import { concernedBy } from '../../shared/erasure/steps.ts';
import type { PersonalStore } from '../../shared/privacy/personal-stores.ts';
import { profileFrame } from '../../shared/profiles/profile-frame.ts';
import {
  consentFrame,
  conversationsFrame,
  downloadFrame,
  eraseFrame,
  exportFrame,
  helloFrame,
  historyFrame,
  openFrame,
  pingFrame,
  readFrame,
  sendFrame,
  typingFrame,
  uploadFrame,
} from '../../shared/protocol/client-frames.ts';
import { errors } from '../../shared/protocol/errors.ts';
import type { Push } from '../../shared/protocol/server-frames.ts';
import { epochMillis } from '../../shared/time.ts';

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
const fenced = /^```json\n(.*?)^```\n/gms;
const examples = [...page.matchAll(fenced)].map(([, json = '']) => JSON.parse(json));
const frames: Record<string, z.ZodType> = {
  hello: helloFrame,
  conversations: conversationsFrame,
  consent: consentFrame,
  open: openFrame,
  send: sendFrame,
  upload: uploadFrame,
  download: downloadFrame,
  history: historyFrame,
  read: readFrame,
  typing: typingFrame,
  profile: profileFrame,
  erase: eraseFrame,
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

test('every push has an example', () => {
  const pushes: Record<Push['type'], true> = {
    message: true,
    read: true,
    typing: true,
    erased: true,
    erasure: true,
    export: true,
    bye: true,
  };
  const [, section = ''] = page.split(/^## (?:Pushes|Errors)$/m);
  const types = [...section.matchAll(fenced)].map(([, json = '']) => JSON.parse(json).type);
  expect(types.toSorted()).toEqual(Object.keys(pushes).toSorted());
});

test('no example has lost its fence, and no heading its line', () => {
  const prose = page.replaceAll(fenced, '');
  expect(prose.match(/^(?:```|[{}[\]]).*$/gm)).toBeNull();
  expect(page.match(/.+\n#+ .*/g)).toBeNull();
});

test('the receipt is as the server makes it, as far as it goes', () => {
  const example = examples.find(({ type }) => type === 'erasure');
  const { scope, requestId, state, requestedBy, requestedAt, finishedAt, stores } = example;
  const tallies = Object.fromEntries(
    stores
      .filter(({ outcome }: { outcome: string }) => outcome === 'erased')
      .map(({ store, deleted, found, held }: Record<string, unknown>) => [store, { deleted, found, held }]),
  );
  const request = {
    requestId,
    requestedBy,
    requestedAt: Date.parse(requestedAt),
    target: { scope },
    tallies,
  };
  const receipt = receiptOf(request as unknown as ErasureRequest, state, {
    stores: new Set(stores.map(({ store }: { store: PersonalStore }) => store)),
    concerned: concernedBy({ scope }),
    proofSeconds: 0,
    finishedAt: epochMillis(Date.parse(finishedAt)),
  });
  expect({ type: 'erasure', ...receipt }).toEqual(example);
});

test('the list of errors is the closed list', () => {
  const [, list = ''] = page.split('## Errors\n');
  const named = [...list.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code);
  expect(new Set(named)).toEqual(new Set(Object.keys(errors)));
});
