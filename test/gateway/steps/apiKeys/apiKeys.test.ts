import { inspect } from "node:util";
import {
  apiKeys,
  Body,
  createRoute,
  GatewayResponse,
  hashApiKey,
  HeaderList,
  toFetch,
  type ApiKeysOptions,
  type Exchange,
} from "../../../../gateway";
import { InvalidInputError } from "../../../../src";
import { catchError } from "../../../catchError";

const KEY = "globex-6FLZ3H0TnVbYwZ0kq0WlUY5iS5mRrcbN";
const OTHER = "initech-Zz0kq0WlUY5iS5mRrcbN6FLZ3H0TnVb";

const options = (more: Partial<ApiKeysOptions> = {}): ApiKeysOptions => ({
  keys: [
    { id: "globex", hash: hashApiKey(KEY) },
    { id: "initech", key: OTHER },
  ],
  ...more,
});

/** What the origin has received. */
interface Passed {
  readonly status: number;
  readonly body: string;
  readonly client: unknown;
  readonly headers: readonly string[] | undefined;
  readonly url: string | undefined;
}

async function send(
  more: Partial<ApiKeysOptions>,
  headers: Record<string, string>,
  path = "/orders",
): Promise<Passed> {
  let seen: Exchange | undefined;
  const origin = (exchange: Exchange) => {
    seen = exchange;
    return Promise.resolve(
      new GatewayResponse({
        status: 200,
        headers: new HeaderList(),
        body: new Body(),
      }),
    );
  };
  const route = createRoute({ steps: [apiKeys(options(more))], origin });
  const response = await toFetch(route)(
    new Request(`http://api.test${path}`, { headers }),
  );
  return {
    status: response.status,
    body: await response.text(),
    client: seen?.attributes.get("apiKey"),
    headers: seen?.request.headers.names(),
    url: seen?.request.url,
  };
}

describe("apiKeys", () => {
  it.each([
    [KEY, "globex"],
    [OTHER, "initech"],
  ])("recognizes a client by its key", async (key, id) => {
    expect(await send({}, { "X-Api-Key": key })).toMatchObject({
      status: 200,
      client: id,
    });
  });

  it.each<[string, Record<string, string>]>([
    ["a missing key", {}],
    ["an empty key", { "X-Api-Key": "" }],
    ["an unknown key", { "X-Api-Key": `${KEY}x` }],
    ["a part of a key", { "X-Api-Key": KEY.slice(0, -1) }],
    ["a key in another case", { "X-Api-Key": KEY.toUpperCase() }],
    ["two keys", { "X-Api-Key": `${KEY}, ${KEY}` }],
    ["the hash of a key", { "X-Api-Key": hashApiKey(KEY) }],
    ["the id of a key", { "X-Api-Key": "globex" }],
    ["a very long key", { "X-Api-Key": "a".repeat(10_000) }],
    ["a key in another header", { "X-Other": KEY }],
  ])("refuses %s with 403", async (_, headers) => {
    expect(await send({}, headers)).toMatchObject({
      status: 403,
      body: "Forbidden\n",
      client: undefined,
      headers: undefined,
    });
  });

  it("passes a request without a key if none is required, but not with an unknown one", async () => {
    expect(await send({ required: false }, {})).toMatchObject({
      status: 200,
      client: undefined,
    });
    expect(
      await send({ required: false }, { "X-Api-Key": "unknown" }),
    ).toMatchObject({ status: 403 });
  });

  it("refuses every key without keys", async () => {
    expect(await send({ keys: [] }, { "X-Api-Key": KEY })).toMatchObject({
      status: 403,
    });
  });

  it("removes the key from the request, and what servers could mistake for it", async () => {
    const { headers } = await send({}, { "X-Api-Key": KEY, X_Api_Key: OTHER });
    expect(headers).toEqual([]);
  });

  it("keeps the key in the request with forward", async () => {
    const { headers } = await send({ forward: true }, { "X-Api-Key": KEY });
    expect(headers).toEqual(["x-api-key"]);
  });

  it("reads another header", async () => {
    const more = { header: "Authorization" };
    expect(await send(more, { Authorization: KEY })).toMatchObject({
      client: "globex",
      headers: [],
    });
    expect((await send(more, { "X-Api-Key": KEY })).status).toBe(403);
  });
});

describe("apiKeys with a query parameter", () => {
  const more = { query: "key" };

  it("does not read the query unless it is configured", async () => {
    expect((await send({}, {}, `/orders?x-api-key=${KEY}`)).status).toBe(403);
  });

  it.each([
    [`/orders?key=${KEY}`, "/orders"],
    [`/orders?a=%20&key=${KEY}&b`, "/orders?a=%20&b"],
    [`/orders?k%65y=${KEY}&&c=1`, "/orders?&c=1"],
    [`/orders?key=${KEY.replace("-", "%2D")}`, "/orders"],
  ])("reads the key from %s, and removes it", async (path, url) => {
    expect(await send(more, {}, path)).toMatchObject({ client: "globex", url });
  });

  it("refuses more than one key", async () => {
    const path = `/orders?key=${KEY}&key=${OTHER}`;
    expect((await send(more, {}, path)).status).toBe(403);
  });

  it("prefers the header, and removes both", async () => {
    const path = `/orders?key=${OTHER}`;
    expect(await send(more, { "X-Api-Key": KEY }, path)).toMatchObject({
      client: "globex",
      url: "/orders",
    });
  });

  it("keeps the URL with forward", async () => {
    const path = `/orders?key=${KEY}`;
    expect(await send({ ...more, forward: true }, {}, path)).toMatchObject({
      client: "globex",
      url: path,
    });
  });

  it("needs a route with an origin, because the URL changes", async () => {
    const error = await catchError(() =>
      createRoute({ steps: [apiKeys(options(more))] }),
    );
    expect(error.message).toMatch(/set origin/);
  });
});

describe("the keys of apiKeys", () => {
  it("are not in the step, however it is inspected", () => {
    const step = apiKeys(options());
    const shown = inspect(step, {
      depth: Infinity,
      showHidden: true,
      showProxy: true,
    });
    expect(shown + JSON.stringify(step)).not.toContain(KEY);
    expect(shown + JSON.stringify(step)).not.toContain(OTHER);
  });

  it("may have the same id, so that a client can change its key", async () => {
    const keys = [
      { id: "globex", key: KEY },
      { id: "globex", key: OTHER },
    ];
    for (const key of [KEY, OTHER])
      expect(await send({ keys }, { "X-Api-Key": key })).toMatchObject({
        client: "globex",
      });
  });

  it("may have hashes in upper case", async () => {
    const keys = [{ id: "globex", hash: hashApiKey(KEY).toUpperCase() }];
    expect(await send({ keys }, { "X-Api-Key": KEY })).toMatchObject({
      client: "globex",
    });
  });

  it.each([
    [undefined, /keys must be an array/],
    [{ [KEY]: "globex" }, /keys must be an array/],
    [[KEY], /keys\[0\] must be an object/],
    [[{ id: "a", hash: KEY }], /keys\[0\] must have a hash of 64/],
    [[{ id: "a", key: `${KEY} ` }], /keys\[0\] must have a key of 1 to 1,024/],
    [[{ id: "a", key: "" }], /keys\[0\] must have a key of 1 to 1,024/],
    [[{ id: "a" }], /must have id, either hash or key, and nothing else/],
    [[{ id: "", key: KEY }], /keys\[0\] must have an id/],
    [[{ key: KEY }], /keys\[0\] must have an id/],
    [[{ id: "a", [KEY]: 1, key: KEY }], /and nothing else/],
    [
      [{ id: "a", key: KEY, hash: hashApiKey(KEY) }],
      /must have id, either hash or key, and nothing else/,
    ],
    [
      [
        { id: "a", key: KEY },
        { id: "b", hash: hashApiKey(KEY).toUpperCase() },
      ],
      /keys\[1\] must have another key than keys\[0\]/,
    ],
  ])("are refused, without showing them: %#", async (keys, message) => {
    const error = await catchError(() => apiKeys({ keys } as never));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.message).toMatch(message);
    expect(inspect(error, { depth: Infinity })).not.toContain(KEY);
  });
});

describe("the options of apiKeys", () => {
  it.each([
    [{ header: "Content-Length" }, /header must be the name of a header/],
    [{ header: "a b" }, /header must be the name of a header/],
    [{ query: "" }, /query must be the name of a query parameter/],
    [{ require: true }, /did you mean required\?/],
    [{ forward: 1 }, /forward must be true or false/],
  ])("are refused: %j", async (more, message) => {
    const error = await catchError(() => apiKeys(options(more as never)));
    expect(error.message).toMatch(message);
  });
});

describe("hashApiKey", () => {
  it("returns the SHA-256 hash in hexadecimal digits", () => {
    expect(hashApiKey("abc")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });

  it.each(["", "a b", "\u00e4", "a".repeat(1_025), undefined])(
    "refuses what cannot be a key: %#",
    async (key) => {
      const error = await catchError(() => hashApiKey(key as never));
      expect(error.message).toMatch(/key must be 1 to 1,024 visible ASCII/);
    },
  );
});
