import { types } from "node:util";
import { describeType } from "../text/describeType";
import { isPlainObject } from "../text/isPlainObject";
import { toPlainRequest } from "./signedWhenSent";
import type {
  SendOptions,
  SocketCounts,
  Transport,
  WireRequest,
  WireResponse,
  WireStream,
} from "./transport";

/** A transport returned something that is not a response. The message continues a sentence: "the transport returned …". */
export class InvalidResponseError extends Error {
  override readonly name = "InvalidResponseError";
}

/** A transport of the test hooks. What it returns is validated and copied: it is the caller's code and can return anything. */
export class CheckedTransport implements Transport {
  readonly #transport: Transport;
  readonly stream?: NonNullable<Transport["stream"]>;

  constructor(transport: Transport) {
    this.#transport = transport;
    if (transport.stream !== undefined)
      this.stream = (request, options) => this.#stream(request, options);
  }

  async send(
    request: WireRequest,
    options: SendOptions,
  ): Promise<WireResponse> {
    const response: unknown = await this.#transport.send(
      toPlainRequest(request),
      options,
    );
    return check(options, () => {
      const { body, ...head } = readResponse(response);
      if (!types.isUint8Array(body))
        throw new InvalidResponseError(
          `a response whose body is ${describeType(body)}, not a Uint8Array`,
        );
      return { ...head, body };
    });
  }

  inspect(): SocketCounts {
    return this.#transport.inspect?.() ?? { open: 0, idle: 0, waiting: 0 };
  }

  async #stream(
    request: WireRequest,
    options: SendOptions,
  ): Promise<WireStream> {
    const response: unknown = await this.#transport.stream?.(
      toPlainRequest(request),
      options,
    );
    return check(options, () => {
      const { body, closed, ...head } = readResponse(response);
      // Before the body is checked, so that a rejection is always handled.
      const rest = closed === undefined ? {} : { closed: settle(closed) };
      return { ...head, ...rest, body: checkChunks(body) };
    });
  }
}

/** Reads a response. An invalid one may be that of a function that has run: the request counts as sent. */
function check<Response>(
  { onSent }: SendOptions,
  read: () => Response,
): Response {
  try {
    return read();
  } catch (error) {
    onSent?.();
    throw error instanceof InvalidResponseError
      ? error
      : new InvalidResponseError(
          "a response with a getter or proxy that throws",
        );
  }
}

interface ReadResponse extends Pick<WireResponse, "statusCode" | "headers"> {
  readonly body: unknown;
  readonly closed: unknown;
}

/** Reads each property once. */
function readResponse(response: unknown): ReadResponse {
  if (typeof response !== "object" || response === null)
    throw new InvalidResponseError(
      `${describeType(response)}, not an object with statusCode, headers and body`,
    );
  const { statusCode, headers, body, closed } = response as Partial<
    Record<keyof WireStream, unknown>
  >;
  const isStatus =
    Number.isInteger(statusCode) &&
    (statusCode as number) >= 200 &&
    (statusCode as number) <= 599;
  if (!isStatus)
    throw new InvalidResponseError(
      "a response whose statusCode is not an integer from 200 to 599",
    );
  const copy = copyHeaders(headers);
  return { statusCode: statusCode as number, headers: copy, body, closed };
}

function copyHeaders(headers: unknown): Record<string, string> {
  if (!isPlainObject(headers))
    throw new InvalidResponseError(
      `a response whose headers are ${describeType(headers)}, not a plain object`,
    );
  const copy: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    if (value === undefined) continue;
    if (typeof value !== "string")
      throw new InvalidResponseError(
        `a response with a header whose value is ${describeType(value)}, not a string`,
      );
    // Not an assignment: the name may be `__proto__`.
    Object.defineProperty(copy, name.toLowerCase(), {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy;
}

function checkChunks(body: unknown): AsyncIterable<Uint8Array> {
  const isIterable =
    typeof body === "object" && body !== null && Symbol.asyncIterator in body;
  if (!isIterable)
    throw new InvalidResponseError(
      `a response whose body is ${describeType(body)}, not an async iterable`,
    );
  return readChunks(body as AsyncIterable<unknown>);
}

async function* readChunks(
  body: AsyncIterable<unknown>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    if (!types.isUint8Array(chunk))
      throw new InvalidResponseError(
        `a response with a chunk that is ${describeType(chunk)}, not a Uint8Array`,
      );
    yield chunk;
  }
}

/** Waits for a promise, whether it is fulfilled or not. */
async function settle(closed: unknown): Promise<void> {
  try {
    await closed;
  } catch {
    // The socket is not used any more in this case either.
  }
}
