/** Between these two sizes a square that is an eighth of the work is seen; between one and its half, a fifth. */
const times = 8;
const slack = 1.1;

/**
 * Whether the steps grow faster than the text: undefined if not, what was counted otherwise. V8 does not count some of the
 * first steps while it runs compiled code, which makes the eighth look too small. So what seems to grow is looked at by
 * the differences between sizes, in which whatever does not depend on the size is no part.
 */
export function fasterThanText(stepsOf: (bytes: number) => number, whole: number, size: number) {
  const eighth = stepsOf(size / times);
  if (whole <= eighth * times * slack) return undefined;
  const [half, quarter] = [stepsOf(size / 2), stepsOf(size / 4)];
  // Four times as much text between them.
  return whole - half > (quarter - eighth) * 4 * slack ? { eighth, quarter, half, whole } : undefined;
}
