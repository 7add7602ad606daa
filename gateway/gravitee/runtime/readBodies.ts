import type { Body } from "../../http/Body";
import type { Exchange } from "../../http/Exchange";
import type { Template } from "../expression/Template";
import { Content } from "./BodyContent";

/** A body that expressions read is longer than the host lets them. */
export class TooLongError extends Error {
  override readonly name = "TooLongError";
}

/** Bodies of an exchange that expressions read. */
export interface Contents {
  readonly request?: Content;
  readonly response?: Content;
}

/** Which bodies expressions read. */
export interface Reads {
  readonly request: boolean;
  readonly response: boolean;
}

const PROPERTIES = ["content", "jsonContent", "xmlContent"];

/** Which bodies some texts read, also where that cannot be told for sure. */
export function readsOf(templates: readonly Template[]): Reads {
  const reads = (variable: string): boolean =>
    templates.some((template) =>
      PROPERTIES.some((property) => template.reads(variable, property)),
    );
  return { request: reads("request"), response: reads("response") };
}

/**
 * Reads the bodies that expressions see; they go on unchanged.
 *
 * @throws TooLongError where one is longer than that.
 */
export async function readContents(
  { request, response }: Exchange,
  reads: Reads,
  limit: number,
): Promise<Contents> {
  return {
    ...(reads.request && { request: await read(request.body, limit) }),
    ...(reads.response &&
      response && { response: await read(response.body, limit) }),
  };
}

async function read(body: Body, limit: number): Promise<Content> {
  const bytes = await body.whole(limit);
  if (!bytes)
    throw new TooLongError(
      `a body is longer than the ${limit.toLocaleString("en")} bytes that expressions may read; see bodyLimit`,
    );
  return new Content(Buffer.from(bytes).toString());
}
