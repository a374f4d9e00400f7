import { exportPersonal } from '../../../shared/export/export-personal.ts';

const rows = [
  { userId: 'ann', entry: 'block#ben', blockedAt: 1 },
  { userId: 'ann', entry: 'blockedBy#carl', blockedAt: 2 },
  { userId: 'ann', entry: 'recent#2026-11-30#g-1', at: 3, expiresAt: 10 },
  { userId: 'ann', entry: 'recent#2026-11-29#g-2', at: 4, expiresAt: 9 },
];

/** One row a page, as a store may give them. */
const personal = {
  list: async (_userId: string, after?: string) => {
    const index = after === undefined ? 0 : rows.findIndex(({ entry }) => entry === after) + 1;
    const page = rows.slice(index, index + 1);
    const [last] = page;
    return { rows: page, ...(last !== undefined && index < rows.length - 1 && { next: last.entry }) };
  },
};

test('whom one blocks is in the export, by whom one is blocked is not; nor is what has ended', async () => {
  let text = '';
  const target = { userId: 'ann', until: 9_000 } as Parameters<ReturnType<typeof exportPersonal>>[0];
  for await (const page of exportPersonal({ personal, retention: undefined })(target, undefined))
    text += [page.data].flat().join('\n');
  expect(text).toContain('block#ben');
  expect(text).toContain('recent#2026-11-30#g-1');
  expect(text).not.toMatch(/carl|blockedBy/);
  expect(text).not.toContain('2026-11-29');
});
