// The operator's function of the tests: what it answers is in what it reads, and what it was asked is in its log.

export async function handler(request) {
  process.stdout.write(`asked ${JSON.stringify(request)}\n`);
  const { content, conversationId } = request;
  const said = content.text ?? content.caption ?? JSON.stringify(content.data);
  const changed = said.replaceAll('heck', '****');
  // In a group one is less free than among two.
  if (said.includes('secret') && conversationId.startsWith('g-')) return { verdict: 'refuse' };
  if (said.includes('ferret')) return { verdict: 'refuse' };
  if (said.includes('too long'))
    return { verdict: 'change', content: { type: 'text', text: 'x'.repeat(20_000) } };
  if (said.includes('otherwise'))
    return { verdict: 'change', content: { type: 'custom', kind: 'a', data: 1 } };
  if (said.includes('nonsense')) return { verdict: 'perhaps', said };
  if (said.includes('trouble')) throw new Error(`cannot read: ${said}`);
  if (said.includes('hangs')) await new Promise(() => setTimeout(() => undefined, 60_000));
  if (changed === said) return { verdict: 'allow' };
  if (content.type === 'text') return { verdict: 'change', content: { type: 'text', text: changed } };
  return { verdict: 'change', content: { ...content, data: JSON.parse(changed) } };
}
