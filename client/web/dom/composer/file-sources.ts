import { byId } from '../elements/elements.ts';

/** The ways in which files come: chosen, dropped on the conversation, pasted. */
export function fileSources(onFiles: (files: readonly File[]) => void): void {
  const input = byId('files', HTMLInputElement);
  const button = byId('attach');
  // Where nothing is taken, even the attempt is told why.
  button.addEventListener('click', () => (button.ariaDisabled === 'true' ? onFiles([]) : input.click()));
  input.addEventListener('change', () => {
    onFiles([...(input.files ?? [])]);
    // The same file again is a change too.
    input.value = '';
  });
  byId('text').addEventListener('paste', (event) => {
    const { clipboardData } = event;
    // An office program puts a picture of the text beside the text, which is what is meant.
    if (
      clipboardData === null ||
      clipboardData.files.length === 0 ||
      clipboardData.types.includes('text/plain')
    )
      return;
    event.preventDefault();
    onFiles([...clipboardData.files]);
  });
  dropZone(onFiles);
}

function dropZone(onFiles: (files: readonly File[]) => void): void {
  const zone = byId('drop-zone');
  const conversation = byId('conversation');
  const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
  const within = ({ target }: Event) => target instanceof Node && conversation.contains(target);

  document.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    // A file that is dropped beside it must not take the place of the page.
    event.preventDefault();
    zone.hidden = !within(event);
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = within(event) ? 'copy' : 'none';
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) zone.hidden = true;
  });
  document.addEventListener('drop', (event) => {
    zone.hidden = true;
    if (!holdsFiles(event)) return;
    event.preventDefault();
    if (within(event)) onFiles([...(event.dataTransfer?.files ?? [])]);
  });
}
