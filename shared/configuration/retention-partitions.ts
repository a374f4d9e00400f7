/** Where it is remembered how long each kind of data is kept: a partition each, so that a function can be allowed one of them. */
export const retentionPartitions = {
  messages: 'message-retention',
  profiles: 'profile-retention',
  reports: 'report-retention',
} as const;

export type RetentionKind = keyof typeof retentionPartitions;
