import { type SweepUploadsDeps, sweepUploads } from '../../../shared/media/sweep-uploads.ts';
import { mediaActs } from '../../support/media-acts.ts';
import { mediaWorld } from '../../support/media-world.ts';
import { messageWorld } from '../../support/message-world.ts';
import { direct } from '../../support/step.ts';

const minute = 60_000;

/** Two uploads, one a minute after the other, that nobody sends; looked at `late` minutes behind the time of the first. */
async function sweep(late: number, changes: (deps: SweepUploadsDeps) => Partial<SweepUploadsDeps>) {
  const chat = messageWorld();
  const world = mediaWorld(chat);
  const clock = { now: 1_000_000_000_000 };
  const acts = mediaActs(chat, world, () => clock.now);
  await acts.upload(direct);
  clock.now += minute;
  await acts.upload(direct);
  clock.now += (45 + late) * minute;
  const deps = world.deps(direct, () => clock.now);
  return sweepUploads({ ...deps, onFailure: () => undefined, ...changes(deps) });
}

test('a run that is done with all leaves nothing that is overdue', async () => {
  expect(await sweep(10, () => ({}))).toMatchObject({ deleted: 2, overdueSeconds: 0, lateSeconds: 0 });
});

test('what a run leaves because its time is over has waited since it was due', async () => {
  expect(await sweep(10, () => ({ isOver: () => true }))).toMatchObject({
    deleted: 0,
    overdueSeconds: 600,
    lateSeconds: 0,
  });
});

test('so has what fails, and the rest is seen to', async () => {
  const failed = await sweep(10, ({ objects }) => {
    let isFirst = true;
    const deleteUpload = async (upload: Parameters<typeof objects.deleteUpload>[0]) => {
      if (!isFirst) return objects.deleteUpload(upload);
      isFirst = false;
      throw new Error('refused');
    };
    return { objects: { ...objects, deleteUpload } };
  });
  expect(failed).toMatchObject({ deleted: 1, failures: 1, overdueSeconds: 600 });
});
