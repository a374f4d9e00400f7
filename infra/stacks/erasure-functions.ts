import type { Construct } from 'constructs';
import type { ChatApi } from '../constructs/chat-api.ts';
import { type FunctionCode, RouteFunction } from '../constructs/route-function.ts';
import type { DataStack } from './data-stack.ts';
import { erasureSeconds } from './erasure-times.ts';

export type ErasureFunctions = Readonly<
  Record<
    'erase' | 'carryOutErasures' | 'resumeErasures' | 'adminUserErase' | 'adminUserReceipts',
    RouteFunction
  >
>;

export type AdminFunction = (id: string, functionName: string) => RouteFunction;

export function erasureFunctions(
  scope: Construct,
  code: FunctionCode,
  admin: AdminFunction,
): ErasureFunctions {
  return {
    erase: new RouteFunction(scope, 'Erase', { functionName: 'erase', code }),
    carryOutErasures: new RouteFunction(scope, 'CarryOutErasures', {
      functionName: 'carry-out-erasures',
      code,
      timeoutSeconds: erasureSeconds,
    }),
    resumeErasures: new RouteFunction(scope, 'ResumeErasures', {
      functionName: 'resume-erasures',
      code,
      timeoutSeconds: erasureSeconds,
    }),
    adminUserErase: admin('AdminUserErase', 'admin-user-erase'),
    adminUserReceipts: admin('AdminUserReceipts', 'admin-user-receipts'),
  };
}

/** What a `release` sets free goes on at once. */
export function grantErasure(
  fns: ErasureFunctions,
  release: RouteFunction,
  data: DataStack,
  api: ChatApi,
): void {
  const { messages, profiles, conversations, connections, consents, sends, privacy, erasures } = data;
  const { erase, carryOutErasures: work, resumeErasures, adminUserErase, adminUserReceipts } = fns;

  for (const fn of [erase, adminUserErase]) {
    privacy.grantGet(fn);
    privacy.grantPut(fn);
    privacy.grantQuery(fn);
    conversations.grantBatchGet(fn);
    erasures.grantSend(fn);
  }
  messages?.grantQuery(erase);
  conversations.grantQuery(erase);

  messages?.grantQuery(work);
  messages?.grantPut(work);
  sends.grantQuery(work);
  sends.grantUpdate(work);
  sends.grantDelete(work);
  profiles?.grantBatchGet(work);
  profiles?.grantDelete(work);
  conversations.grantQuery(work);
  conversations.grantQueryByUser(work);
  conversations.grantBatchGet(work);
  conversations.grantUpdate(work);
  conversations.grantDelete(work);
  consents.grantQuery(work);
  consents.grantPut(work);
  consents.grantUpdate(work);
  connections.grantGet(work);
  connections.grantBatchGet(work);
  connections.grantUpdate(work);
  connections.grantDelete(work);
  privacy.grantGet(work);
  privacy.grantPut(work);
  privacy.grantQuery(work);
  privacy.grantDelete(work);
  data.exportFiles.grantDelete(work);
  api.grantManageConnections(work);
  erasures.consumeWith(work);

  for (const fn of [resumeErasures, release]) {
    privacy.grantQuery(fn);
    conversations.grantBatchGet(fn);
    erasures.grantSend(fn);
  }

  privacy.grantQuery(adminUserReceipts);
}
