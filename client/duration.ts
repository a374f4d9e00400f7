const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** The largest unit that fits, rounded: `7 d`, `23 h`, `5 min`, `30 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [unit, size] = units.find(([, one]) => whole >= one) ?? ['s', 1];
  return `${Math.round(whole / size)} ${unit}`;
}

/** Every unit that is needed: `7 d`, `1 d 12 h`. */
export function exactDuration(seconds: number): string {
  let left = seconds;
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? [`${count} ${unit}`] : [];
  });
  return parts.join(' ') || '0 s';
}
