import type middy from '@middy/core';
import { toErrorFrame } from '../protocol/error-frame.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import { echoedId } from './parse-frame.ts';
import type { WebSocketEvent, WebSocketResult } from './websocket-event.ts';

/** Answers with an error frame; logs its code, and of an unknown error the class, never the text or the event. */
export function errorFrames(logger: Logger): middy.MiddlewareObj<WebSocketEvent, WebSocketResult> {
  return {
    onError(request) {
      const { error, event } = request;
      const { requestId, connectionId, routeKey } = event.requestContext;
      const frame = toErrorFrame(error, echoedId(event.body));
      const { code } = frame.error;
      if (error instanceof ProtocolError) logger.info('refused', { requestId, connectionId, routeKey, code });
      else logger.error('failed', { requestId, connectionId, routeKey, code, errorName: error?.name });
      request.response = { statusCode: 200, body: JSON.stringify(frame) };
    },
  };
}
