/** Lines from a keyboard or a pipe, one at a time; undefined when there are no more. */
export type LineSource = {
  next(): Promise<string | undefined>;
  push(line: string): void;
  end(): void;
};

export function lineSource(): LineSource {
  const lines: string[] = [];
  const waiting: ((line: string | undefined) => void)[] = [];
  let ended = false;
  return {
    next() {
      const line = lines.shift();
      if (line !== undefined || ended) return Promise.resolve(line);
      return new Promise((resolve) => waiting.push(resolve));
    },
    push(line) {
      const first = waiting.shift();
      if (first === undefined) lines.push(line);
      else first(line);
    },
    end() {
      ended = true;
      for (const resolve of waiting.splice(0)) resolve(undefined);
    },
  };
}
