import { receiptOf } from '../../shared/erasure/receipt.ts';
import { concernedBy } from '../../shared/erasure/steps.ts';
import { errors } from '../../shared/protocol/errors.ts';
import type { PersonalStore } from '../../shared/protocol/personal-stores.ts';
import { ackOf, actions, pushes } from '../../shared/protocol/table.ts';
import type { ErasureRequest } from '../../shared/stores/privacy/erasure-request.ts';
import { epochMillis } from '../../shared/time.ts';
import {
  protocolExamples as examples,
  fencedJson,
  jsonIn,
  protocolPage as page,
} from './protocol-examples.ts';

const frames = new Map(Object.entries(actions).map(([name, { frame }]) => [name, frame]));
const acks = Object.values(actions).map(ackOf);
const pushed = new Map(Object.entries(pushes).map(([type, { frame }]) => [type, frame]));
const clientFrames = examples.filter(({ action }) => action !== undefined);

test.each(clientFrames.map((frame) => [frame.action, frame]))(
  'the example of %s is a frame',
  (action, frame) => {
    expect(frames.get(action)?.parse(frame)).toEqual(frame);
  },
);

test('every action has an example, and every section an action', () => {
  expect(new Set(clientFrames.map(({ action }) => action))).toEqual(new Set(frames.keys()));
  const [, actions = ''] = page.split(/^## (?:Actions|Pushes)$/m);
  expect([...actions.matchAll(/^### (\w+)$/gm)].map(([, name]) => name)).toEqual(
    expect.arrayContaining([...frames.keys()]),
  );
});

test.each(examples.filter(({ type }) => type === 'ack').map((frame) => [frame.id, frame]))(
  'the example of the ack %s is one',
  (_id, frame) => {
    expect(acks.map((ack) => ack.safeParse(frame).data)).toContainEqual(frame);
  },
);

test('every push has an example, and every example is a push', () => {
  const [, section = ''] = page.split(/^## (?:Pushes|Errors)$/m);
  const shown = jsonIn(section);
  expect(shown.map(({ type }) => type).toSorted()).toEqual([...pushed.keys()].toSorted());
  expect(shown.map((frame) => pushed.get(frame.type)?.parse(frame))).toEqual(shown);
});

test('no example has lost its fence, and no heading its line', () => {
  const prose = page.replaceAll(fencedJson, '');
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
    reportSeconds: 0,
    finishedAt: epochMillis(Date.parse(finishedAt)),
  });
  expect({ type: 'erasure', ...receipt }).toEqual(example);
});

test('the list of errors is the closed list', () => {
  const [, list = ''] = page.split('## Errors\n');
  const named = [...list.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code);
  expect(new Set(named)).toEqual(new Set(Object.keys(errors)));
});
