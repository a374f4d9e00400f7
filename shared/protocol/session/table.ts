import * as z from 'zod';
import { limitsSchema } from '../../configuration/limits.ts';
import { consentState } from '../consent/table.ts';
import { conversationsResult } from '../conversations/table.ts';
import type { Feature } from '../feature.ts';
import { count, described, millis, push, type Sent } from '../reply-values.ts';
import { userId } from '../values.ts';
import { devicesFrame, helloFrame, pingFrame } from './frames.ts';

const stored = z.strictObject({ stored: z.boolean(), seconds: count });

const who = z.enum(['admins', 'members']);

const rules = z
  .strictObject({
    editSeconds: count.describe(
      'for how long after it was sent you may edit a message of yours; 0: not at all',
    ),
    recallSeconds: count.describe('for how long you may recall it, likewise'),
    groups: z.strictObject({
      invite: who.describe('who may add people to a group: its owner and admins, or all members'),
      mentionAll: who.describe('who may mention everybody, likewise'),
      pin: who.describe('who may pin messages, likewise'),
    }),
  })
  .describe('what the operator lets people do');

const helloResult = z.strictObject({
  userId,
  consent: z.strictObject({
    state: consentState,
    policyVersion: z.string(),
    policyUrl: z.string().exactOptional(),
  }),
  retention: z.strictObject({
    messages: stored.extend({
      handoverSeconds: count
        .describe('for how long media can be fetched where messages are not stored; without it, not at all')
        .exactOptional(),
    }),
    profiles: stored,
  }),
  limits: limitsSchema,
  rules: rules.exactOptional(),
  reconnectWithinSeconds: count
    .describe('over how long clients that lose their sockets at once spread their returns')
    .exactOptional(),
  blocked: z.array(userId).describe('whom you block').exactOptional(),
  blockedNext: z.exactOptional(described(userId, 'the `after` of the `block` that says the others')),
  ...conversationsResult.partial().shape,
});

const pingResult = z.strictObject({ serverTime: millis });

const device = z.strictObject({
  id: z.string().describe('what `end` takes'),
  connectedAt: millis,
  current: z.boolean().describe('whether it is the one that asks'),
});

const devicesResult = z.strictObject({ devices: z.array(device) });

const byePush = push('bye', {
  reason: z.enum(['CONSENT_WITHDRAWN', 'TOKEN_EXPIRED', 'ACCOUNT_ERASED', 'TOO_MANY_CONNECTIONS', 'ENDED']),
  reconnect: z.boolean(),
});

/** A connection from its greeting to its end. */
export const session = {
  actions: {
    hello: {
      summary: 'says who you are, what the operator promises, and a page of your conversations',
      frame: helloFrame,
      result: helloResult,
    },
    ping: { summary: 'keeps the socket open', frame: pingFrame, result: pingResult },
    devices: {
      summary: 'lists your open connections, and closes one of them',
      frame: devicesFrame,
      result: devicesResult,
    },
  },
  pushes: {
    bye: { summary: 'the server is about to close the socket', frame: byePush },
  },
} satisfies Feature;

export type Stored = Sent<typeof stored>;
export type Rules = Sent<typeof rules>;
export type HelloResult = Sent<typeof helloResult>;
export type PingResult = Sent<typeof pingResult>;
export type Device = Sent<typeof device>;
export type DevicesResult = Sent<typeof devicesResult>;
export type ByeReason = Sent<typeof byePush>['reason'];
