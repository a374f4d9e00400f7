import { changeableUntil } from '../../../client/conversations/changeable-until.ts';
import { mayMentionAll, mayPin } from '../../../client/conversations/may-do-for-all.ts';
import type { Rules } from '../../../shared/protocol/session/table.ts';

const rules = (who: 'admins' | 'members', seconds = 60): Rules => ({
  editSeconds: seconds,
  recallSeconds: 2 * seconds,
  groups: { invite: who, mentionAll: who, pin: who },
});
const kinds = ['direct', 'group', 'room'] as const;
const roles = ['owner', 'admin', 'member'] as const;
const places = kinds.flatMap((kind) => roles.map((role) => ({ kind, role })));
const allowed = (may: (place: (typeof places)[number]) => boolean) =>
  places.filter(may).map(({ kind, role }) => `${kind} ${role}`);

const leaders = (kind: string) => [`${kind} owner`, `${kind} admin`];
const directs = roles.map((role) => `direct ${role}`);

test('who pins: both of two people, who leads, and in a group all members if the operator lets them', () => {
  const few = [...directs, ...leaders('group'), ...leaders('room')].toSorted();
  expect(allowed((place) => mayPin(place, rules('admins'))).toSorted()).toEqual(few);
  // A server that does not tell.
  expect(allowed((place) => mayPin(place, undefined)).toSorted()).toEqual(few);
  expect(allowed((place) => mayPin(place, rules('members'))).toSorted()).toEqual(
    [...few, 'group member'].toSorted(),
  );
});

test('who mentions all: in a group who leads it, or all members if the operator lets them; nowhere else', () => {
  for (const known of [rules('admins'), undefined])
    expect(allowed((place) => mayMentionAll(place, known))).toEqual(leaders('group'));
  expect(allowed((place) => mayMentionAll(place, rules('members')))).toEqual([
    ...leaders('group'),
    'group member',
  ]);
});

test('until when a message of one’s own changes: the windows from its sending on; who leads takes back for good', () => {
  const member = { kind: 'group', role: 'member' } as const;
  expect(changeableUntil(member, rules('admins'), 1_000)).toEqual({ edit: 61_000, recall: 121_000 });
  for (const place of [{ kind: 'group', role: 'admin' } as const, { kind: 'room', role: 'owner' } as const])
    expect(changeableUntil(place, rules('admins'), 1_000)).toEqual({
      ...{ edit: 61_000, recall: Number.POSITIVE_INFINITY },
    });
  // Two people lead nothing, whatever their rows say.
  expect(changeableUntil({ kind: 'direct', role: 'owner' }, rules('admins'), 1_000).recall).toBe(121_000);
  expect(changeableUntil(member, rules('admins', 0), 1_000)).toEqual({ edit: 0, recall: 0 });
  const forGood = Number.POSITIVE_INFINITY;
  expect(changeableUntil(member, undefined, 1_000)).toEqual({ edit: forGood, recall: forGood });
});
