import { erasurePush } from './erasure.ts';
import { exportPush } from './export.ts';
import { erasedPush, messagePush } from './messages.ts';
import { readPush, typingPush } from './reading.ts';
import { byePush } from './session.ts';

/** Everything that the server says without being asked, by its `type`. */
export const pushes = {
  message: messagePush,
  read: readPush,
  typing: typingPush,
  erased: erasedPush,
  erasure: erasurePush,
  export: exportPush,
  bye: byePush,
};
