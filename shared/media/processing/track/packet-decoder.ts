import { MPEGDecoder } from 'mpg123-decoder';
import { OpusDecoder } from 'opus-decoder';
import { pcmDecoder } from './pcm-decoder.ts';
import type { PacketDecoder, Sound } from './sound.ts';

/** A decoder that runs anywhere, WebAssembly or plain code; none for AAC, FLAC and Vorbis. */
export function packetDecoder(sound: Sound): PacketDecoder | undefined {
  if (sound.codec === 'mp3') return new MPEGDecoder({ enableGapless: false });
  if (sound.codec === 'opus')
    return sound.channels <= 2 ? new OpusDecoder({ channels: sound.channels }) : undefined;
  return pcmDecoder(sound);
}
