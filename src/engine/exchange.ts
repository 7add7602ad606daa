import type { CredentialKeys } from "../../domain";
import type { Call } from "./Call";
import type { AttemptWatch } from "./deliver";
import { createCommand, type Service } from "./services";
import { VERSION } from "./version";
import { HOT, type Codec } from "./wire/lambda";
import { NotAwsError, isPage, toRefusal } from "./wire/refusal";
import { sign } from "./wire/signature";

/** What is asked of which service. */
export interface Ask {
  readonly service: Service;
  readonly action: string;
  readonly input: unknown;
}

/** In whose name, where, and who watches. */
export interface Attempt {
  readonly call: Call;
  readonly region: string;
  readonly keys: CredentialKeys;
  readonly watch: AttemptWatch;
}

const USER_AGENT = `aws-lambda-connector/${VERSION} lang/js md/nodejs#${process.versions.node}`;

/** Sends a request once: what is asked again and again by our own hand, everything else by the AWS SDK's client. */
export async function exchange<Output>(
  ask: Ask,
  attempt: Attempt,
): Promise<Output> {
  const { service, action, input } = ask;
  const codec = (HOT as Partial<Record<string, Codec<unknown, unknown>>>)[
    action
  ];
  if (service === "lambda" && codec)
    return (await byHand(codec, input, attempt)) as Output;
  const { call, region, keys, watch } = attempt;
  const client = call.shared.clients.for({ service, region, keys });
  const command = createCommand(service, action, input);
  const options = { abortSignal: call.signal, ...watch };
  return (await client.send(command, options)) as Output;
}

async function byHand<Input, Output>(
  codec: Codec<Input, Output>,
  input: Input,
  { call, region, keys, watch }: Attempt,
): Promise<Output> {
  const { shared } = call;
  const { method, path, query, headers, body } = codec.write(input);
  const origin = shared.clients.lambdaOrigin(region);
  const { protocol, hostname, port, host, basePath } = origin;
  const signed = sign(
    {
      method,
      path: basePath + path,
      query,
      headers: { host, ...headers },
      body,
    },
    keys,
    {
      service: "lambda",
      region: origin.region,
      now: shared.clock.now() + shared.skewMs,
    },
  );
  signed["user-agent"] = USER_AGENT;
  signed["amz-sdk-invocation-id"] = call.id;
  const answer = await shared.transport.send(
    {
      method,
      protocol,
      hostname,
      port,
      path: basePath + path + (query && `?${query}`),
      headers: signed,
      body,
    },
    { signal: call.signal, onSent: watch.onSent },
  );
  watch.onAnswer();
  if (answer.statusCode >= 300) throw toRefusal(answer);
  if (isPage(answer)) throw new NotAwsError(answer.statusCode);
  return codec.read(answer);
}
