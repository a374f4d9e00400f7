import type { Receipt } from '../protocol/erasure/table.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import { type FanOutDeps, fanOut } from './fan-out.ts';
import { sayBye } from './say-bye.ts';

export type PushReceiptDeps = FanOutDeps & {
  readonly connections: Pick<ConnectionStore, 'listByUser' | 'remove'>;
  /** Of the policy in force: sockets of an older one are not pushed to. */
  readonly policyFingerprint: string;
};

/** To every device of the user; those of an erased account, which were `noted`, are cut afterwards. */
export async function pushReceipt(
  deps: PushReceiptDeps,
  userId: string,
  receipt: Receipt,
  noted?: readonly Connection[],
): Promise<void> {
  const connections = noted ?? (await deps.connections.listByUser(userId));
  const told = connections.filter(({ consentedPolicy }) => consentedPolicy === deps.policyFingerprint);
  await fanOut(deps, told, { type: 'erasure', ...receipt });
  await Promise.all((noted ?? []).map(async (connection) => sayBye(deps, connection, 'ACCOUNT_ERASED')));
}
