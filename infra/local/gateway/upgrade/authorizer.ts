import * as z from 'zod';
import type { Invoke, LocalApi, LocalAuthorizer } from '../../model/model.ts';
import type { AuthorizerContext } from '../connection/authorizer-context.ts';
import type { Handshake } from '../connection/handshake.ts';
import { limits } from '../connection/limits.ts';
import { authorizerEvent, methodArn } from '../events/events.ts';
import type { RequestContext } from '../events/request-context.ts';
import { identitySourcesPresent } from './identity-source.ts';
import { allows, policyDocument } from './policy.ts';

export type Authorization =
  | { readonly allowed: true; readonly context: AuthorizerContext }
  | { readonly allowed: false; readonly status: 401 | 403 | 500 };

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const authorizerResult = z.object({
  principalId: z.string().min(1),
  policyDocument,
  context: z.record(z.string(), scalar).nullish(),
});

const refused = (status: 401 | 403 | 500): Authorization => ({ allowed: false, status });

/** Asks the REQUEST authorizer afresh each time: WebSocket APIs cache no result. */
export async function authorize(
  deps: { readonly invoke: Invoke; readonly api: LocalApi; readonly now: () => number },
  { functionName, identitySource }: LocalAuthorizer,
  handshake: Handshake,
  context: RequestContext,
): Promise<Authorization> {
  if (!identitySourcesPresent(identitySource, handshake, context)) return refused(401);
  const askedAt = deps.now();
  const result = await deps.invoke(functionName, authorizerEvent(deps.api, handshake, context));
  if (!result.ok) return refused(result.errorMessage === 'Unauthorized' ? 401 : 500);
  const parsed = authorizerResult.safeParse(result.payload);
  if (!parsed.success || JSON.stringify(result.payload).length > limits.authorizerResultBytes) {
    return refused(500);
  }
  if (!allows(parsed.data.policyDocument, methodArn(deps.api))) return refused(403);
  const { principalId } = parsed.data;
  const integrationLatency = deps.now() - askedAt;
  return { allowed: true, context: { ...parsed.data.context, principalId, integrationLatency } };
}
