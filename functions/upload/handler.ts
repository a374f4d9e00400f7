import { randomBytes } from 'node:crypto';
import { compose, together } from '../../shared/composition/compose.ts';
import { downloadUrls } from '../../shared/composition/gateways.ts';
import { ifMediaIsTaken } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { limits, now, policy } from '../../shared/composition/settings.ts';
import { consent, media, readableRows } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { beginUpload } from '../../shared/media/begin-upload.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { uploadFrame } from '../../shared/protocol/media/frames.ts';
import { uploadIdOf } from '../../shared/stores/media/media-id.ts';

const taken = together({ conversations: readableRows, media, urls: downloadUrls, limits, now });

const deps = compose({ policy, rates, consent, media: ifMediaIsTaken(taken) });
const randomId = () => uploadIdOf(randomBytes(18).toString('base64url'));

export const handler = frameHandler(
  {
    schema: uploadFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity: { userId }, consented }) => {
    if (deps.media === undefined) throw new ProtocolError('NOT_STORED');
    return beginUpload({ ...deps.media, randomId, consented }, userId, frame);
  },
);
