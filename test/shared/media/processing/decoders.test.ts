import { DecoderMissing, forgetDecoders, loadOnce } from '../../../../shared/media/processing/decoders.ts';

test('a decoder is loaded once, and anew when it was forgotten', async () => {
  let loads = 0;
  const load = loadOnce(async () => {
    loads += 1;
    return loads;
  });
  expect([await load(), await load()]).toEqual([1, 1]);
  forgetDecoders();
  expect(await load()).toBe(2);
});

test('a decoder that is missing is no mismatch, and is looked for again', async () => {
  let there = false;
  const load = loadOnce(async () => {
    if (!there) throw new Error('no such file');
    return 'decoder';
  });
  await expect(load()).rejects.toBeInstanceOf(DecoderMissing);
  there = true;
  expect(await load()).toBe('decoder');
});
