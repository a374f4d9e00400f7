import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

export type Device = {
  readonly device: string;
  readonly platform: string;
  /** A secret. */
  readonly token: string;
  /** Says which token, and nothing of it. */
  readonly tokenId: string;
};

export type Delivery = {
  /** None: there is nothing to be delivered any more. */
  readonly devices: readonly Device[];
  /** What `notifications.show` allows. */
  readonly shows: { readonly sender?: string; readonly text?: string };
};

export type Lapse = {
  delivery(due: {
    readonly userId: string;
    readonly conversationId: string;
    readonly seq: number;
  }): Promise<Delivery>;
  endToken(dead: { readonly userId: string; readonly tokenId: string }): Promise<void>;
};

/** Two functions of Lapse that only IAM principals may invoke; `LAPSE_STACK` is the name of their stack. */
export function askLapse(
  stack = process.env['LAPSE_STACK'] ?? '',
  client: Pick<LambdaClient, 'send'> = new LambdaClient(),
): Lapse {
  const prefix = stack === '' ? '' : `${stack}-`;
  return {
    delivery: async (due) => (await ask('admin-push-delivery', due)) as Delivery,
    async endToken(dead) {
      await ask('admin-push-token-end', dead);
    },
  };

  async function ask(name: string, input: object): Promise<unknown> {
    const Payload = JSON.stringify({ operator: 'push-notifications', input });
    const answer = await client.send(new InvokeCommand({ FunctionName: prefix + name, Payload }));
    // Not what it says: that may be anything.
    if (answer.FunctionError !== undefined) throw new Error(`${name} failed`);
    const { ok, result, error } = JSON.parse(answer.Payload?.transformToString() ?? '{}');
    if (ok !== true) throw new Error(`${name} refuses: ${error?.code}`);
    return result;
  }
}
