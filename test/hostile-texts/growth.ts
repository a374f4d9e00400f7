/** Between these two sizes a square that is an eighth of the work is seen; between one and its half, a fifth. */
const times = 8;
const slack = 1.1;
const counts = 3;

/** What really grows does so each time. */
const rounds = 4;

/**
 * Whether the steps grow faster than the text: undefined if not, what was counted otherwise. V8 sometimes misses some of the
 * steps, while it runs code that it has compiled anew, and never counts too many. So what seems to grow is counted again,
 * of which the most is right, and looked at by the differences between sizes, of which what is missed every time is no part.
 */
export function fasterThanText(stepsOf: (bytes: number) => number, size: number, first = stepsOf(size)) {
  if (first <= stepsOf(size / times) * times * slack) return undefined;
  const most = (bytes: number) => Math.max(...Array.from({ length: counts }, () => stepsOf(bytes)));
  let found: Readonly<Record<'whole' | 'half' | 'quarter' | 'eighth', number>> | undefined;
  for (let round = 0; round < rounds; round += 1) {
    const [whole, half, quarter, eighth] = [most(size), most(size / 2), most(size / 4), most(size / times)];
    // Four times as much text between the first two as between the others.
    if (whole - half <= (quarter - eighth) * 4 * slack) return undefined;
    found = { whole, half, quarter, eighth };
  }
  return found;
}
