import { purgeShards } from '../../../../shared/stores/conversations/purge-mark.ts';
import { onlySweeper, shardsOf } from '../../../../shared/stores/privacy/sweeper.ts';

test('however many sweepers there are, each shard is the business of one of them, and none has nothing to do', () => {
  for (let of = 1; of <= purgeShards.length; of += 1) {
    const each = Array.from({ length: of }, (_, index) => shardsOf({ sweeper: index + 1, of }));
    expect(each.flat().toSorted()).toEqual(purgeShards.toSorted());
    expect(Math.min(...each.map(({ length }) => length))).toBeGreaterThan(0);
  }
  expect(shardsOf(onlySweeper)).toEqual(purgeShards);
});
