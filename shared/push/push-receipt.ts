import type { Receipt } from '../protocol/erasure/table.ts';
import type { Connection } from '../stores/connections/connection.ts';
import { type FanOutDeps, fanOut } from './fan-out.ts';

export type PushReceiptDeps = FanOutDeps & {
  /** Of the policy in force: sockets of an older one are not pushed to. */
  readonly policyFingerprint: string;
};

export async function pushReceipt(
  deps: PushReceiptDeps,
  devices: readonly Connection[],
  receipt: Receipt,
): Promise<void> {
  const told = devices.filter(({ consentedPolicy }) => consentedPolicy === deps.policyFingerprint);
  await fanOut(deps, told, { type: 'erasure', ...receipt });
}
