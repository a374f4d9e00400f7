/**
 * The data of custom content stands as JSON text in a row. As attributes DynamoDB would refuse some of it (numbers from 1e126 on,
 * empty keys), and forget the order of keys.
 */
export function toStoredContent(content: object): object {
  return isCustom(content) ? { ...content, data: JSON.stringify(content.data) } : content;
}

export function fromStoredContent(stored: unknown): unknown {
  return isCustom(stored) ? { ...stored, data: JSON.parse(String(stored.data)) as unknown } : stored;
}

const isCustom = (content: unknown): content is { readonly type: 'custom'; readonly data: unknown } =>
  (content as { readonly type?: unknown } | undefined)?.type === 'custom';
