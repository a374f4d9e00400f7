import * as z from 'zod';

export const entryShape = z.object({
  EventBusName: z.string().optional(),
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  /** Seconds since the epoch. */
  Time: z.number().optional(),
});

export type Entry = z.infer<typeof entryShape>;
export type EntryFault = { readonly ErrorCode: string; readonly ErrorMessage: string };

const fault = (ErrorCode: string, ErrorMessage: string): EntryFault => ({ ErrorCode, ErrorMessage });

/** What EventBridge says of an entry that it does not take. */
export function entryFault({ Source, DetailType, Detail }: Entry): EntryFault | undefined {
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (value === undefined || value === '')
      return fault(
        'InvalidArgument',
        `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      );
  }
  if (Source?.startsWith('aws.'))
    return fault('NotAuthorizedForSourceException', 'Not authorized for the source.');
  return isObject(Detail ?? '') ? undefined : fault('MalformedDetail', 'Detail is malformed.');
}

/** As EventBridge counts them. */
export function bytesOfEntry({ Source = '', DetailType = '', Detail = '', Time }: Entry): number {
  const texts = [Source, DetailType, Detail].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return texts + (Time === undefined ? 0 : 14);
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
