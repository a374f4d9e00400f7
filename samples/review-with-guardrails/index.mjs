import { ApplyGuardrailCommand, BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';

// The function that `review.functionArn` names: has a guardrail of Amazon Bedrock read each message before it is placed. The SDK comes with
// the Node.js runtime of AWS Lambda. See docs/review.md.

const { GUARDRAIL_ID: guardrailIdentifier, GUARDRAIL_VERSION: guardrailVersion } = process.env;

// Less than `review.timeoutMs`, so that a guardrail that hangs is this function's failure and no orphan. One attempt: whoever sent the message tries again.
const client = new BedrockRuntimeClient({ maxAttempts: 1, requestHandler: { requestTimeout: 1_200 } });

/** Whatever is thrown here refuses the message: nothing is written to a log of what it says. */
export async function handler({ content }) {
  const texts = textsOf(content);
  if (texts.length === 0) return { verdict: 'allow' };
  const { action, outputs, assessments } = await client.send(
    new ApplyGuardrailCommand({
      guardrailIdentifier,
      guardrailVersion,
      source: 'INPUT',
      content: texts.map((text) => ({ text: { text } })),
    }),
  );
  if (action === 'NONE') return { verdict: 'allow' };
  const masked = outputs?.map(({ text }) => text);
  // Masked personal data alone can be sent; what a topic, a filter or a word has stopped cannot.
  if (isMaskedOnly(assessments) && masked?.length === 1 && texts.length === 1) {
    const changed = saying(content, masked[0]);
    if (changed !== undefined) return { verdict: 'change', content: changed };
  }
  return { verdict: 'refuse' };
}

function textsOf(content) {
  if (content.type === 'text') return [content.text];
  if (content.type === 'custom') return [JSON.stringify(content.data)];
  return [content.caption, content.name].filter((text) => text !== undefined);
}

/** The same content with another text; undefined for what a text cannot stand for. */
function saying(content, text) {
  if (content.type === 'text') return { type: 'text', text };
  if (content.type === 'custom' || content.caption === undefined) return undefined;
  return { type: content.type, mediaId: content.mediaId, caption: text };
}

function isMaskedOnly(assessments = []) {
  return assessments.every(
    ({
      topicPolicy,
      contentPolicy,
      wordPolicy,
      contextualGroundingPolicy,
      sensitiveInformationPolicy: found,
    }) =>
      [topicPolicy, contentPolicy, wordPolicy, contextualGroundingPolicy].every(
        (policy) => policy === undefined,
      ) &&
      [...(found?.piiEntities ?? []), ...(found?.regexes ?? [])].every((each) => each.action !== 'BLOCKED'),
  );
}
