import { EncodedPacketSink } from 'mediabunny';
import { formatOf } from '../../../shared/media/processing/media-types.ts';
import { openRecording } from '../../../shared/media/processing/track/open-recording.ts';

/** Every packet of every track in hexadecimal: what a decoder is given. */
export async function packetsOf(bytes: Uint8Array, contentType: string): Promise<readonly string[]> {
  const format = formatOf(contentType);
  if (format === undefined) throw new Error(`no format ${contentType}`);
  using input = openRecording(bytes, format.name);
  const packets: string[] = [];
  for (const track of await input.getTracks())
    for await (const { data } of new EncodedPacketSink(track).packets())
      packets.push(`${track.type} ${Buffer.from(data).toString('hex')}`);
  return packets;
}
