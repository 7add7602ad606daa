import {
  WireError,
  type SendOptions,
  type Transport,
  type WireRequest,
  type WireResponse,
} from "../src/engine/http/transport";
import {
  EXTERNAL_ID,
  functionResult,
  parameterResponse,
  sessionResponse,
  stsError,
} from "./awsResponses";
import { exampleCredentials } from "./connection";
import type { Reply } from "./FakeAws";
import type { FakeClock } from "./FakeClock";

const SESSION_MS = 3_600_000;

/** A request, by whom it is signed, and its input. */
export interface RoleRequest {
  /** For example `sts AssumeRole`, `ssm GetParameter` or `lambda POST /2015-03-31/functions/price/invocations`. */
  readonly action: string;
  readonly region: string;
  /** `caller`, or the role and the number of its session: `hub#1`. */
  readonly by: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A session that STS created. */
export interface RoleSession {
  readonly id: string;
  readonly policy: unknown;
  readonly input: Readonly<Record<string, unknown>>;
}

/** STS with roles that require an external ID, Parameter Store and Lambda. Sessions last one hour by a fake clock. */
export class FakeRoles implements Transport {
  readonly requests: RoleRequest[] = [];
  readonly sessions: RoleSession[] = [];
  /** The external ID that roles require and that Parameter Store returns. `undefined`: roles require none. */
  externalId: string | undefined = EXTERNAL_ID;
  /** Replies instead of the default if it returns something. */
  reply: (request: RoleRequest) => Reply | undefined = () => undefined;
  readonly #clock: FakeClock;
  readonly #names = new Map([[exampleCredentials.accessKeyId, "caller"]]);

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  /** The requests as `who: action`, in order. */
  get log(): string[] {
    return this.requests.map(({ by, action }) => `${by}: ${action}`);
  }

  /** How many requests a service received. */
  count(service: "lambda" | "ssm" | "sts"): number {
    return this.requests.filter(({ action }) => action.startsWith(service))
      .length;
  }

  async send(
    request: WireRequest,
    { signal, onSent }: SendOptions,
  ): Promise<WireResponse> {
    if (signal.aborted) throw new WireError("ABORTED");
    // As on a network, other calls run before the response arrives.
    await new Promise(setImmediate);
    onSent?.();
    const received = this.#record(request);
    const reply = this.reply(received) ?? this.#defaultReply(received);
    if ("fails" in reply) throw new WireError(reply.fails);
    const {
      status = 200,
      headers = {},
      body = "",
    } = "silent" in reply ? {} : reply;
    return {
      statusCode: status,
      headers: { "x-amzn-requestid": "request-1", ...headers },
      body: Buffer.from(body),
    };
  }

  #record(request: WireRequest): RoleRequest {
    const { hostname, method, path, headers, body } = request;
    const [service = "", region = ""] = hostname.split(".");
    const text = typeof body === "string" ? body : toText(body);
    const form = Object.fromEntries(new URLSearchParams(text));
    const accessKeyId = /Credential=(\w+)\//.exec(
      headers["authorization"] ?? "",
    )?.[1];
    const target = headers["x-amz-target"]?.split(".")[1];
    const received: RoleRequest = {
      region,
      action: `${service} ${target ?? form["Action"] ?? `${method} ${path}`}`,
      by: this.#names.get(accessKeyId ?? "") ?? `unknown ${accessKeyId}`,
      input:
        service === "sts"
          ? form
          : (JSON.parse(text || "{}") as RoleRequest["input"]),
    };
    this.requests.push(received);
    return received;
  }

  #defaultReply({ action, input }: RoleRequest): Reply {
    if (action === "ssm GetParameter")
      return parameterResponse(this.externalId ?? "");
    if (action === "sts AssumeRole") return this.#assumeRole(input);
    if (action.startsWith("sts"))
      return {
        body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::222233334444:assumed-role/x/y</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      };
    if (action.startsWith("ssm")) return { body: '{"Version":1}' };
    // A deletion, and a dry run of a stream.
    if (/DELETE|streaming/.test(action)) return { status: 204 };
    return action.startsWith("lambda GET")
      ? { body: '{"Functions":[{"FunctionName":"price"}]}' }
      : functionResult({ amount: 12.5 });
  }

  #assumeRole(input: RoleRequest["input"]): Reply {
    if (this.externalId !== input["ExternalId"])
      return stsError(403, "AccessDenied", "not you");
    const role = String(input["RoleArn"]).split("/").at(-1);
    const number = this.sessions.length + 1;
    const id = `${role}#${number}`;
    const accessKeyId = `ASIA${String(number).padStart(16, "0")}`;
    this.#names.set(accessKeyId, id);
    const policy = input["Policy"];
    this.sessions.push({
      id,
      input,
      policy: typeof policy === "string" ? JSON.parse(policy) : undefined,
    });
    const expiration = new Date(this.#clock.now() + SESSION_MS).toISOString();
    return sessionResponse({ accessKeyId, expiration });
  }
}

/** Decodes the bytes. The SDK's own `Uint8Array` subclass logs a warning when it is converted to a string. */
function toText(body: Uint8Array = new Uint8Array()): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
}
