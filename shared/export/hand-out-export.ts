import { type FanOutDeps, fanOut } from '../push/fan-out.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConsentReader } from '../stores/consents/current-consent.ts';
import type { ExportFileStore } from '../stores/privacy/export-file-store.ts';
import type { ExportRequest } from '../stores/privacy/export-request.ts';
import { type ExportLinkDeps, exportLink } from './export-link.ts';
import { type RemoveExportDeps, removeExport } from './remove-export.ts';

export type HandOutExportDeps = RemoveExportDeps &
  ExportLinkDeps &
  Omit<FanOutDeps, 'connections'> & {
    readonly files: Pick<ExportFileStore, 'abort' | 'list' | 'remove' | 'presign'>;
    readonly connections: Pick<ConnectionStore, 'listByUser' | 'remove'>;
    readonly consent: ConsentReader;
    /** Of the policy in force: sockets of an older one are not pushed to. */
    readonly policyFingerprint: string;
  };

/** Whether the export may go on: with the user's consent as it is now, or because the operator wants it. */
export async function isWanted(
  { consent }: Pick<HandOutExportDeps, 'consent'>,
  { userId, requestedBy }: ExportRequest,
): Promise<boolean> {
  return requestedBy.has('operator') || (await consent(userId)) === 'granted';
}

/** Tells the user's open connections where to fetch it. Of a user who has withdrawn meanwhile nothing is left. */
export async function handOutExport(deps: HandOutExportDeps, request: ExportRequest): Promise<void> {
  const { userId, requestId, requestedBy } = request;
  if (!(await isWanted(deps, request))) {
    await removeExport(deps, request);
    return;
  }
  if (!requestedBy.has('user')) return;
  const link = await exportLink(deps, request, 1);
  if (link === undefined) return;
  const open = await deps.connections.listByUser(userId);
  const agreed = open.filter(({ consentedPolicy }) => consentedPolicy === deps.policyFingerprint);
  await fanOut(deps, agreed, { type: 'export', requestId, ...link });
}
