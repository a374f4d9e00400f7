/** What an authorizer said, as every later event of the connection repeats it: strings and the latency. */
export type AuthorizerContext = { readonly [name: string]: string | number };
