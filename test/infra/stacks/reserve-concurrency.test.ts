import { ConfigurationError } from '../../../infra/configuration/configuration-error.ts';
import { functionsOf } from '../support/functions.ts';
import { templates } from '../support/templates.ts';

const reserved = (concurrency: object) =>
  Object.values(templates({ concurrency }).chat.findResources('AWS::Lambda::Function'))
    .map(({ Properties }) => [
      Properties.Tags.find(({ Key }: { Key: string }) => Key === 'lapse:function').Value,
      Properties.ReservedConcurrentExecutions,
    ])
    .filter(([, instances]) => instances !== undefined);

test('without the option nothing is taken from what the account has', () => {
  expect(reserved({})).toEqual([]);
});

test('with it a function has its own', () => {
  expect(reserved({ send: 50, 'expire-connections': 1 }).toSorted()).toEqual([
    ['expire-connections', 1],
    ['send', 50],
  ]);
});

test('a name that no function has is a fault that names those there are', () => {
  const names = [...functionsOf(templates()).keys()].toSorted();
  try {
    templates({ concurrency: { sned: 1 } });
    throw new Error('no complaint');
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    const [, fault = '', allowed = ''] = /^(.*); allowed: (.*)$/.exec(String((error as Error).message)) ?? [];
    expect(fault).toBe('concurrency.sned: no such function');
    expect(allowed.split(', ').toSorted()).toEqual(names);
  }
});

test('a function that this configuration does not deploy has no concurrency to reserve', () => {
  expect(() => templates({ messages: { store: false }, concurrency: { purge: 1 } })).toThrow(
    /concurrency\.purge: no such function/,
  );
});
