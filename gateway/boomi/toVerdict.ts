import { faultOf } from "../route/applyChange";
import type { Exchange } from "../http/Exchange";
import type { Change } from "../route/Change";
import type { StepResponse } from "../route/StepResponse";
import type { Verdict } from "../route/Verdict";
import type { Point } from "./configuration/PointConfiguration";
import type {
  FunctionAnswer,
  Modification,
  RouteChange,
  Termination,
} from "./FunctionAnswer";
import type { SidecarOptions } from "./SidecarOptions";
import { writeText } from "./toReply";

/** A function's answer that cannot be used, in words for the host. */
export class InvalidAnswer extends Error {
  override readonly name = "InvalidAnswer";
}

/** What stops a call where the function says nothing more, in the vendor's words. */
const STOPPED = "Service cannot be provided, code 0x000003BB";

/** The vendor leaves open what a `terminate` without code is; it stops, with the status of the vendor's own example. */
const CODE = 403;

/**
 * What a function's answer means for the exchange. `terminate` goes before `modify`; members that nobody knows are passed over.
 *
 * @throws {@link InvalidAnswer}.
 */
export function toVerdict(
  answer: FunctionAnswer,
  point: Point,
  context: { readonly exchange: Exchange; readonly options: SidecarOptions },
): Verdict {
  refuseSlips(answer);
  const { terminate, modify } = answer as Untrusted<FunctionAnswer>;
  if (terminate != null)
    return {
      respond: checked(
        toStop(objectOf("terminate", terminate), context.options),
      ),
    };
  if (modify == null) return undefined;
  const modification: Untrusted<Modification> = objectOf("modify", modify);
  const { completeWithCode: status, changeRoute } = modification;
  const change = checked<Change>({
    ...toChange(modification),
    ...(point === "PreProcessor"
      ? routeOf(changeRoute, context)
      : status != null && { status: status as number }),
  });
  return Object.keys(change).length > 0 ? { change } : undefined;
}

/** What a function has written may be anything. */
type Untrusted<Answer> = { readonly [Member in keyof Answer]?: unknown };

/** Taken for a member that nobody knows, a `Terminate` would let pass what it was to stop. */
function refuseSlips(answer: FunctionAnswer): void {
  const slip = Object.keys(answer).find(
    (name) => /^(terminate|modify)$/i.test(name) && name !== name.toLowerCase(),
  );
  if (slip !== undefined)
    throw new InvalidAnswer(
      `the answer has ${slip} where ${slip.toLowerCase()} is meant`,
    );
}

function objectOf(name: string, value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InvalidAnswer(`${name} takes an object`);
  return value as Record<string, unknown>;
}

/** What is no status, no header and no URL is found here, whatever its type says. */
function checked<Asked extends Parameters<typeof faultOf>[0]>(
  asked: Asked,
): Asked {
  const fault = faultOf(asked);
  if (fault !== undefined) throw new InvalidAnswer(fault);
  return asked;
}

function toStop(
  termination: Untrusted<Termination>,
  options: SidecarOptions,
): StepResponse {
  const { code, message } = termination;
  const status = (code ?? CODE) as number;
  const { body, setHeaders } = toChange(termination);
  const text = code == null ? STOPPED : (message ?? STOPPED);
  if (typeof text !== "string")
    throw new InvalidAnswer("terminate.message takes a text");
  const written = writeText(text, { ...options, status });
  const headers = {
    ...(body === undefined && written.headers),
    ...headersOf("headers", termination.headers),
    ...setHeaders,
  };
  const dropped = namesOf(termination.dropHeaders).map((name) =>
    name.toLowerCase(),
  );
  const left = Object.entries(headers).filter(
    ([name]) => !dropped.includes(name.toLowerCase()),
  );
  return {
    status,
    headers: Object.fromEntries(left),
    body: body ?? written.body,
  };
}

type Changing = Untrusted<
  Pick<
    Modification,
    "addHeaders" | "dropHeaders" | "payload" | "base64Encoded" | "json"
  >
>;

/** Headers and body of an answer; `json` brings its content type, unless the answer sets one. */
function toChange(answer: Changing): Change {
  const drop = namesOf(answer.dropHeaders);
  const add = headersOf("addHeaders", answer.addHeaders);
  const body = bodyOf(answer);
  const isTyped = Object.keys(add).some(
    (name) => name.toLowerCase() === "content-type",
  );
  const set =
    "json" in answer && !isTyped
      ? { ...add, "content-type": "application/json" }
      : add;
  return {
    ...(drop.length > 0 && { dropHeaders: drop }),
    ...(Object.keys(set).length > 0 && { setHeaders: set }),
    ...(body !== undefined && { body }),
  };
}

function bodyOf({
  payload,
  base64Encoded,
  ...rest
}: Changing): string | Uint8Array | undefined {
  if ("json" in rest) return JSON.stringify(rest.json);
  if (payload == null) return undefined;
  if (typeof payload !== "string")
    throw new InvalidAnswer(
      "payload takes a text; a JSON value goes into json",
    );
  // The vendor's page has it decoded always, its examples where the flag is set: the flag decides.
  if (base64Encoded !== true) return payload;
  const plain = payload.replace(/\s/g, "");
  if (
    !/^[A-Za-z0-9+/_-]*={0,2}$/.test(plain) ||
    plain.replace(/=+$/, "").length % 4 === 1
  )
    throw new InvalidAnswer("payload is no Base64");
  return Buffer.from(plain, "base64");
}

function namesOf(names: unknown): string[] {
  if (names == null) return [];
  if (Array.isArray(names) && names.every((each) => typeof each === "string"))
    return names;
  throw new InvalidAnswer("dropHeaders takes a list of names");
}

function headersOf(member: string, headers: unknown): Record<string, string> {
  if (headers == null) return {};
  const given = objectOf(member, headers);
  for (const [name, value] of Object.entries(given))
    if (typeof value !== "string")
      throw new InvalidAnswer(
        `${member} takes a text for ${JSON.stringify(name)}`,
      );
  return given as Record<string, string>;
}

/** Where a request goes instead, where the sidecar allows it. */
function routeOf(
  given: unknown,
  {
    exchange,
    options,
  }: { readonly exchange: Exchange; readonly options: SidecarOptions },
): Change {
  const { reroute = false, endpoint } = options;
  if (given == null) return {};
  if (reroute === false)
    throw new InvalidAnswer(
      "changeRoute leads elsewhere, which this sidecar may not: set reroute to the origins to which it may",
    );
  const route: Untrusted<RouteChange> = objectOf("changeRoute", given);
  const { uri, host, port, file, httpVerb } = route;
  const url = toUrl(route, {
    url: exchange.request.url,
    origin: exchange.request.target ?? endpoint.origin ?? "http://localhost",
  });
  const isMoved = uri != null || host != null || port != null;
  const isAllowed =
    reroute === true ||
    reroute.some((each) => new URL(each).origin === url.origin);
  if (isMoved && !isAllowed)
    throw new InvalidAnswer(
      `changeRoute leads to ${url.origin}, to which this route does not go`,
    );
  return {
    ...(isMoved && { target: url.origin }),
    ...((uri != null || file != null) && { url: url.pathname + url.search }),
    ...(httpVerb != null && { method: httpVerb as string }),
  };
}

function toUrl(
  { uri, host, port, file }: Untrusted<RouteChange>,
  now: { readonly url: string; readonly origin: string },
): URL {
  const base = new URL(now.origin);
  const where = `${textOf(host) ?? base.hostname}:${textOf(port) ?? (host == null ? base.port : "")}`;
  const path = textOf(file) ?? now.url;
  const text =
    textOf(uri) ??
    `${base.protocol}//${where}${path.startsWith("/") ? path : `/${path}`}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "")
    throw new InvalidAnswer("changeRoute leads to no URL of http or https");
  return url;
}

function textOf(value: unknown): string | undefined {
  if (value == null) return undefined;
  if (typeof value === "string" || typeof value === "number")
    return String(value);
  throw new InvalidAnswer("changeRoute takes texts, and a port");
}
