import type { Construct } from 'constructs';
import { ChatFunction, type FunctionCode } from '../constructs/chat-function.ts';
import { erasureSeconds } from './erasure-times.ts';

export type ErasureFunctions = Readonly<
  Record<
    'erase' | 'carryOutErasures' | 'resumeErasures' | 'adminUserErase' | 'adminUserReceipts',
    ChatFunction
  >
>;

export type AdminFunction = (id: string, functionName: string) => ChatFunction;

export function erasureFunctions(
  scope: Construct,
  code: FunctionCode,
  admin: AdminFunction,
): ErasureFunctions {
  return {
    erase: new ChatFunction(scope, 'Erase', { functionName: 'erase', code }),
    carryOutErasures: new ChatFunction(scope, 'CarryOutErasures', {
      functionName: 'carry-out-erasures',
      code,
      timeoutSeconds: erasureSeconds,
    }),
    resumeErasures: new ChatFunction(scope, 'ResumeErasures', {
      functionName: 'resume-erasures',
      code,
      timeoutSeconds: erasureSeconds,
    }),
    adminUserErase: admin('AdminUserErase', 'admin-user-erase'),
    adminUserReceipts: admin('AdminUserReceipts', 'admin-user-receipts'),
  };
}
