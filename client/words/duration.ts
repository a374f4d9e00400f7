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
