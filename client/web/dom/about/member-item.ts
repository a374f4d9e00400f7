import { actWords, type MemberAct, type MemberRow } from '../../model/about/member-rows.ts';
import { hueOf, initialOf } from '../../model/conversations/hue.ts';
import { make, setText } from '../elements/elements.ts';
import type { RowElement } from '../elements/keyed-list.ts';
import { linkButton } from '../elements/link-button.ts';

/** A member of the group with what can be done about them. */
export function memberItem(onAct: (userId: string, act: MemberAct) => void): RowElement<MemberRow> {
  const avatar = make('span');
  avatar.ariaHidden = 'true';
  const name = make('bdi', 'member-name');
  const note = make('span', 'quiet');
  const acts = make('span', 'member-acts');
  return {
    element: make('li', '', avatar, make('span', 'member-words', name, ' ', note), acts),
    update(row) {
      avatar.className = `avatar hue-${hueOf(row.name)}`;
      setText(avatar, initialOf(row.name));
      setText(name, row.name);
      setText(note, row.note);
      acts.replaceChildren(
        ...row.acts.map((act) => {
          const button = linkButton(actWords[act], () => onAct(row.key, act));
          button.ariaLabel = `${actWords[act]}: ${row.name}`;
          return button;
        }),
      );
    },
  };
}
