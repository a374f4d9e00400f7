/** The only facts a log line may hold: ids, codes, counts, durations. Never content, a profile, a token or a date. */
export type LogFields = {
  readonly requestId?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly routeKey?: string | undefined;
  readonly code?: string | undefined;
  readonly errorName?: string | undefined;
  readonly status?: number | undefined;
  readonly count?: number | undefined;
  /** Of the operator's audit: who, what, when, on which id. */
  readonly operator?: string | undefined;
  readonly command?: string | undefined;
  readonly at?: string | undefined;
  readonly subject?: string | undefined;
};

export type Logger = {
  info(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};

const allowed = [
  ...(['requestId', 'connectionId', 'routeKey', 'code', 'errorName', 'status', 'count'] as const),
  ...(['operator', 'command', 'at', 'subject'] as const),
] as const;

/** Copies by name, so that a field which a caller smuggles in never reaches the log. */
function line(level: string, event: string, fields: LogFields = {}): string {
  const copied = allowed.flatMap((key) => (fields[key] === undefined ? [] : [[key, fields[key]]]));
  return `${JSON.stringify({ level, event, ...Object.fromEntries(copied) })}\n`;
}

export function logger(write: (text: string) => void = (text) => void process.stdout.write(text)): Logger {
  return {
    info: (event, fields) => write(line('info', event, fields)),
    error: (event, fields) => write(line('error', event, fields)),
  };
}
