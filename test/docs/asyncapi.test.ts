import { readFileSync } from 'node:fs';
import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import { asyncapi } from '../../infra/asyncapi/asyncapi.ts';
import { errors } from '../../shared/protocol/errors.ts';
import { protocolExamples } from './protocol-examples.ts';

const text = readFileSync(new URL('../../docs/asyncapi.json', import.meta.url), 'utf8');
const document = JSON.parse(text);
const { components, operations } = document;

/** The official schema names formats, which is not what is asked here, and has draft 7 in itself. */
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: true });
const payload = (name: string) => ajv.compile({ $ref: `#/components/schemas/${name}`, components });

function refsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  );
}

const at = (ref: string) =>
  ref
    .split('/')
    .slice(1)
    .reduce((value, key) => value?.[key], document);

test('docs/asyncapi.json is what the schemas say: if not, run `npm run asyncapi`', () => {
  expect(text).toBe(`${JSON.stringify(asyncapi(), undefined, 2)}\n`);
});

test('it is an AsyncAPI 3.0 document', () => {
  const isValid = ajv.compile(specs.schemasWithoutId['3.0.0'] as any);
  isValid(document);
  expect(isValid.errors).toBeNull();
});

test('what it refers to is there', () => {
  expect(refsIn(document).filter((ref) => at(ref) === undefined)).toEqual([]);
});

test('no schema of it is referred to by nothing', () => {
  const named = new Set(refsIn(document));
  const lost = Object.keys(components.schemas).filter((name) => !named.has(`#/components/schemas/${name}`));
  expect(lost).toEqual([]);
});

test.each(protocolExamples.filter(({ action }) => action).map((frame) => [frame.action, frame]))(
  'the example of %s is what it says, and nothing may be added',
  (action, frame) => {
    const isValid = payload(`${action}Frame`);
    expect([isValid(frame), isValid({ ...frame, more: 1 })]).toEqual([true, false]);
  },
);

test.each(protocolExamples.filter(({ type }) => type && type !== 'ack').map((frame) => [frame.type, frame]))(
  'the example of the push %s is what it says, and a newer server may add to it',
  (type, frame) => {
    const isValid = payload(`${type}Push`);
    expect([isValid(frame), isValid({ ...frame, more: 1 })]).toEqual([true, true]);
    expect(isValid({ type })).toBe(false);
  },
);

test('each action is answered by its ack or by an error, one of the closed list', () => {
  for (const [name, { action, reply }] of Object.entries<any>(operations)) {
    if (action !== 'receive') continue;
    const inChannel = (message: string) => ({ $ref: `#/channels/chat/messages/${message}` });
    expect(reply.messages).toEqual([inChannel(`${name}Ack`), inChannel('errorFrame')]);
  }
  expect(components.schemas.errorFrame.properties.error.properties.code.enum).toEqual(Object.keys(errors));
});
