import { newAwsId } from './aws-id.ts';
import type { RequestContext } from './request-context.ts';

export type MessageEvent = {
  readonly requestContext: RequestContext & { readonly messageId: string };
  readonly body: string;
  readonly isBase64Encoded: false;
};

export function messageEvent(context: RequestContext, body: string): MessageEvent {
  return { requestContext: { ...context, messageId: newAwsId() }, body, isBase64Encoded: false };
}
