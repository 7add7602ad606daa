import type { CredentialKeys } from "../../domain";
import type { Call } from "./Call";
import type { Ending } from "./Ending";
import { ATTEMPTS } from "./retry";
import { createCommand, type Service } from "./services";
import { VERSION } from "./version";
import { HOT, type Codec } from "./wire/lambda";
import { isPage, NotAwsError, toRefusal } from "./wire/refusal";
import { sign } from "./wire/signature";
import type { SendOptions, WireResponse } from "./wire/transport";

/** What is asked of which service. */
export interface Ask {
  readonly service: Service;
  readonly action: string;
  readonly input: object;
}

/** A request, by whom it is made, and where it goes. */
export interface Asked {
  readonly call: Call;
  readonly ask: Ask;
  readonly region: string;
  /** What AWS knows the attempts of one and the same request by. */
  readonly id: string;
}

/** One sending of a request: what the wire is told, and what it tells. */
export class Attempt implements SendOptions {
  /** Whether it may have begun to reach the other side. */
  sent = false;
  readonly whenEnded: Ending["whenEnded"];
  readonly onSent = (): void => {
    if (this.sent) return;
    this.sent = true;
    this.call.count(1, this.#runsFunction);
  };

  readonly call: Call;
  readonly ask: Ask;

  constructor(
    readonly request: Asked,
    readonly keys: CredentialKeys,
    readonly number: number,
  ) {
    this.call = request.call;
    this.ask = request.ask;
    this.whenEnded = this.call.ending.whenEnded;
  }

  /** Made for who asks for it: a signal is dear. */
  get signal(): AbortSignal {
    return this.call.signal;
  }

  /** AWS has said that nothing came of it. */
  settle(): void {
    this.call.count(-1, this.#runsFunction);
  }

  /** A dry run runs nothing. */
  get #runsFunction(): boolean {
    const { action, input } = this.ask;
    const { InvocationType } = input as { InvocationType?: string };
    return action.startsWith("Invoke") && InvocationType !== "DryRun";
  }
}

/** Sends a request once: what is asked again and again by our own hand, everything else by the AWS SDK's client. */
export function exchange<Output>(attempt: Attempt): Promise<Output> {
  attempt.call.noteAttempt(attempt.request.region);
  const { service, action } = attempt.ask;
  const codec =
    service === "lambda"
      ? (HOT as Readonly<Record<string, unknown>>)[action]
      : undefined;
  return codec
    ? byHand(codec as Codec<object, Output>, attempt)
    : bySdk(attempt);
}

async function bySdk<Output>(attempt: Attempt): Promise<Output> {
  const { call, keys, ask, request } = attempt;
  const { service, action, input } = ask;
  const { region } = request;
  const client = call.shared.clients.for({ service, region, keys });
  const options = {
    abortSignal: call.signal,
    onSent: attempt.onSent,
    onAnswer: (answer: WireResponse) => {
      call.noteAnswer(answer);
    },
  };
  const command = createCommand(service, action, input);
  return (await client.send(command, options)) as Output;
}

const USER_AGENT = `aws-lambda-connector/${VERSION} lang/js md/nodejs#${process.versions.node}`;

async function byHand<Output>(
  codec: Codec<object, Output>,
  attempt: Attempt,
): Promise<Output> {
  const { call, ask, keys, request } = attempt;
  const { shared } = call;
  const {
    method,
    path: ownPath,
    query,
    headers,
    body,
  } = codec.write(ask.input);
  const origin = shared.clients.lambdaOrigin(request.region);
  const { protocol, hostname, port, host, basePath } = origin;
  const path = basePath + ownPath;
  const signed = sign(
    { method, path, query, headers: { ...headers, host }, body },
    {
      keys,
      service: "lambda",
      region: origin.region,
      now: shared.clock.now() + shared.skewMs,
    },
  );
  if (method === "POST")
    signed["content-length"] = String(body?.byteLength ?? 0);
  signed["user-agent"] = USER_AGENT;
  signed["amz-sdk-invocation-id"] = request.id;
  signed["amz-sdk-request"] = `attempt=${attempt.number}; max=${ATTEMPTS}`;
  const answer = await shared.transport.send(
    {
      method,
      protocol,
      hostname,
      port,
      path: query === "" ? path : `${path}?${query}`,
      headers: signed,
      body,
    },
    attempt,
  );
  call.noteAnswer(answer);
  if (answer.statusCode >= 300) throw toRefusal(answer);
  if (isPage(answer)) throw new NotAwsError(answer.statusCode);
  return codec.read(answer);
}
