import { make } from './elements.ts';

/** A button that looks like a link. */
export function linkButton(label: string, run: () => void): HTMLButtonElement {
  const button = make('button', 'link', label);
  button.type = 'button';
  button.addEventListener('click', run);
  return button;
}
