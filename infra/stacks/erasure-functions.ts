import type { Construct } from 'constructs';
import { type FunctionCode, RouteFunction } from '../constructs/route-function.ts';
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
