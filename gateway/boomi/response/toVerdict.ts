import { findProblem } from "../../route/verdict/findProblem";
import type { Exchange } from "../../http/Exchange";
import type { Change } from "../../route/verdict/Change";
import type { StepResponse } from "../../route/verdict/StepResponse";
import type { Verdict } from "../../route/verdict/Verdict";
import type { Point } from "../configuration/PointConfiguration";
import { formatMessage } from "./formatMessage";
import { InvalidResponseError } from "./InvalidResponseError";
import type { SidecarOptions } from "../options/SidecarOptions";
import type {
  Modification,
  SidecarResponse,
  Termination,
} from "./SidecarResponse";
import {
  toChange,
  toHeaderNames,
  toHeaders,
  toRecord,
  type Untrusted,
} from "./toChange";
import { toStatus } from "./toStatus";
import { toRerouting } from "./toRerouting";
import { formatNumber } from "../../../src/internal";

/** Boomi's own text for a `terminate` without a message. */
const DEFAULT_MESSAGE = "Service cannot be provided, code 0x000003BB";

/** Maximum length of a message, in characters. It is escaped, which takes long. */
const MAX_MESSAGE_LENGTH = 262_144;

/** Boomi does not document a `terminate` without `code`. The call stops with 403, the status of Boomi's own example. */
const DEFAULT_STATUS = 403;

/**
 * Translates a function's response to the verdict of a step. `terminate` takes precedence over `modify`; unknown members are
 * ignored.
 *
 * @throws {@link InvalidResponseError}
 */
export async function toVerdict(
  response: SidecarResponse,
  point: Point,
  context: { readonly exchange: Exchange; readonly options: SidecarOptions },
): Promise<Verdict> {
  checkSpelling(response);
  const { terminate, modify } = response as Untrusted<SidecarResponse>;
  if (terminate != null)
    return {
      respond: checkSendable(
        await toStepResponse(toRecord("terminate", terminate), context.options),
      ),
    };
  if (modify == null) return undefined;
  const modification: Untrusted<Modification> = toRecord("modify", modify);
  const { completeWithCode: status, changeRoute } = modification;
  const change = checkSendable<Change>({
    ...(await toChange(modification)),
    ...(point === "PreProcessor"
      ? toRerouting(changeRoute, context)
      : status != null && { status: toStatus(status) }),
  });
  return Object.keys(change).length > 0 ? { change } : undefined;
}

/** If `Terminate` were ignored as an unknown member, a call that the function meant to stop would be forwarded. */
function checkSpelling(response: SidecarResponse): void {
  const misspelt = Object.keys(response).find(
    (name) => /^(terminate|modify)$/i.test(name) && name !== name.toLowerCase(),
  );
  if (misspelt !== undefined)
    throw new InvalidResponseError(
      `${misspelt} must be spelled ${misspelt.toLowerCase()}`,
    );
}

/** Throws if status, headers, body or URL can't be sent. */
function checkSendable<Checked extends Parameters<typeof findProblem>[0]>(
  checked: Checked,
): Checked {
  const fault = findProblem(checked);
  if (fault !== undefined) throw new InvalidResponseError(fault);
  return checked;
}

async function toStepResponse(
  termination: Untrusted<Termination>,
  options: SidecarOptions,
): Promise<StepResponse> {
  const { code, message } = termination;
  const status = toStatus(code ?? DEFAULT_STATUS);
  const { body, setHeaders } = await toChange(termination);
  const text = code == null ? DEFAULT_MESSAGE : (message ?? DEFAULT_MESSAGE);
  if (typeof text !== "string")
    throw new InvalidResponseError("terminate.message must be a string");
  if (text.length > MAX_MESSAGE_LENGTH)
    throw new InvalidResponseError(
      `terminate.message must have at most ${formatNumber(MAX_MESSAGE_LENGTH)} characters; return a longer body in payload`,
    );
  const formatted = formatMessage(text, { ...options, status });
  const headers = {
    ...(body === undefined && formatted.headers),
    ...toHeaders("headers", termination.headers),
    ...setHeaders,
  };
  const dropped = new Set(
    toHeaderNames(termination.dropHeaders).map((name) => name.toLowerCase()),
  );
  const kept = Object.entries(headers).filter(
    ([name]) => !dropped.has(name.toLowerCase()),
  );
  return {
    status,
    headers: Object.fromEntries(kept),
    body: body ?? formatted.body,
  };
}
