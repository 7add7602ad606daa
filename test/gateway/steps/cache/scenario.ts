import type { Readable } from "node:stream";
import {
  Body,
  cache,
  createRoute,
  GatewayResponse,
  HeaderList,
  toFetch,
  type CacheOptions,
  type CacheStep,
  type Exchange,
  type RouteFailure,
  type Step,
} from "../../../../gateway";
import { FakeClock } from "../../../FakeClock";

/** A response of the origin. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

export type Answer = (exchange: Exchange) => Reply | Promise<Reply>;

/** A client, a cache, and an origin that counts its requests. */
export class Scenario {
  readonly clock = new FakeClock();
  readonly step: CacheStep;
  readonly faults: RouteFailure[] = [];

  /** The requests that the origin has received. */
  readonly seen: Exchange[] = [];

  /** How the origin responds. */
  answer: Answer;

  readonly #handle: (request: Request) => Promise<Response>;

  constructor(
    answer: Reply | Answer,
    options: CacheOptions = {},
    steps: { readonly before?: Step[]; readonly after?: Step[] } = {},
  ) {
    this.answer = typeof answer === "function" ? answer : () => answer;
    this.step = cache(options, { clock: this.clock });
    const { before = [], after = [] } = steps;
    this.#handle = toFetch(
      createRoute({
        steps: [...before, this.step, ...after],
        onFault: (fault) => this.faults.push(fault),
        origin: async (exchange) => {
          this.seen.push(exchange);
          const {
            status = 200,
            headers = {},
            body,
          } = await this.answer(exchange);
          return new GatewayResponse({
            status,
            headers: new HeaderList(Object.entries(headers).flat()),
            body: new Body(typeof body === "string" ? Buffer.from(body) : body),
          });
        },
      }),
    );
  }

  /** Number of requests that the origin has received. */
  get calls(): number {
    return this.seen.length;
  }

  send(path = "/", init: RequestInit = {}): Promise<Response> {
    return this.#handle(new Request(`http://api.test${path}`, init));
  }

  /** Sends a request with headers, and returns the body. */
  async text(
    headers: Record<string, string> = {},
    path = "/",
  ): Promise<string> {
    return (await this.send(path, { headers })).text();
  }

  /** Sends the same request twice. Returns how many requests the origin has received for them. */
  async callsForTwo(
    init: RequestInit = {},
    second: RequestInit = init,
  ): Promise<number> {
    const before = this.calls;
    for (const each of [init, second])
      await (await this.send("/", each)).text();
    return this.calls - before;
  }
}

/** A response that every cache may store for a minute. */
export const fresh = (
  headers: Record<string, string> = {},
  body = "body",
): Reply => ({
  headers: { "Cache-Control": "max-age=60", ...headers },
  body,
});

/** Lets everything run that is ready. */
export const settle = (): Promise<void> =>
  new Promise((go) => setImmediate(go));
