/** What a tab keeps over a reload: who sits at it and what they have seen. Never a word of any message. */
export type TabMemory = {
  userId(): string | undefined;
  seen(): Readonly<Record<string, number>>;
  remember(userId: string, seen: Readonly<Record<string, number>>): void;
  forget(): void;
};

const key = 'lapse';

export function tabMemory(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): TabMemory {
  function read(): { userId?: unknown; seen?: unknown } {
    try {
      const value: unknown = JSON.parse(storage.getItem(key) ?? '{}');
      return typeof value === 'object' && value !== null ? value : {};
    } catch {
      return {};
    }
  }
  return {
    userId() {
      const { userId } = read();
      return typeof userId === 'string' ? userId : undefined;
    },
    seen() {
      const { seen } = read();
      if (typeof seen !== 'object' || seen === null) return {};
      const numbers = Object.entries(seen).filter((entry): entry is [string, number] =>
        Number.isSafeInteger(entry[1]),
      );
      return Object.fromEntries(numbers);
    },
    remember: (userId, seen) => storage.setItem(key, JSON.stringify({ userId, seen })),
    forget: () => storage.removeItem(key),
  };
}
