import { styleText } from 'node:util';

export type Style = (text: string) => string;

type Output = { readonly isTTY?: boolean | undefined };

/** Grey on a terminal that wants colours, plain everywhere else. */
export const dimmed = (output: Output, environment: NodeJS.ProcessEnv): Style => {
  const noColour = environment['NO_COLOR'];
  const plain = output.isTTY !== true || (noColour !== undefined && noColour !== '');
  return plain ? (text) => text : (text) => styleText('dim', text, { validateStream: false });
};
