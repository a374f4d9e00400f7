import type { Granting } from './granting.ts';

/** The operator's commands about consent and retention; the others are with what they are about. */
export function grantCommands({ fns: { admin }, data }: Granting): void {
  const { messages, conversations, consents, privacy } = data;
  const { consentShow, consentRecord, purgeStatus, retentionPreview } = admin;

  consents.grantQuery(consentShow);

  consents.grantQuery(consentRecord);
  consents.grantPut(consentRecord);
  conversations.grantQueryByUser(consentRecord);
  conversations.grantUpdate(consentRecord);

  if (purgeStatus !== undefined) {
    conversations.grantQueryByPurge(purgeStatus);
    privacy.grantQuery(purgeStatus);
  }
  if (retentionPreview !== undefined) {
    conversations.grantQueryByPurge(retentionPreview);
    messages?.grantQuery(retentionPreview);
    privacy.grantQuery(retentionPreview);
  }
}
