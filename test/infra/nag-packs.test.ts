import { acknowledgements } from '../../infra/nag-acknowledgements.ts';
import { checkWithNag, nagPacks } from '../../infra/nag-packs.ts';
import { application } from './support/templates.ts';

const region = 'ap-northeast-2';
const reviewed = acknowledgements(region);

const combinations = [true, false].flatMap((messages) =>
  [true, false].map((profiles) => ({ messages: { store: messages }, profiles: { store: profiles } })),
);
const handing = { messages: { store: false, handover: '5m' } };
const bare = { purge: 'ttl' };
const logged = { accessLog: true };
const watched = { alarms: { email: 'oncall@example.com' }, costs: { monthlyUsd: 5 }, tracing: true };
const bus = 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat';
const telling = { events: { busArn: bus, recipient: 'us' } };
const own = { encryption: 'customer', auth: { issuer: 'https://id.example', audience: 'chat' } };

/** What the packs find, as `rule at path`. */
function findingsOf(input: unknown, acknowledged = reviewed): readonly string[] {
  const { app } = application(input);
  // What one stack takes from the other has its final name only then.
  app.synth();
  checkWithNag(app, acknowledged);
  return nagPacks(app)
    .flatMap((pack) => pack.validateScope(app).violations)
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );
}

test.each([...combinations, handing, bare, logged, own, watched, telling])(
  'nothing is found that nobody has acknowledged: %j',
  (input) => {
    expect(findingsOf(input)).toEqual([]);
  },
);

test('a stage of its own name is acknowledged likewise', () => {
  expect(findingsOf({ stage: 'dev' }, acknowledgements(region, 'Lapse-dev'))).toEqual([]);
});

test('each acknowledgement is about something that is found', () => {
  const found = [{}, handing, bare, watched, telling].flatMap((input) => findingsOf(input, []));
  const idle = reviewed.flatMap(({ rules, at = [''] }) =>
    rules.flatMap((rule) =>
      at.map((path) => `${rule} at ${path}`).filter((start) => !found.some((each) => each.startsWith(start))),
    ),
  );
  expect(idle).toEqual([]);
});

test('each acknowledgement has a reason of its own', () => {
  const reasons = reviewed.map(({ reason }) => reason);
  expect(new Set(reasons).size).toBe(reasons.length);
  for (const reason of reasons) expect(reason.length).toBeGreaterThan(30);
});

test('a finding fails the synthesis', () => {
  const { app } = application();
  checkWithNag(
    app,
    reviewed.filter(({ rules }) => !rules.includes('AwsSolutions-S1')),
  );
  expect(() => app.synth()).toThrow(/AwsSolutions-S1/);
});

test('with what is acknowledged it goes through', () => {
  const { app } = application();
  checkWithNag(app, reviewed);
  expect(() => app.synth()).not.toThrow();
});
