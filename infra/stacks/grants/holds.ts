import type { Granting } from './granting.ts';

/** A hold is noted by the operator's commands; what is stored follows it by the queue. */
export function grantHolds({ fns: { admin, applyHolds }, data }: Granting): void {
  const { messages, profiles, conversations, privacy, holdWork } = data;
  for (const fn of [admin.hold, admin.release]) {
    privacy.grantQuery(fn);
    privacy.grantPut(fn);
    holdWork.grantSend(fn);
  }
  conversations.grantQuery(admin.hold);

  holdWork.consumeWith(applyHolds);
  privacy.grantQuery(applyHolds);
  privacy.grantPut(applyHolds);
  privacy.grantDelete(applyHolds);
  conversations.grantQueryByUser(applyHolds);
  conversations.grantUpdate(applyHolds);
  messages?.grantQuery(applyHolds);
  messages?.grantUpdate(applyHolds);
  profiles?.grantUpdate(applyHolds);
}
