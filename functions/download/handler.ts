import { compose } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { handoverSeconds, messagesStored, policy } from '../../shared/composition/settings.ts';
import { consent } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { findForMember, giveDownload } from '../../shared/media/give-download.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { downloadFrame } from '../../shared/protocol/media/frames.ts';
import { storedDownloads } from './stored-downloads.ts';
import { transientDownloads } from './transient-downloads.ts';

const deps = compose({ policy, rates, consent, messagesStored, handoverSeconds });
const downloads = deps.messagesStored
  ? storedDownloads()
  : deps.handoverSeconds > 0
    ? transientDownloads()
    : undefined;

export const handler = frameHandler(
  {
    schema: downloadFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity: { userId }, connectionId, consented }) => {
    if (downloads === undefined) throw new ProtocolError('NOT_STORED');
    if (frame.received === undefined) return giveDownload({ ...downloads, consented }, userId, frame);
    await findForMember({ ...downloads, consented }, userId, frame);
    await downloads.noteReceived({ userId, connectionId }, frame);
    return {};
  },
);
