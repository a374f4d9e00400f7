import type { Message } from '../../../shared/stores/messages/message.ts';
import { dying } from '../../support/dying.ts';
import { mediaActs, mediaOf, retentionSeconds, type Uploaded } from '../../support/media-acts.ts';
import { boundSeconds, mediaWorld } from '../../support/media-world.ts';
import { messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

const second = 1_000;
const minute = 60 * second;

/** What becomes of one picture, act by act; its message is erased or ends by itself. */
const acts = ['upload', 'send', 'sweep', 'erase', 'purge', 'time to live', 'second look'] as const;
type Act = (typeof acts)[number];
const ways: Readonly<Record<string, readonly Act[]>> = {
  'never sent': ['upload', 'sweep'],
  sent: ['upload', 'send', 'sweep', 'purge'],
  'time to live first': ['upload', 'send', 'sweep', 'time to live', 'second look'],
  'second look first': ['upload', 'send', 'sweep', 'second look', 'purge'],
  'erased early': ['upload', 'send', 'erase', 'sweep'],
  'erased late': ['upload', 'send', 'sweep', 'erase'],
};

function aPicture(film: boolean) {
  const chat = messageWorld();
  const world = mediaWorld(chat);
  const state = { now: 1_000_000_000_000 };
  const functions = mediaActs(chat, world, () => state.now);
  const sent = () => [...chat.messages.values()].find((message) => mediaOf(message) !== undefined);

  /** The address is used as soon as it is there, and the time comes at which schedules find something. */
  const run: Readonly<Record<Act, (step: Step) => Promise<unknown>>> = {
    async upload(step) {
      await functions.upload(step);
      if (film) await functions.upload(step, 'image');
      world.putAll(state.now);
    },
    async send(step) {
      const newest = (kind: Uploaded) => [...world.records.values()].findLast((each) => each.kind === kind);
      const [media, poster] = [newest('video'), newest('image')];
      if (media !== undefined) await functions.send(step, 'alice', 'a', media.mediaId, poster?.mediaId);
    },
    async sweep(step) {
      state.now += 46 * minute;
      await functions.sweep(step);
    },
    async 'time to live'() {
      state.now += retentionSeconds * second;
      chat.sweepByTimeToLive(state.now);
    },
    async 'second look'(step) {
      state.now += (retentionSeconds + boundSeconds) * second + minute;
      await functions.sweep(step);
    },
    async erase(step) {
      const message = sent();
      if (message !== undefined) await functions.erase(step, message);
    },
    async purge(step) {
      state.now += retentionSeconds * second;
      for (let each = 0; each < 4; each += 1) {
        await functions.purge(step);
        state.now += 31 * second;
      }
    },
  };
  return { chat, world, run, sent };
}

type Way = { readonly way: readonly Act[]; readonly film: boolean };
type Picture = ReturnType<typeof aPicture>;

/** Until one of the acts dies there; undefined when it comes to its end before. */
async function until({ way, film }: Way, dies: Act, at: number): Promise<Picture | undefined> {
  const picture = aPicture(film);
  for (const act of way) {
    if (act !== dies) {
      await picture.run[act](direct);
      continue;
    }
    const run = picture.run[act](dying({ at, after: false }, direct)).then(() => 'ended');
    const ended = await Promise.race([run, new Promise((resolve) => setImmediate(resolve))]);
    return ended === undefined ? picture : undefined;
  }
  throw new Error(`nothing does ${dies}`);
}

/** Every call of the act: to die before the next one is to die behind this one. */
async function atEveryCall(way: Way, dies: Act, look: (picture: Picture) => Promise<void>) {
  for (let at = 1; ; at += 1) {
    const picture = await until(way, dies, at);
    if (picture === undefined) return at - 1;
    await look(picture);
  }
}

const objectsOf = (message: Message | undefined, film: boolean) =>
  ['original', film ? 'poster' : 'thumbnail'].map((name) => `media/${message && mediaOf(message)}/${name}`);
const cases = Object.entries(ways).flatMap(([name, way]) =>
  [true, false].flatMap((film) =>
    way
      .filter((act) => act !== 'time to live')
      .map(
        (act) =>
          [act, `${film ? 'a film with its poster' : 'a picture'} that is ${name}`, { way, film }] as const,
      ),
  ),
);

test.each(cases)('%s of %s may die at every call and be repeated', async (dies, _name, given) => {
  const { way, film } = given;
  const calls = await atEveryCall(given, dies, async ({ chat, world, run, sent }) => {
    for (const act of way.slice(way.indexOf(dies))) {
      await run[act](direct);
      // What an upload that died has left behind is the sweep's.
      const unsent = [...world.records.values()].filter(({ sendId }) => sendId === undefined);
      const objects = [...world.objects]
        .filter(([key, bytes]) => bytes.length > 0 && !unsent.some(({ mediaId }) => key.includes(mediaId)))
        .map(([key]) => key);
      if (act === 'send') expect(objects.toSorted()).toEqual(objectsOf(sent(), film));
      if (act === 'erase' || act === 'purge' || act === 'second look') expect(objects).toEqual([]);
    }
    const stays = way.includes('erase') ? 1 : 0;
    expect([chat.messages.size, [...world.objects.keys()]]).toEqual([stays, []]);
  });
  expect(calls).toBeGreaterThan(dies === 'upload' ? 1 : 4);
});

test.each(cases)(
  '%s of %s may die at every call and be forgotten: the schedules see to the rest',
  async (dies, _name, given) => {
    await atEveryCall(given, dies, async ({ chat, world, run, sent }) => {
      await run.sweep(direct);
      const message = sent();
      const held = message === undefined ? [] : objectsOf(message, given.film);
      expect([...world.objects.keys()].filter((key) => !held.includes(key))).toEqual([]);
      await run.purge(direct);
      await run.sweep(direct);
      expect([chat.messages.size, [...world.objects.keys()]]).toEqual([0, []]);
    });
  },
);
