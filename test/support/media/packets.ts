import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';

/** Every packet of every track in hexadecimal: what a decoder is given. */
export async function packetsOf(bytes: Uint8Array): Promise<readonly string[]> {
  using input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  const packets: string[] = [];
  for (const track of await input.getTracks())
    for await (const { data } of new EncodedPacketSink(track).packets())
      packets.push(`${track.type} ${Buffer.from(data).toString('hex')}`);
  return packets;
}
