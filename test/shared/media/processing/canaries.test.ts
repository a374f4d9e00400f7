import { marker } from '../../../support/media/fixture.ts';
import { hiddenPlaces } from '../../../support/media/hidden-places.ts';
import { madeSource } from '../../../support/media/made-source.ts';
import { processed } from '../../../support/media/process.ts';

const anything = 'application/octet-stream';
const cells = Object.entries(hiddenPlaces).flatMap(([name, places]) =>
  Object.entries(places).map(([place, hide]) => [name, place, hide] as const),
);

test('the matrix has every format that is cleaned, and more than two hundred places', () => {
  expect(cells.length).toBeGreaterThan(200);
  expect(Object.keys(hiddenPlaces).length).toBe(29);
});

test.each(Object.keys(hiddenPlaces))(
  '%s: nothing of what is in the file or hidden in it arrives',
  async (name) => {
    const plain = await madeSource(name);
    const { bytes: clean } = await processed(plain, 'file', anything);
    expect(Buffer.from(clean).includes(marker)).toBe(false);
    expect(Buffer.from(clean).includes('+52.5200')).toBe(false);
    const arrived: string[] = [];
    for (const [place, hide] of Object.entries(hiddenPlaces[name] ?? {})) {
      const hidden = hide(plain);
      if (!hidden.includes(marker)) arrived.push(`${place}: is not hidden there`);
      const { bytes } = await processed(hidden, 'file', anything);
      if (Buffer.from(bytes).includes(marker)) arrived.push(place);
    }
    expect(arrived).toEqual([]);
  },
);
