import { compose, together } from '../../../shared/composition/compose.ts';
import {
  ifMediaIsHandedOver,
  ifMessagesStored,
  ifProfilesStored,
} from '../../../shared/composition/modes.ts';
import { rates } from '../../../shared/composition/rates.ts';
import { graceSeconds, limits, policy } from '../../../shared/composition/settings.ts';
import { conversations } from '../../../shared/composition/stores.ts';
import { environmentVariables } from '../../../shared/runtime/environment.ts';

function told(values: Readonly<Record<string, string>>): void {
  for (const { name } of Object.values(environmentVariables)) delete process.env[name];
  Object.assign(process.env, values);
}

/** What the error says of each variable, sorted. */
function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    const [, problems = ''] = String(error).match(/^Error: invalid environment: (.*)$/s) ?? [];
    return problems
      .split('; ')
      .map((problem) => problem.split(':')[0] ?? '')
      .toSorted();
  }
  return [];
}

test('the parts are made from what the function is told, and nothing else is asked for', () => {
  told({ POLICY_VERSION: '1', POLICY_DIGEST: 'sha256:abc', TOKEN_GRACE_SECONDS: '30' });
  expect(compose({ policy, graceSeconds })).toEqual({
    policy: { version: '1', digest: 'sha256:abc' },
    graceSeconds: 30,
  });
});

test('the error names every variable that is missing or wrong, also behind a part that stumbles over one', () => {
  told({ POLICY_VERSION: '1', TOKEN_GRACE_SECONDS: 'soon', LIMITS: '{' });
  expect(problemsOf(() => compose({ rates, limits, policy, graceSeconds, conversations }))).toEqual([
    'CONVERSATION_TABLE',
    'LIMITS',
    'POLICY_DIGEST',
    'RATE_LIMIT_TABLE',
    'TOKEN_GRACE_SECONDS',
  ]);
});

test('an error says no value: what a variable holds may be anything', () => {
  told({ TOKEN_GRACE_SECONDS: 'a-secret' });
  expect(() => compose({ graceSeconds })).toThrow(
    /^invalid environment: TOKEN_GRACE_SECONDS: (?!.*a-secret)/,
  );
});

test('a part that fails with all that it needs fails as itself', () => {
  told({});
  const broken = () => {
    throw new RangeError('broken');
  };
  expect(() => compose({ broken })).toThrow(RangeError);
});

const messagesOnly = { MESSAGES_STORED: 'true', PROFILES_STORED: 'false', HANDOVER_SECONDS: '0' };

test('what a mode does not have is not made and asks for nothing', () => {
  const stored = together({ policy, graceSeconds });
  told({ ...messagesOnly, MESSAGES_STORED: 'false' });
  expect(
    compose({
      messages: ifMessagesStored(stored),
      profiles: ifProfilesStored(stored),
      media: ifMediaIsHandedOver(stored),
    }),
  ).toEqual({ messages: undefined, profiles: undefined, media: undefined });
});

test('what a mode has is asked for at once, with everything else', () => {
  told({ ...messagesOnly, MESSAGES_STORED: 'maybe' });
  expect(problemsOf(() => compose({ messages: ifMessagesStored(policy) }))).toEqual(['MESSAGES_STORED']);
  told(messagesOnly);
  expect(problemsOf(() => compose({ messages: ifMessagesStored(policy), graceSeconds }))).toEqual([
    'POLICY_DIGEST',
    'POLICY_VERSION',
    'TOKEN_GRACE_SECONDS',
  ]);
});
