import { functionsOf } from '../support/functions.ts';
import { templates } from '../support/templates.ts';

const policy = ['POLICY_VERSION', 'POLICY_DIGEST'];
const sensitiveData = ['SENSITIVE_DATA', 'NATIONAL_ID_COUNTRIES'];
const age = ['MINIMUM_AGE_OVERRIDES', 'AGE_ASSURANCE', 'AGE_REFUSAL_SECONDS'];
/** Kept where profiles are. */
const titles = ['PROFILE_TABLE', 'PROFILES_STORED', 'PROFILE_RETENTION_SECONDS', 'PURGE_BOUND_SECONDS'];
const grace = 'TOKEN_GRACE_SECONDS';

/** How many frames of its kind one user may send. */
const rates = ['LIMITS', 'RATE_LIMIT_TABLE'];

const reporting = ['REPORT_TABLE', 'REPORT_SECONDS'];
const endingReports = [
  ...reporting,
  'REPORT_BUCKET',
  'PERSONAL_TABLE',
  'MESSAGE_TABLE',
  'PRIVACY_TABLE',
  'ERASURE_QUEUE_URL',
];

/** To change what a message says. */
const changing = [
  ...['LIVE_TABLE', 'CONNECTION_TABLE', 'PRIVACY_TABLE', 'CONSENT_TABLE', 'MESSAGE_TABLE', 'CHANGE_TABLE'],
  ...['CONVERSATION_TABLE', 'SEND_TABLE', 'ROOM_QUEUE_URL', 'CALLBACK_URL'],
  ...['MESSAGES_STORED', 'MESSAGE_RETENTION_SECONDS'],
  ...rates,
  ...policy,
  grace,
];

const names: Readonly<Record<string, readonly string[]>> = {
  authorize: [
    'REACH',
    'CONSENT_TABLE',
    'PROFILES_STORED',
    'TOKEN_ISSUER',
    'TOKEN_AUDIENCE',
    'TOKEN_JWKS_URI',
    'ALLOWED_ORIGINS',
    'NATIVE_CLIENTS',
    ...policy,
  ],
  connect: [
    'PERSONAL_TABLE',
    'LIVE_TABLE',
    'CALLBACK_URL',
    'LIMITS',
    'CONNECTION_TABLE',
    'CONSENT_TABLE',
    'PRESENCE_DEFAULT',
    ...policy,
    grace,
  ],
  disconnect: [
    'PERSONAL_TABLE',
    'LIVE_TABLE',
    'CALLBACK_URL',
    'LIMITS',
    'CONNECTION_TABLE',
    'CONSENT_TABLE',
    'PRESENCE_DEFAULT',
    ...policy,
    grace,
  ],
  default: [...rates, ...policy, grace],
  hello: [
    'CALLBACK_URL',
    'RETRY_QUEUE_URL',
    'SEND_TABLE',
    'LIVE_TABLE',
    'MESSAGE_TABLE',
    'CONNECTION_TABLE',
    'PRIVACY_TABLE',
    ...rates,
    'CONVERSATION_TABLE',
    'CONSENT_TABLE',
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    'HANDOVER_SECONDS',
    ...titles,
    'POLICY_URL',
    'RECONNECT_WITHIN_SECONDS',
    ...policy,
    grace,
    'PERSONAL_TABLE',
  ],
  conversations: [
    'LIVE_TABLE',
    'MESSAGE_TABLE',
    'CONNECTION_TABLE',
    ...titles,
    'PRIVACY_TABLE',
    'MESSAGES_STORED',
    ...rates,
    'CONSENT_TABLE',
    'CONVERSATION_TABLE',
    'MESSAGE_RETENTION_SECONDS',
    ...policy,
    grace,
    'PERSONAL_TABLE',
  ],
  consent: [
    'PERSONAL_TABLE',
    'PRESENCE_DEFAULT',
    'LIVE_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'CONNECTION_TABLE',
    'CALLBACK_URL',
    ...age,
    ...policy,
    grace,
  ],
  open: [
    'REACH',
    'CALLBACK_URL',
    'GROUPS',
    'LIVE_TABLE',
    'CONNECTION_TABLE',
    ...titles,
    ...rates,
    'CONVERSATION_TABLE',
    'CONSENT_TABLE',
    'PRIVACY_TABLE',
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    'ROOMS_OPENED',
    ...policy,
    ...sensitiveData,
    grace,
    'PERSONAL_TABLE',
  ],
  members: [
    'REACH',
    'PERSONAL_TABLE',
    'LIVE_TABLE',
    'CONNECTION_TABLE',
    'PRIVACY_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'CONVERSATION_TABLE',
    'MESSAGE_TABLE',
    'SEND_TABLE',
    'RETRY_QUEUE_URL',
    'CALLBACK_URL',
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    'PURGE_BOUND_SECONDS',
    'PROFILES_STORED',
    'PROFILE_RETENTION_SECONDS',
    'GROUPS',
    ...policy,
    grace,
  ],
  title: [
    'LIVE_TABLE',
    'CONNECTION_TABLE',
    'PRIVACY_TABLE',
    ...titles,
    ...rates,
    'CONSENT_TABLE',
    'CONVERSATION_TABLE',
    'MESSAGE_TABLE',
    'SEND_TABLE',
    'RETRY_QUEUE_URL',
    'CALLBACK_URL',
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    ...sensitiveData,
    ...policy,
    grace,
  ],
  send: [
    'LIVE_TABLE',
    'PURGE_BOUND_SECONDS',
    'PRIVACY_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'MESSAGE_TABLE',
    'CONVERSATION_TABLE',
    'CONNECTION_TABLE',
    'SEND_TABLE',
    'RETRY_QUEUE_URL',
    'ROOM_QUEUE_URL',
    'CALLBACK_URL',
    'PROCESS_MEDIA_FUNCTION',
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    'HANDOVER_SECONDS',
    ...policy,
    ...sensitiveData,
    grace,
    'PERSONAL_TABLE',
  ],
  upload: [
    'LIVE_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'CONVERSATION_TABLE',
    'MEDIA_TABLE',
    'MEDIA_BUCKET',
    'MESSAGES_STORED',
    'HANDOVER_SECONDS',
    ...policy,
    grace,
  ],
  download: [
    'LIVE_TABLE',
    'PRIVACY_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'CONVERSATION_TABLE',
    'MESSAGE_TABLE',
    'MEDIA_BUCKET',
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    'HANDOVER_SECONDS',
    ...policy,
    grace,
  ],
  'process-media': ['MEDIA_TABLE', 'MEDIA_BUCKET', 'MESSAGES_STORED'],
  'sweep-profiles': ['PROFILE_TABLE', 'PROFILE_RETENTION_SECONDS', 'PRIVACY_TABLE'],
  'sweep-uploads': ['PURGE_BOUND_SECONDS', 'MESSAGE_TABLE', 'MEDIA_TABLE', 'MEDIA_BUCKET', 'PRIVACY_TABLE'],
  edit: [...changing, ...sensitiveData, 'EDIT_SECONDS'],
  recall: [...changing, 'RECALL_SECONDS', 'MEDIA_TABLE', 'MEDIA_BUCKET'],
  history: [
    'CHANGE_TABLE',
    'LIVE_TABLE',
    'PRIVACY_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'MESSAGE_TABLE',
    'CONVERSATION_TABLE',
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    ...policy,
    grace,
  ],
  watch: [
    'MESSAGES_STORED',
    ...titles,
    'LIVE_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'CONVERSATION_TABLE',
    'CONNECTION_TABLE',
    'MESSAGE_TABLE',
    'PRIVACY_TABLE',
    ...policy,
    grace,
  ],
  unwatch: ['LIVE_TABLE', ...rates, 'CONSENT_TABLE', ...policy, grace],
  'deliver-room': [
    'LIVE_TABLE',
    'CONNECTION_TABLE',
    'MESSAGE_TABLE',
    'PRIVACY_TABLE',
    'ROOM_QUEUE_URL',
    'CALLBACK_URL',
    'CALLBACKS_PER_SECOND',
    'MESSAGE_RETENTION_SECONDS',
    'PURGE_BOUND_SECONDS',
    'LIMITS',
    ...policy,
  ],
  report: [
    ...rates,
    'CONSENT_TABLE',
    'CONVERSATION_TABLE',
    'LIVE_TABLE',
    'MESSAGE_TABLE',
    'MESSAGE_RETENTION_SECONDS',
    'PERSONAL_TABLE',
    'PRIVACY_TABLE',
    'MEDIA_BUCKET',
    ...reporting,
    'REPORT_BUCKET',
    ...policy,
    grace,
  ],
  'sweep-reports': [...endingReports, 'MEDIA_BUCKET'],
  'admin-report-list': [...reporting, 'PRIVACY_TABLE'],
  'admin-report-show': [...reporting, 'REPORT_BUCKET', 'PRIVACY_TABLE'],
  'admin-report-decide': endingReports,
  block: [
    'LIVE_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'CONVERSATION_TABLE',
    'CONNECTION_TABLE',
    'PERSONAL_TABLE',
    'CALLBACK_URL',
    ...policy,
    grace,
  ],
  typing: [
    'LIVE_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'CONVERSATION_TABLE',
    'CONNECTION_TABLE',
    'CALLBACK_URL',
    ...policy,
    grace,
  ],
  read: [
    'LIVE_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'MESSAGE_TABLE',
    'CONVERSATION_TABLE',
    'CONNECTION_TABLE',
    'CALLBACK_URL',
    'MESSAGES_STORED',
    'RETRY_QUEUE_URL',
    ...policy,
    grace,
  ],
  delivered: [
    'LIVE_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'MESSAGE_TABLE',
    'CONVERSATION_TABLE',
    'CONNECTION_TABLE',
    'CALLBACK_URL',
    'MESSAGES_STORED',
    'RETRY_QUEUE_URL',
    ...policy,
    grace,
  ],
  profile: [
    ...rates,
    'PROFILE_TABLE',
    'PERSONAL_TABLE',
    'CONVERSATION_TABLE',
    'CONSENT_TABLE',
    'PRIVACY_TABLE',
    'PROFILES_STORED',
    'PROFILE_RETENTION_SECONDS',
    'PURGE_BOUND_SECONDS',
    ...policy,
    ...sensitiveData,
    grace,
  ],
  mute: [
    ...['LIVE_TABLE', 'CONVERSATION_TABLE', 'CONNECTION_TABLE', 'CONSENT_TABLE', 'CALLBACK_URL'],
    ...[...rates, ...policy, grace],
  ],
  arrange: [
    ...['LIVE_TABLE', 'CONVERSATION_TABLE', 'CONNECTION_TABLE', 'CONSENT_TABLE', 'CALLBACK_URL'],
    ...[...rates, ...policy, grace],
  ],
  settings: [
    'LIVE_TABLE',
    'PERSONAL_TABLE',
    'CONNECTION_TABLE',
    'CONSENT_TABLE',
    'CALLBACK_URL',
    'PRESENCE_DEFAULT',
    ...rates,
    ...policy,
    grace,
  ],
  presence: [
    'LIVE_TABLE',
    'PERSONAL_TABLE',
    'CONNECTION_TABLE',
    'CONVERSATION_TABLE',
    'CONSENT_TABLE',
    'PRESENCE_DEFAULT',
    ...rates,
    ...policy,
    grace,
  ],
  ping: [...rates, ...policy, grace],
  devices: ['LIVE_TABLE', 'CONNECTION_TABLE', 'CONSENT_TABLE', 'CALLBACK_URL', ...rates, ...policy, grace],
  'retry-push': [
    'PERSONAL_TABLE',
    'LIVE_TABLE',
    'RETRY_QUEUE_URL',
    'PRIVACY_TABLE',
    'LIMITS',
    'MESSAGE_TABLE',
    'CONVERSATION_TABLE',
    'CONNECTION_TABLE',
    'CALLBACK_URL',
    'MESSAGE_RETENTION_SECONDS',
    ...policy,
  ],
  purge: [
    'MEDIA_TABLE',
    'MEDIA_BUCKET',
    'PRIVACY_TABLE',
    'MESSAGE_TABLE',
    'CONVERSATION_TABLE',
    'MESSAGE_RETENTION_SECONDS',
  ],
  'admin-consent-show': ['CONSENT_TABLE', ...policy],
  'admin-consent-record': ['CONSENT_TABLE', ...age, ...policy],
  'admin-consent-withdraw': [
    'PERSONAL_TABLE',
    'PRESENCE_DEFAULT',
    'LIMITS',
    'LIVE_TABLE',
    'CONSENT_TABLE',
    'CONNECTION_TABLE',
    'CALLBACK_URL',
    ...policy,
  ],
  'admin-purge-status': [
    'CONVERSATION_TABLE',
    'PRIVACY_TABLE',
    'MESSAGE_RETENTION_SECONDS',
    'PURGE_BOUND_SECONDS',
  ],
  'admin-retention-preview': [
    'CONVERSATION_TABLE',
    'MESSAGE_TABLE',
    'PRIVACY_TABLE',
    'MESSAGE_RETENTION_SECONDS',
  ],
  'admin-hold': [
    'CONSENT_TABLE',
    'CONNECTION_TABLE',
    'RATE_LIMIT_TABLE',
    'PROFILE_TABLE',
    'PRIVACY_TABLE',
    'HOLD_QUEUE_URL',
    'CONVERSATION_TABLE',
    'MESSAGES_STORED',
    'PROFILES_STORED',
  ],
  'admin-release': [
    'PRIVACY_TABLE',
    'ERASURE_QUEUE_URL',
    'HOLD_QUEUE_URL',
    'MESSAGES_STORED',
    'PROFILES_STORED',
  ],
  'apply-holds': [
    'LIVE_TABLE',
    'SEND_TABLE',
    'PURGE_BOUND_SECONDS',
    'MEDIA_BUCKET',
    'HOLD_QUEUE_URL',
    'PRIVACY_TABLE',
    'CONVERSATION_TABLE',
    'MESSAGE_TABLE',
    'PROFILE_TABLE',
    'MESSAGES_STORED',
    'PROFILES_STORED',
  ],
  'expire-connections': [
    'PERSONAL_TABLE',
    'PRESENCE_DEFAULT',
    'CONSENT_TABLE',
    ...policy,
    'LIVE_TABLE',
    'LIMITS',
    'CONNECTION_TABLE',
    'CALLBACK_URL',
  ],
  erase: [
    'LIVE_TABLE',
    ...rates,
    'CONSENT_TABLE',
    'PRIVACY_TABLE',
    'CONVERSATION_TABLE',
    'ERASURE_QUEUE_URL',
    'MESSAGE_TABLE',
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    'PROFILES_STORED',
    ...policy,
    grace,
  ],
  'carry-out-erasures': [
    'CHANGE_TABLE',
    ...reporting,
    'ROOM_QUEUE_URL',
    'PERSONAL_TABLE',
    'LIVE_TABLE',
    'PURGE_BOUND_SECONDS',
    'LIMITS',
    'RATE_LIMIT_TABLE',
    'MEDIA_TABLE',
    'MEDIA_BUCKET',
    'MESSAGE_TABLE',
    'SEND_TABLE',
    'PROFILE_TABLE',
    'CONVERSATION_TABLE',
    'CONSENT_TABLE',
    'CONNECTION_TABLE',
    'PRIVACY_TABLE',
    'EXPORT_BUCKET',
    'EXPORT_QUEUE_URL',
    'CALLBACK_URL',
    'ERASURE_QUEUE_URL',
    'MESSAGES_STORED',
    'HANDOVER_SECONDS',
    'PROFILES_STORED',
    'PROOF_SECONDS',
    ...policy,
  ],
  'resume-erasures': ['PRIVACY_TABLE', 'ERASURE_QUEUE_URL'],
  'admin-user-erase': [
    'CONSENT_TABLE',
    'CONNECTION_TABLE',
    'RATE_LIMIT_TABLE',
    'PROFILE_TABLE',
    'PROFILES_STORED',
    'PRIVACY_TABLE',
    'CONVERSATION_TABLE',
    'ERASURE_QUEUE_URL',
  ],
  'admin-user-receipts': ['PRIVACY_TABLE'],
  'admin-user-export': [
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    'PRIVACY_TABLE',
    'EXPORT_BUCKET',
    'EXPORT_QUEUE_URL',
  ],
  export: [
    ...rates,
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    'CONSENT_TABLE',
    'PRIVACY_TABLE',
    'EXPORT_BUCKET',
    'EXPORT_QUEUE_URL',
    ...policy,
    grace,
  ],
  'write-export': [
    'PERSONAL_TABLE',
    'LIVE_TABLE',
    'LIMITS',
    'RATE_LIMIT_TABLE',
    'MEDIA_BUCKET',
    'MESSAGE_TABLE',
    'PROFILE_TABLE',
    'CONVERSATION_TABLE',
    'CONNECTION_TABLE',
    'CONSENT_TABLE',
    'SEND_TABLE',
    'PRIVACY_TABLE',
    'EXPORT_BUCKET',
    'CALLBACK_URL',
    'MESSAGES_STORED',
    'MESSAGE_RETENTION_SECONDS',
    'PROFILES_STORED',
    'PROFILE_RETENTION_SECONDS',
    'EXPORT_QUEUE_URL',
    ...policy,
  ],
  'tend-exports': ['PRIVACY_TABLE', 'EXPORT_BUCKET', 'EXPORT_QUEUE_URL'],
};

function environment(functionName: string, input: unknown = {}): Readonly<Record<string, string>> {
  return functionsOf(templates(input)).get(functionName)?.environment ?? {};
}

test.each(Object.entries(names))('%s is told exactly this', (functionName, told) => {
  expect(Object.keys(environment(functionName)).toSorted()).toEqual([...told, 'METRIC_NAMESPACE'].toSorted());
});

test.each([
  ['send', 'MESSAGE_TABLE'],
  ['send', 'RETRY_QUEUE_URL'],
  ['send', 'PROCESS_MEDIA_FUNCTION'],
  ['upload', 'MEDIA_BUCKET'],
  ['download', 'MEDIA_BUCKET'],
  ['history', 'MESSAGE_TABLE'],
])('%s knows no %s where messages are not stored', (functionName, name) => {
  expect(environment(functionName, { messages: { store: false } })).not.toHaveProperty(name);
});

test('durations reach the functions as seconds', () => {
  const input = { messages: { retention: '90m' }, profiles: { retention: '2d' }, auth: { grace: '75s' } };
  expect(environment('hello', input)).toMatchObject({
    MESSAGE_RETENTION_SECONDS: '5400',
    PROFILE_RETENTION_SECONDS: '172800',
    TOKEN_GRACE_SECONDS: '75',
  });
});

test.each([
  [{}, '30'],
  [{ expected: 12_001 }, '31'],
  [{ expected: 1_000_000 }, '2500'],
  [{ expected: 1_000_000, newPerSecond: 2_500 }, '500'],
  [{ expected: 1_440_000 }, '3600'],
])('with connections %j clients come back within %s s', (connections, seconds) => {
  expect(environment('hello', { connections })).toMatchObject({ RECONNECT_WITHIN_SECONDS: seconds });
});

test('what is stored reaches the functions as true or false', () => {
  expect(environment('hello', { messages: { store: false } })).toMatchObject({
    MESSAGES_STORED: 'false',
    PROFILES_STORED: 'true',
  });
});

test.each(['PROFILE_TABLE', 'CONVERSATION_TABLE'])(
  'profile knows no %s where profiles are not stored',
  (name) => {
    expect(environment('profile', { profiles: { store: false } })).not.toHaveProperty(name);
  },
);

test.each(['send', 'profile'])('%s is told what to do about sensitive data', (functionName) => {
  const input = { sensitiveData: 'block', nationalIdCountries: ['KR', 'BR'] };
  expect(environment(functionName, input)).toMatchObject({
    SENSITIVE_DATA: 'block',
    NATIONAL_ID_COUNTRIES: '["KR","BR"]',
  });
});

test('limits and ages reach the functions as JSON', () => {
  const input = {
    limits: { groupMembers: 7 },
    minimumAge: { overrides: { 'CA-QC': 14 }, assurance: 'operator', refusal: '2h' },
  };
  expect(JSON.parse(environment('send', input)['LIMITS'] ?? '')).toMatchObject({
    groupMembers: 7,
    textBytes: 16_384,
  });
  expect(environment('consent', input)).toMatchObject({
    MINIMUM_AGE_OVERRIDES: '{"CA-QC":14}',
    AGE_ASSURANCE: 'operator',
    AGE_REFUSAL_SECONDS: '7200',
  });
});

test('the policy reaches the functions', () => {
  const input = { policy: { version: '2026-11', url: 'https://chat.example/policy', digest: 'sha256:abc' } };
  expect(environment('hello', input)).toMatchObject({
    POLICY_VERSION: '2026-11',
    POLICY_URL: 'https://chat.example/policy',
    POLICY_DIGEST: 'sha256:abc',
  });
});

test('the way back to a connection is the stage of this API', () => {
  expect(environment('send')['CALLBACK_URL']).toBe(
    'https://ChatApi.execute-api.ap-northeast-2.{URLSuffix}/v1',
  );
});

test('without an issuer the tokens are those of the user pool', () => {
  expect(environment('authorize')).toMatchObject({
    TOKEN_ISSUER: 'https://cognito-idp.ap-northeast-2.{URLSuffix}/UsersPool',
    TOKEN_JWKS_URI: 'https://cognito-idp.ap-northeast-2.{URLSuffix}/UsersPool/.well-known/jwks.json',
    TOKEN_AUDIENCE: 'UsersPoolClient',
  });
});

test('with an issuer the tokens are its own', () => {
  expect(
    environment('authorize', { auth: { issuer: 'https://id.example', audience: 'chat' } }),
  ).toMatchObject({
    TOKEN_ISSUER: 'https://id.example',
    TOKEN_JWKS_URI: 'https://id.example/.well-known/jwks.json',
    TOKEN_AUDIENCE: 'chat',
  });
});
