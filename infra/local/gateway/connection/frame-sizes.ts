/** `ws` limits a message but not a frame: this reads the frame headers that pass by. */
export type FrameSizes = {
  read(chunk: Uint8Array): void;
  /** The largest frame of the next complete message, in the order of the messages. */
  next(): number;
};

export function frameSizes(): FrameSizes {
  const header = Buffer.alloc(14);
  const messages: number[] = [];
  let have = 0;
  let need = 2;
  let skip = 0;
  let largest = 0;

  function complete(): void {
    const first = header.readUInt8(0);
    const length = payloadLength(header);
    skip = length;
    have = 0;
    need = 2;
    if ((first & 0x0f) >= 8) return;
    largest = Math.max(largest, length);
    if ((first & 0x80) === 0) return;
    messages.push(largest);
    largest = 0;
  }

  return {
    read(chunk) {
      let at = 0;
      while (at < chunk.length) {
        const passed = Math.min(skip, chunk.length - at);
        skip -= passed;
        at += passed;
        if (at >= chunk.length) return;
        header[have] = chunk[at] ?? 0;
        have += 1;
        at += 1;
        if (have === 2) need = headerLength(header);
        if (have === need && have >= 2) complete();
      }
    },
    next: () => messages.shift() ?? 0,
  };
}

function headerLength(header: Buffer): number {
  const second = header.readUInt8(1);
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  return 2 + extended + ((second & 0x80) === 0 ? 0 : 4);
}

function payloadLength(header: Buffer): number {
  const short = header.readUInt8(1) & 0x7f;
  if (short === 126) return header.readUInt16BE(2);
  return short === 127 ? Number(header.readBigUInt64BE(2)) : short;
}
