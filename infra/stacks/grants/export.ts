import type { Granting } from './granting.ts';

/** Asked for by the user or the operator, written by the queue, deleted by the clock. */
export function grantExport({ fns, data, api }: Granting): void {
  const { messages, profiles, conversations, connections, consents, sends, privacy } = data;
  const { exportFiles, exports } = data;
  const { writeExport, tendExports, admin } = fns;
  consents.grantQuery(fns.export);
  for (const asking of [fns.export, admin.userExport]) {
    privacy.grantGet(asking);
    privacy.grantPut(asking);
    privacy.grantUpdate(asking);
    exportFiles.grantGet(asking);
    exports.grantSend(asking);
  }

  messages?.grantQuery(writeExport);
  profiles?.grantBatchGet(writeExport);
  conversations.grantQuery(writeExport);
  conversations.grantQueryByUser(writeExport);
  connections.grantGet(writeExport);
  connections.grantUpdate(writeExport);
  consents.grantQuery(writeExport);
  sends.grantQuery(writeExport);
  privacy.grantGet(writeExport);
  privacy.grantQuery(writeExport);
  privacy.grantUpdate(writeExport);
  privacy.grantDelete(writeExport);
  exportFiles.grantPut(writeExport);
  exportFiles.grantGet(writeExport);
  exportFiles.grantDelete(writeExport);
  api.grantManageConnections(writeExport);
  exports.consumeWith(writeExport);

  privacy.grantQuery(tendExports);
  privacy.grantUpdate(tendExports);
  privacy.grantDelete(tendExports);
  exportFiles.grantDelete(tendExports);
  exports.grantSend(tendExports);
}
