/** List prices in USD of US East (N. Virginia), as the public pages said them on that day. Other regions are up to a quarter dearer. */
export const prices = {
  region: 'us-east-1',
  readOn: '2026-09-20',
  /** API Gateway, of each started 32 KB in either direction. */
  frame: 1.0e-6,
  /** Of those beyond as many in a month. */
  furtherFrame: 0.8e-6,
  firstFrames: 1e9,
  connectionMinute: 0.25e-6,
  /** Lambda on arm64. */
  invocation: 0.2e-6,
  gigabyteSecond: 13.3334e-6,
  /** DynamoDB, paid by request. */
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  storedGigabyte: 0.25,
  freeStoredGigabytes: 25,
  /** CloudWatch. */
  logGigabyte: 0.5,
  freeLogGigabytes: 5,
  alarmMetric: 0.1,
  freeAlarmMetrics: 10,
  ownMetric: 0.3,
  freeOwnMetrics: 10,
  /** To the internet. */
  sentGigabyte: 0.09,
  freeSentGigabytes: 100,
  /** What Lambda's polling of the four queues costs whether anything is in them or not. */
  queuePolls: 0.65,
} as const;

/** As they were found; neither publishes what it takes beyond its largest plan. */
export const peers = [
  { name: 'Sendbird, Starter', upTo: 5_000, usd: 399, source: 'price page, 2026-09' },
  { name: 'Stream Chat', upTo: 10_000, usd: 499, source: 'reports of its former price page, 2026-09' },
] as const;
