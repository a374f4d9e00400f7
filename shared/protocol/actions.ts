import * as z from 'zod';
import {
  consentFrame,
  conversationsFrame,
  downloadFrame,
  eraseFrame,
  exportFrame,
  frameId,
  helloFrame,
  historyFrame,
  membersFrame,
  openFrame,
  pingFrame,
  readFrame,
  sendFrame,
  typingFrame,
  uploadFrame,
} from './client-frames.ts';
import { profileFrame } from './profile-frame.ts';
import { conversationsResult, membersResult, openResult } from './server/conversations.ts';
import { eraseResult } from './server/erasure.ts';
import { exportResult } from './server/export.ts';
import { consentResult, helloResult } from './server/hello.ts';
import { downloadResult, uploadResult } from './server/media.ts';
import { historyResult, sendResult } from './server/messages.ts';
import { profileResult } from './server/profile.ts';
import { pingResult } from './server/session.ts';
import { noResult } from './server/values.ts';

type Result = z.ZodObject | z.ZodUnion<readonly z.ZodObject[]>;

const head = { type: z.literal('ack'), id: frameId };

const one = ({ shape }: z.ZodObject) => z.strictObject({ ...head, ...shape });

const ackOf = (result: Result): z.ZodType =>
  result instanceof z.ZodObject ? one(result) : z.union(result.options.map(one));

const answered = (frame: z.ZodType, result: Result) => ({
  frame,
  ack: result.description === undefined ? ackOf(result) : ackOf(result).describe(result.description),
});

/** Each action: what a client says, and what it is answered if all is well. */
export const actions = {
  hello: answered(helloFrame, helloResult),
  consent: answered(consentFrame, consentResult),
  profile: answered(profileFrame, profileResult),
  open: answered(openFrame, openResult),
  members: answered(membersFrame, membersResult),
  conversations: answered(conversationsFrame, conversationsResult),
  send: answered(sendFrame, sendResult),
  history: answered(historyFrame, historyResult),
  read: answered(readFrame, noResult),
  typing: answered(typingFrame, noResult),
  upload: answered(uploadFrame, uploadResult),
  download: answered(downloadFrame, downloadResult),
  erase: answered(eraseFrame, eraseResult),
  export: answered(exportFrame, exportResult),
  ping: answered(pingFrame, pingResult),
};
