import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { ConfigurationError } from '../../../infra/configuration/configuration-error.ts';
import { parseConfiguration } from '../../../infra/configuration/parse-configuration.ts';

function faults(input: unknown): readonly string[] {
  try {
    parseConfiguration('lapse.config.json', input);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

const duration =
  'allowed: a positive whole number of days, hours, minutes or seconds, such as "30d", "12h", "90m" or "45s"';
const purgeForms = 'allowed: "ttl", or an object such as {"bound": "1h"} with a bound of at least "5m"';
const region = 'allowed: an AWS region code such as "ap-northeast-2"';
const years = 'allowed: a whole number of years from 0 to 21';
const jurisdictions =
  'unknown key; allowed: ISO 3166-1 alpha-2 codes such as KR or GB (not UK), and ISO 3166-2 codes of their parts such as CA-QC';
const text = 'allowed: 1 to 128 letters, digits or any of . _ : + / = -';
const certificate = 'allowed: the ARN of an ACM certificate in the region of the API';
const certificateArn = 'arn:aws:acm:ap-northeast-2:123456789012:certificate/abc-1';
const busArn = 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat';
const busForm = `allowed: the ARN of an Amazon EventBridge bus such as "${busArn}"`;
const reviewArn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:review:live';
const topLevel =
  'messages, profiles, regions, auth, policy, minimumAge, sensitiveData, nationalIdCountries, review, purge, proofPeriod, erasure, edit, recall, groups, reach, senders, rooms, reports, limits, presence, throttling, connections, concurrency, encryption, accessLog, stage, domain, origins, nativeClients, alarms, costs, tracing, events, notifications';

test.each([
  [{ message: {} }, [`message: unknown key; allowed: ${topLevel}`]],
  [JSON.parse('{"__proto__": {}}'), [`__proto__: unknown key; allowed: ${topLevel}`]],
  [[], [`allowed: an object with the keys ${topLevel}`]],
  [null, [`allowed: an object with the keys ${topLevel}`]],
  [{ messages: true }, ['messages: allowed: an object with the keys store, retention, handover']],
  [{ profiles: true }, ['profiles: allowed: an object with the keys store, retention']],
  [
    { profiles: { store: false, handover: '5m' } },
    ['profiles.handover: unknown key; allowed: store, retention'],
  ],
  ...[{}, { store: true }].map((kept): [unknown, string[]] => [
    { messages: { ...kept, handover: '5m' } },
    [
      'messages.handover: allowed: only with "store": false; stored media can be fetched for as long as its message lives',
    ],
  ]),
  ...['601s', '11m', '1h'].map((handover): [unknown, string[]] => [
    { messages: { store: false, handover } },
    ['messages.handover: allowed: at most "10m"'],
  ]),
  [{ messages: { store: false, handover: 300 } }, [`messages.handover: ${duration}`]],
  [{ messages: { store: 'yes' } }, ['messages.store: allowed: true or false']],
  [
    { messages: { retension: '7d', keep: true } },
    [
      'messages.retension: unknown key; allowed: store, retention, handover',
      'messages.keep: unknown key; allowed: store, retention, handover',
    ],
  ],
  [{ events: true }, ['events: allowed: an object with the keys busArn, recipient, kinds, content, source']],
  [
    { events: {} },
    [
      `events.busArn: ${busForm}`,
      'events.recipient: allowed: who receives the events, 1 to 128 characters, for the data map',
    ],
  ],
  [
    { events: { busArn: 'arn:aws:sns:ap-northeast-2:111122223333:chat', recipient: 'us' } },
    [`events.busArn: ${busForm}`],
  ],
  [
    { events: { busArn: busArn.replace('ap-northeast-2', 'us-east-1'), recipient: 'us' } },
    ['events.busArn: allowed: a bus in one of the regions of `regions`'],
  ],
  ...[[], ['messages'], ['message', 'message'], 'message'].map((kinds): [unknown, string[]] => [
    { events: { busArn, recipient: 'us', kinds } },
    [
      `events.kinds${kinds[0] === 'messages' ? '.0' : ''}: allowed: a list of "message", "membership", "moderation", "consent", "privacy", each once`,
    ],
  ]),
  [
    {
      messages: { store: false },
      events: { busArn, recipient: 'us', kinds: ['consent', 'message'], content: true },
    },
    [
      'events.kinds: allowed: "consent" and "privacy" where messages are not stored',
      'events.content: allowed: false where messages are not stored',
    ],
  ],
  [
    { events: { busArn, recipient: 'us', source: 'aws.chat' } },
    [
      'events.source: allowed: 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter and not with "aws."',
    ],
  ],
  [
    { notifications: true },
    ['notifications: allowed: an object with the keys busArn, recipient, show, tokens, source'],
  ],
  [
    { notifications: {} },
    [
      `notifications.busArn: ${busForm}`,
      'notifications.recipient: allowed: who receives the events, 1 to 128 characters, for the data map',
    ],
  ],
  [
    { notifications: { busArn: busArn.replace('ap-northeast-2', 'us-east-1'), recipient: 'us' } },
    ['notifications.busArn: allowed: a bus in one of the regions of `regions`'],
  ],
  [
    { notifications: { busArn, recipient: 'us', show: 'all' } },
    ['notifications.show: allowed: "nothing", "sender", "text"'],
  ],
  ...['1h', '271d'].map((tokens): [unknown, string[]] => [
    { notifications: { busArn, recipient: 'us', tokens } },
    ['notifications.tokens: allowed: "1d" to "270d"'],
  ]),
  [
    { messages: { store: false }, notifications: { busArn, recipient: 'us' } },
    ['notifications: allowed: only where messages are stored'],
  ],
  [
    { profiles: { store: false }, notifications: { busArn, recipient: 'us', show: 'sender' } },
    ['notifications.show: allowed: "nothing" or "text" where profiles are not stored'],
  ],
  [{ senders: [] }, ['senders: allowed: an object such as {"support": {"nickname": "Support"}}']],
  ...['Support', 'sup port', '-a', 'a'.repeat(33)].map((name): [unknown, string[]] => [
    { senders: { [name]: { nickname: 'Support' } } },
    [
      `senders.${/^[\w-]+$/.test(name) ? name : JSON.stringify(name)}: unknown key; allowed: names of 1 to 32 small letters, digits and hyphens, such as "support"`,
    ],
  ]),
  [
    { senders: { a: {} } },
    ['senders.a.nickname: allowed: a text of at most 64 characters, one of them visible'],
  ],
  [
    { senders: { a: { nickname: '\u200b', avatarUrl: 'http://a.example' } } },
    [
      'senders.a.nickname: allowed: a text of at most 64 characters, one of them visible',
      'senders.a.avatarUrl: allowed: an https URL without credentials, of at most 2048 bytes',
    ],
  ],
  [
    { senders: { a: { nickname: 'A', messagesPerSecond: 0 } } },
    ['senders.a.messagesPerSecond: allowed: a whole number of at least 1'],
  ],
  [
    {
      senders: Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`s${at}`, { nickname: 'Sender' }])),
    },
    ['senders: allowed: at most 1536 bytes of JSON in all'],
  ],
  ...['', '7', 'd', '0d', '-1d', '1.5h', '7 d', '7D', '1w', '1d12h', ' 7d', '7d\n', 7, null].map(
    (retention): [unknown, string[]] => [{ profiles: { retention } }, [`profiles.retention: ${duration}`]],
  ),
  [{ messages: { retention: '36501d' } }, ['messages.retention: allowed: at most "36500d"']],
  [{ purge: { bounds: '1h' } }, ['purge.bounds: unknown key; allowed: bound, sweepers']],
  [{ recall: { window: '2' } }, [`recall.window: ${duration}`]],
  [{ edit: true }, ['edit: allowed: false, or an object such as {"window": "15m"}']],
  [{ edit: { until: '1h' } }, ['edit.until: unknown key; allowed: window']],
  ...['never', null, 3].map((purge): [unknown, string[]] => [{ purge }, [`purge: ${purgeForms}`]]),
  ...[3600, 'ttl', null, {}].map((bound): [unknown, string[]] => [
    { purge: { bound } },
    [`purge.bound: ${duration}`],
  ]),
  [{ purge: { bound: '299s' } }, ['purge.bound: allowed: "5m" or longer']],
  ...[0, 9, 1.5, '2', null].map((sweepers): [unknown, string[]] => [
    { purge: { sweepers } },
    ['purge.sweepers: allowed: 1 to 8'],
  ]),
  [
    { regions: 'ap-northeast-2' },
    [
      'regions: allowed: a list of AWS region codes such as ["ap-northeast-2"], the first one being the default',
    ],
  ],
  [
    { regions: [] },
    [
      'regions: allowed: a list of AWS region codes such as ["ap-northeast-2"], the first one being the default',
    ],
  ],
  [{ regions: [null] }, [`regions.0: ${region}`]],
  [{ regions: ['ap-northeast-2', 'ap-northest-2'] }, [`regions.1: ${region}`]],
  [{ regions: ['eu-west-1', 'eu-west-1'] }, ['regions: allowed: each region once']],
  [{ auth: { issuer: 'http://id.example', audience: 'a' } }, ['auth.issuer: allowed: an https URL']],
  [{ auth: { issuer: 'https://id.example' } }, ['auth.audience: missing; issuer and audience go together']],
  [{ auth: { audience: 'a' } }, ['auth.issuer: missing; issuer and audience go together']],
  [
    { auth: { jwksUri: 'https://id.example/keys' } },
    [
      'auth.issuer: missing; issuer and audience go together',
      'auth.audience: missing; issuer and audience go together',
    ],
  ],
  [
    { auth: { issuer: 'https://id.example', audience: 'a', jwksUri: 'id.example' } },
    ['auth.jwksUri: allowed: an https URL'],
  ],
  [{ auth: { issuer: 'https://id.example', audience: '' } }, ['auth.audience: allowed: a non-empty string']],
  [{ auth: { clientId: 'a' } }, ['auth.clientId: unknown key; allowed: issuer, audience, jwksUri, grace']],
  [{ auth: { grace: '59s' } }, ['auth.grace: allowed: "60s" or longer']],
  [{ policy: { version: 1 } }, [`policy.version: ${text}`]],
  [{ policy: { version: 'two words' } }, [`policy.version: ${text}`]],
  [{ policy: { digest: '' } }, [`policy.digest: ${text}`]],
  [{ policy: { url: 'http://chat.example' } }, ['policy.url: allowed: an https URL']],
  [{ minimumAge: { overrides: { KR: 13.5 } } }, [`minimumAge.overrides.KR: ${years}`]],
  [{ minimumAge: { overrides: { KR: 22 } } }, [`minimumAge.overrides.KR: ${years}`]],
  [{ minimumAge: { overrides: { KR: -1 } } }, [`minimumAge.overrides.KR: ${years}`]],
  [{ minimumAge: { overrides: { kr: 14 } } }, [`minimumAge.overrides.kr: ${jurisdictions}`]],
  ...['UK', 'XX', 'EU', 'ZZ', 'KOR', 'CA-', 'XX-AB', 'US-ZZ', 'CA-QCC', 'US-TX-1'].map(
    (code): [object, string[]] => [
      { minimumAge: { overrides: { [code]: 14 } } },
      [`minimumAge.overrides.${code}: ${jurisdictions}`],
    ],
  ),
  [
    { minimumAge: { assurance: 'passport' } },
    ['minimumAge.assurance: allowed: "declared", "operator" or "attested"'],
  ],
  [{ minimumAge: { refusal: '0h' } }, [`minimumAge.refusal: ${duration}`]],
  [
    { minimumAge: { overrides: [] } },
    ['minimumAge.overrides: allowed: an object of ages by ISO 3166 code such as {"KR": 14}'],
  ],
  [
    { nationalIdCountries: ['KR', 'ZZ'] },
    [
      'nationalIdCountries.1: allowed: a list of AR, AU, BE, BR, CA, CL, CN, CZ, DE, DK, ES, FI, FR, GB, HK, ID, IN, IT, JP, KR, MX, NL, NO, PL, PT, RO, SE, SG, TH, TR, TW, US, ZA',
    ],
  ],
  [
    { profiles: { store: false }, limits: { textBytes: 25_000 } },
    ['limits.textBytes: allowed: at most 24576 where profiles are not stored'],
  ],
  [{ presence: { default: 'friends' } }, ['presence.default: allowed: "everyone", "contacts" or "nobody"']],
  [{ reports: { keep: '23h' } }, ['reports.keep: allowed: "1d" to "366d"']],
  [{ reports: { keep: '367d' } }, ['reports.keep: allowed: "1d" to "366d"']],
  [{ reports: { hold: '3d' } }, ['reports.hold: unknown key; allowed: keep']],
  [{ reports: true }, ['reports: allowed: false, or an object such as {"keep": "30d"}']],
  [{ sensitiveData: 'redact' }, ['sensitiveData: allowed: "allow", "flag" or "block"']],
  [{ limits: { frameBytes: 32_769 } }, ['limits.frameBytes: allowed: a whole number of at most 32768']],
  [
    { limits: { groupMembers: 1_001, openMembersBurst: 2_000 } },
    ['limits.groupMembers: allowed: a whole number of at most 1000'],
  ],
  [{ limits: { membersAddedBurst: 24 } }, ['limits.membersAddedBurst: allowed: at least 25']],
  [{ rooms: { join: 'members' } }, ['rooms.join: allowed: "anyone" or {"claim": "the name of a claim"}']],
  [
    { rooms: { join: { claim: '' } } },
    ['rooms.join.claim: allowed: "anyone" or {"claim": "the name of a claim"}'],
  ],
  [
    { groups: { keep: true } },
    ['groups.keep: unknown key; allowed: history, afterLeaving, invite, mentionAll, pin'],
  ],
  [{ limits: { groupMembers: 0 } }, ['limits.groupMembers: allowed: a whole number above 0']],
  [{ limits: { historyPage: '100' } }, ['limits.historyPage: allowed: a whole number']],
  [{ limits: { frameBytes: 0 } }, ['limits.frameBytes: allowed: a whole number above 0']],
  [{ limits: { historyPage: 1e21 } }, ['limits.historyPage: allowed: a whole number of at most 100']],
  [{ limits: { frameBytes: 8_000 } }, ['limits.textBytes: allowed: at most frameBytes']],
  [
    { connections: { expected: 1_440_001 } },
    ['connections.expected: allowed: at most 1440000 where newPerSecond is 500'],
  ],
  [{ connections: { newPerSecond: 0 } }, ['connections.newPerSecond: allowed: a whole number of at least 1']],
  [{ connections: { now: 5 } }, ['connections.now: unknown key; allowed: expected, newPerSecond']],
  [{ throttling: { burst: 0 } }, ['throttling.burst: allowed: a whole number of at least 1']],
  [{ throttling: { rate: 5 } }, ['throttling.rate: unknown key; allowed: ratePerSecond, burst']],
  [{ concurrency: 50 }, ['concurrency: allowed: an object of numbers by function such as {"send": 50}']],
  ...[0, 1.5, '50', 100_001].map((send): [unknown, string[]] => [
    { concurrency: { send } },
    ['concurrency.send: allowed: a whole number from 1 to 100000'],
  ]),
  ...[true, 'kms', null].map((encryption): [unknown, string[]] => [
    { encryption },
    ['encryption: allowed: "aws" or "customer"'],
  ]),
  [{ accessLog: 'off' }, ['accessLog: allowed: true or false']],
  [{ tracing: 1 }, ['tracing: allowed: true or false']],
  ...['', 'Dev', 'dev-1', '1st', 'thirteenchars', 7].map((stage): [unknown, string[]] => [
    { stage },
    ['stage: allowed: 1 to 12 lower-case letters and digits, beginning with a letter, such as "dev"'],
  ]),
  [
    { stage: 'default' },
    ['stage: allowed: any name but "default", by which the stage without a name is known'],
  ],
  [{ domain: { name: 'chat.example.com' } }, [`domain.certificateArn: ${certificate}`]],
  ...['chat', 'https://chat.example.com', 'Chat.example.com', 'chat.example.com.', '-a.example.com'].map(
    (name): [unknown, string[]] => [
      { domain: { name, certificateArn } },
      ['domain.name: allowed: a host name in lower case such as "chat.example.com"'],
    ],
  ),
  [
    { domain: { name: 'chat.example.com', certificateArn: 'arn:aws:iam::1:server-certificate/x' } },
    [`domain.certificateArn: ${certificate}`],
  ],
  [
    { domain: { name: 'chat.example.com', certificateArn, hostedZoneId: 'zone' } },
    ['domain.hostedZoneId: allowed: the id of a Route 53 hosted zone such as "Z0123456789ABCDEFGHIJ"'],
  ],
  [
    { origins: 'https://a.example' },
    ['origins: allowed: a list of origins such as ["https://chat.example.com"]'],
  ],
  ...[
    'a.example',
    'https://a.example/',
    'https://a.example/chat',
    'https://A.example',
    '*',
    'null',
    'wss://a.example',
  ].map((origin): [unknown, string[]] => [
    { origins: [origin] },
    ['origins.0: allowed: origins as browsers send them, such as "https://chat.example.com"'],
  ]),
  [{ nativeClients: false }, ['nativeClients: allowed: false only where origins are listed']],
  ...[
    'review',
    'arn:aws:lambda:ap-northeast-2:1:function:f',
    'arn:aws:sqs:ap-northeast-2:111122223333:f',
  ].map((functionArn): [unknown, string[]] => [
    { review: { functionArn, recipient: 'Us' } },
    [
      'review.functionArn: allowed: the ARN of a Lambda function such as "arn:aws:lambda:ap-northeast-2:111122223333:function:review"',
    ],
  ]),
  [
    { review: { functionArn: reviewArn } },
    ['review.recipient: allowed: a text of 1 to 200 characters without line breaks'],
  ],
  ...[99, 2_001, 1.5, '1s'].map((timeoutMs): [unknown, string[]] => [
    { review: { functionArn: reviewArn, recipient: 'Us', timeoutMs } },
    ['review.timeoutMs: allowed: a whole number of milliseconds from 100 to 2000'],
  ]),
  [{ alarms: true }, ['alarms: allowed: an object with the keys email, topicArn, watch']],
  [{ alarms: { watch: 'all' } }, ['alarms.watch: allowed: "account" or "resources"']],
  [{ alarms: { email: 'oncall' } }, ['alarms.email: allowed: an e-mail address']],
  [{ alarms: { topicArn: 'oncall' } }, ['alarms.topicArn: allowed: the ARN of an Amazon SNS topic']],
  [
    { alarms: { email: 'a@example.com' }, costs: { monthlyUsd: 0 } },
    ['costs.monthlyUsd: allowed: a number of US dollars above 0'],
  ],
  ...[{}, { alarms: {} }].map((alarms): [unknown, string[]] => [
    { ...alarms, costs: { anomalyUsd: 5 } },
    ['costs: allowed: only where alarms names an email or a topicArn to tell'],
  ]),
])('%j is refused, line by line', (input, lines) => {
  expect(faults(input)).toEqual(lines.map((line) => `lapse.config.json: ${line}`));
});

test('an empty object means the defaults', () => {
  expect(parseConfiguration('test', {})).toEqual({
    messages: { stored: true, retentionSeconds: 604_800, handoverSeconds: 0 },
    presence: { default: 'contacts' },
    profiles: { stored: true, retentionSeconds: 604_800 },
    purge: { boundSeconds: 3_600, sweepers: 1 },
    regions: ['ap-northeast-2'],
    auth: { graceSeconds: 120 },
    policy: { version: '1', url: '', digest: createHash('sha256').update('1').digest('hex') },
    minimumAge: { overrides: {}, assurance: 'declared', refusalSeconds: 86_400 },
    sensitiveData: 'allow',
    nationalIdCountries: [],
    proofPeriod: 94_608_000,
    erasure: { deadlineSeconds: 2_592_000 },
    edit: { windowSeconds: 900 },
    recall: { windowSeconds: 120 },
    groups: {
      history: 'joining',
      afterLeaving: 'keep',
      invite: 'admins',
      mentionAll: 'admins',
      pin: 'admins',
    },
    limits: {
      frameBytes: 32_768,
      textBytes: 16_384,
      customBytes: 8_192,
      titleBytes: 256,
      groupMembers: 100,
      historyPage: 100,
      conversationsPage: 50,
      imageBytes: 20_000_000,
      audioBytes: 20_000_000,
      videoBytes: 100_000_000,
      fileBytes: 100_000_000,
      connectionsPerUser: 10,
      messagesPerSecond: 20,
      messagesBurst: 200,
      signalsPerSecond: 20,
      signalsBurst: 500,
      uploadBytesPerSecond: 1_000_000,
      uploadBytesBurst: 2_000_000_000,
      openMembersPerSecond: 1,
      openMembersBurst: 1_000,
      membersAddedPerSecond: 1,
      membersAddedBurst: 1_000,
      readsPerSecond: 100,
      readsBurst: 20_000,
      reactionsPerSecond: 5,
      reactionsBurst: 100,
      searchesPerSecond: 2,
      searchesBurst: 60,
      profileReadsPerSecond: 20,
      profileReadsBurst: 20_000,
      erasuresPerMinute: 10,
      erasuresBurst: 200,
      exportsPerMinute: 10,
      exportsBurst: 100,
      consentsPerMinute: 10,
      consentsBurst: 100,
      blocks: 1_000,
      blocksPerMinute: 30,
      blocksBurst: 1_000,
      openReports: 100,
      reportsPerMinute: 10,
      reportsBurst: 50,
      watchedRooms: 20,
      watchesPerSecond: 2,
      watchesBurst: 1_000,
      failedFramesPerSecond: 20,
      failedFramesBurst: 1_000,
    },
    reach: 'anyone',
    senders: {},
    reports: { keepSeconds: 2_592_000 },
    rooms: { open: 'anyone', join: 'anyone', callbacksPerSecond: 10_000 },
    throttling: { ratePerSecond: 1_000, burst: 2_000 },
    connections: { reconnectWithinSeconds: 30 },
    concurrency: {},
    encryption: 'aws',
    accessLog: false,
    origins: [],
    nativeClients: true,
    costs: {},
    tracing: false,
  });
});

test.each([
  ['30d', 2_592_000],
  ['12h', 43_200],
  ['90m', 5_400],
  ['45s', 45],
  ['1s', 1],
])('%s is %i seconds', (retention, seconds) => {
  expect(parseConfiguration('test', { messages: { retention } }).messages.retentionSeconds).toBe(seconds);
});

test('any positive duration of up to a century is taken', () => {
  const units = { d: 86_400, h: 3_600, m: 60, s: 1 };
  const unit = fc.constantFrom('d' as const, 'h' as const, 'm' as const, 's' as const);
  fc.assert(
    fc.property(unit, fc.integer({ min: 1, max: 36_500 }), (letter, amount) => {
      const { windowSeconds } = parseConfiguration('test', {
        recall: { window: `${amount}${letter}` },
      }).recall;
      expect(windowSeconds).toBe(amount * units[letter]);
    }),
  );
});

test('whatever is wrong, each fault is one line that names its source', () => {
  const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.anything());
  const known = fc.record({
    messages: object,
    regions: fc.anything(),
    auth: object,
    minimumAge: fc.record({ overrides: object }),
  });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), object, known), (input) => {
      for (const line of faults(input))
        expect(line).toMatch(/^lapse\.config\.json: .*(allowed:|missing;)[^\n]*$/u);
    }),
    { examples: [[{ 'two\nlines': 1 }]] },
  );
});

test.each(['https://id.example', 'https://id.example/'])('%s has its keys in the usual place', (issuer) => {
  expect(parseConfiguration('test', { auth: { issuer, audience: 'chat' } }).auth).toEqual({
    graceSeconds: 120,
    provider: { issuer, audience: 'chat', jwksUri: 'https://id.example/.well-known/jwks.json' },
  });
});

test('the grace can be set for the user pool too', () => {
  expect(parseConfiguration('test', { auth: { grace: '5m' } }).auth).toEqual({ graceSeconds: 300 });
});

test('a new policy version has a new digest', () => {
  const digestOf = (version: string) => parseConfiguration('test', { policy: { version } }).policy.digest;
  expect(digestOf('2')).not.toBe(digestOf('1'));
});
