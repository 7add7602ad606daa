import { faultOf } from "../core/applyChange";
import type { Exchange } from "../core/Exchange";
import type { Change, Verdict } from "../core/Step";
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
  for (const name of Object.keys(answer))
    if (
      /^(terminate|modify)$/i.test(name) &&
      !/^(terminate|modify)$/.test(name)
    )
      // Taken for a member that nobody knows, it would let pass what it was to stop.
      throw new InvalidAnswer(
        `the answer has ${name} where ${name.toLowerCase()} is meant`,
      );
  const terminate: unknown = answer.terminate ?? undefined;
  if (terminate !== undefined)
    return {
      stop: checked(toStop(objectOf("terminate", terminate), context.options)),
    };
  const modify: unknown = answer.modify ?? undefined;
  if (modify === undefined) return undefined;
  const modification = objectOf<Modification>("modify", modify);
  const change = checked<Change>({
    ...toChange(modification),
    ...(point === "PreProcessor"
      ? routeOf(modification.changeRoute ?? undefined, context)
      : modification.completeWithCode != null && {
          status: modification.completeWithCode,
        }),
  });
  return Object.keys(change).length > 0 ? { change } : undefined;
}

function objectOf<Value>(name: string, value: unknown): Value {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InvalidAnswer(`${name} takes an object`);
  return value as Value;
}

function checked<Asked extends Parameters<typeof faultOf>[0]>(
  asked: Asked,
): Asked {
  const fault = faultOf(asked);
  if (fault !== undefined) throw new InvalidAnswer(fault);
  return asked;
}

function toStop(termination: Termination, options: SidecarOptions) {
  const { code, message } = termination;
  const { body, setHeaders } = toChange(termination);
  const own: unknown = code == null ? undefined : (message ?? undefined);
  if (own !== undefined && typeof own !== "string")
    throw new InvalidAnswer("terminate.message takes a text");
  const written =
    body === undefined
      ? writeText(own ?? STOPPED, { ...options, status: code ?? CODE })
      : { body };
  const headers = {
    ...("headers" in written && written.headers),
    ...headersOf("headers", termination.headers),
    ...setHeaders,
  };
  const dropped = new Set(
    namesOf(termination.dropHeaders).map((name) => name.toLowerCase()),
  );
  return {
    status: code ?? CODE,
    headers: Object.fromEntries(
      Object.entries(headers).filter(
        ([name]) => !dropped.has(name.toLowerCase()),
      ),
    ),
    body: written.body,
  };
}

type Changing = Pick<
  Modification,
  "addHeaders" | "dropHeaders" | "payload" | "base64Encoded" | "json"
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
  const text: unknown = payload ?? undefined;
  if (text === undefined) return undefined;
  if (typeof text !== "string")
    throw new InvalidAnswer(
      "payload takes a text; a JSON value goes into json",
    );
  // The vendor's page has it decoded always, its examples where the flag is set: the flag decides.
  if (base64Encoded !== true) return text;
  const plain = text.replace(/\s/g, "");
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
  const given = objectOf<Record<string, unknown>>(member, headers);
  for (const [name, value] of Object.entries(given))
    if (typeof value !== "string")
      throw new InvalidAnswer(
        `${member} takes a text for ${JSON.stringify(name)}`,
      );
  return given as Record<string, string>;
}

/** Where a request goes instead, where the sidecar allows it; elsewhere it is a member that nobody knows. */
function routeOf(
  route: RouteChange | undefined,
  {
    exchange,
    options,
  }: { readonly exchange: Exchange; readonly options: SidecarOptions },
): Change {
  const { reroute = false, endpoint } = options;
  if (!route || reroute === false) return {};
  const { uri, host, port, file, httpVerb } = objectOf<RouteChange>(
    "changeRoute",
    route,
  );
  const origin = exchange.request.target ?? endpoint.origin;
  const to =
    uri ?? urlOf({ host, port, file: file ?? exchange.request.url }, origin);
  const url = URL.canParse(to) ? new URL(to) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new InvalidAnswer("changeRoute leads to no URL of http or https");
  const isMoved = uri != null || host != null || port != null;
  if (isMoved && Array.isArray(reroute) && !reroute.includes(url.origin))
    throw new InvalidAnswer(
      `changeRoute leads to ${url.origin}, to which this route does not go`,
    );
  return {
    ...(isMoved && { target: url.origin }),
    ...((uri != null || file != null) && { url: url.pathname + url.search }),
    ...(httpVerb != null && { method: httpVerb }),
  };
}

function urlOf(
  {
    host,
    port,
    file,
  }: { host: string | undefined; port: number | undefined; file: string },
  origin: string | undefined,
): string {
  const base = new URL(origin ?? "http://localhost");
  const own = host == null ? base.port : "";
  const where = `${host ?? base.hostname}${(port ?? own) ? `:${port ?? own}` : ""}`;
  return `${base.protocol}//${where}${file.startsWith("/") ? file : `/${file}`}`;
}
