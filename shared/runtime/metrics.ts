/** Everything that is measured, and in what. The alarms take the names from here. */
const units = {
  /** Pushes that could not be handed over and are left to the retry queue, or to the client's next `history`. */
  FanOutFailures: 'Count',
  /** Handshakes that could not be decided: the issuer's keys or the consent ledger were not to be had. */
  AuthorizerErrors: 'Count',
  /** Handshakes that were decided: a token that is not trusted, an origin that is not allowed. */
  RefusedHandshakes: 'Count',
  SensitiveData: 'Count',
  /** Messages that the operator's function refused, and those that came to no verdict that could be followed. */
  ReviewRefusals: 'Count',
  ReviewFailures: 'Count',
  OldestExpiredItemAge: 'Seconds',
  OldestOpenErasureAge: 'Seconds',
  OldestErasureRequestAge: 'Seconds',
  /** How long the oldest has waited for whom it is due: uploads to be looked at, zips to be deleted or written, holds to be followed. */
  OldestOverdueUploadAge: 'Seconds',
  /** For how long somebody's sockets should have been cut. */
  OldestOverdueConnectionAge: 'Seconds',
  OldestOverdueExportAge: 'Seconds',
  OldestOpenExportAge: 'Seconds',
  OldestHoldWalkAge: 'Seconds',
  /** Of profiles and titles alone; 0 as long as their sweeper keeps up. */
  OldestExpiredProfileAge: 'Seconds',
  PurgedMessages: 'Count',
  PurgedProfiles: 'Count',
  PurgeFailures: 'Count',
  UnsentUploadsDeleted: 'Count',
  UploadSweepFailures: 'Count',
  HandoversEnded: 'Count',
  /** Reports whose copies went, by a decision or by their end. */
  ReportsEnded: 'Count',
  ReportSweepFailures: 'Count',
  /** For how long one that is over should have been gone, and for how long one waits for a moderator. */
  OldestOverdueReportAge: 'Seconds',
  OldestOpenReportAge: 'Seconds',
} as const;

export type MetricName = keyof typeof units;

export type Metrics = {
  /** Under `dimensions`, where there are any, and also without them: an alarm sees the sum. */
  put(
    values: Readonly<Partial<Record<MetricName, number>>>,
    dimensions?: Readonly<Record<string, string>>,
  ): void;
};

/** CloudWatch's embedded metric format: numbers under fixed names, nothing of anybody's. */
export function metrics(
  namespace: string,
  write: (text: string) => void = (text) => void process.stdout.write(text),
  now: () => number = Date.now,
): Metrics {
  return {
    put(values, dimensions = {}) {
      const names = Object.keys(dimensions);
      const metric = {
        Namespace: namespace,
        Dimensions: names.length === 0 ? [[]] : [[], names],
        Metrics: Object.keys(values).map((Name) => ({ Name, Unit: units[Name as MetricName] })),
      };
      const line = { _aws: { Timestamp: now(), CloudWatchMetrics: [metric] }, ...dimensions, ...values };
      write(`${JSON.stringify(line)}\n`);
    },
  };
}
