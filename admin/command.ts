/** The options that a command takes beside those of all commands; each has a value unless it is a flag. */
export type CommandOptions = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

export type Given = {
  /** What follows the command's words. */
  readonly ids: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
};

export type Follow = {
  readonly functionName: string;
  readonly input: object;
  /** What came of it; undefined while it goes on. */
  end(answer: unknown): unknown;
};

export type Command = {
  /** One line of the help. */
  readonly usage: string;
  readonly purpose: string;
  /** The folder of its function. */
  readonly functionName: string;
  readonly options: CommandOptions;
  /** What the function is asked; throws a StartupError that says what is missing. */
  input(given: Given): object;
  /** Of long work: whom to ask how far it is, until there is an end to tell. */
  follow?(result: unknown, given: Given): Follow | undefined;
  /** For people. */
  text(result: unknown): string;
};
