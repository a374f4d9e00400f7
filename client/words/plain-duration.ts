const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** In words, with every unit that is needed: `7 days`, `1 day 12 hours`. */
export function plainDuration(seconds: number): string {
  let left = Math.max(0, Math.floor(seconds));
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [counted(count, unit)] : [];
  });
  return parts.join(' ') || '0 seconds';
}

/** In words, rounded to the largest unit that fits (`7 days`, `1 minute`), and the fewest seconds for which the words are these. */
export function roughly(seconds: number): { readonly words: string; readonly from: number } {
  const whole = Math.max(0, Math.round(seconds));
  const [unit, size] = units.find(([, one]) => whole >= one) ?? ['second', 1];
  const count = Math.round(whole / size);
  return {
    words: counted(count, unit),
    from: Math.max(count === 0 ? 0 : size, Math.ceil((count - 0.5) * size)),
  };
}
