import type { WebSocket } from 'ws';
import * as z from 'zod';
import { tokenIssuer } from '../../../infra/local/issuer/issuer.ts';
import { signingKey } from '../../../infra/local/issuer/signing-key.ts';
import type { AwsClients } from '../aws-clients.ts';
import type { DeployRun } from '../deploy-run.ts';
import type { DeployedStacks } from '../deployed-stacks.ts';
import type { MiniStack } from '../ministack/start.ts';
import { redirect } from './addresses.ts';
import { type DeployedChat, deployedApi, executeApiAddress, invokeWith } from './deployed-chat.ts';
import { serveKeys } from './keys-server.ts';

const tokenSettings = z.object({ TOKEN_ISSUER: z.string(), TOKEN_AUDIENCE: z.string() });

/** Starts a chat for as long as it is used. */
export async function withChat<Result>(
  { aws, stacks, miniStack }: Pick<DeployRun, 'aws' | 'stacks' | 'miniStack'>,
  use: (chat: DeployedChat) => Promise<Result>,
): Promise<Result> {
  const chat = await startChat(aws, stacks, miniStack);
  try {
    return await use(chat);
  } finally {
    await chat.close();
  }
}

/** Tokens are of the deployed issuer and audience, signed with a key of this test; `close` leaves the functions as deployed. */
async function startChat(
  aws: AwsClients,
  stacks: DeployedStacks,
  miniStack: MiniStack,
): Promise<DeployedChat & { close(): Promise<void> }> {
  const api = deployedApi(stacks, miniStack);
  const { TOKEN_ISSUER, TOKEN_AUDIENCE } = tokenSettings.parse(environmentOf(stacks, 'TOKEN_ISSUER'));
  const key = await signingKey(undefined);
  const issuer = tokenIssuer({ keys: [key], issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE });
  const keys = await serveKeys(issuer.keys());
  const address = executeApiAddress(miniStack, api);
  const restore = await redirect(aws, stacks, { CALLBACK_URL: address, TOKEN_JWKS_URI: keys.url });
  const sockets = new Set<WebSocket>();
  return {
    api,
    issuer,
    invoke: invokeWith(aws),
    socketUrl: address.replace('https:', 'wss:'),
    certificate: miniStack.certificate,
    sockets,
    async close() {
      for (const socket of sockets) socket.terminate();
      await restore();
      await keys.close();
    },
  };
}

/** Of the function that has this variable. */
function environmentOf({ resources }: DeployedStacks, name: string): Readonly<Record<string, unknown>> {
  const environment = z.object({ Variables: z.record(z.string(), z.unknown()) });
  for (const { type, properties } of resources) {
    if (type !== 'AWS::Lambda::Function') continue;
    const { data } = environment.safeParse(properties['Environment']);
    if (data?.Variables[name] !== undefined) return data.Variables;
  }
  throw new Error(`no function has ${name}`);
}
