import type { Body } from "../../http/Body";
import type { Exchange } from "../../http/Exchange";
import type { Template } from "../expression/Template";
import { BodyContent } from "./BodyContent";

/** A body that expressions read is longer than the host lets them. */
export class BodyTooLongError extends Error {
  override readonly name = "TooLongError";
}

/** Bodies of an exchange that expressions read. */
export interface BodyContents {
  readonly request?: BodyContent;
  readonly response?: BodyContent;
}

/** Which bodies expressions read. */
export interface RequiredBodies {
  readonly request: boolean;
  readonly response: boolean;
}

const PROPERTIES = ["content", "jsonContent", "xmlContent"];

/** Which bodies some texts read, also where that cannot be told for sure. */
export function findRequiredBodies(
  templates: readonly Template[],
): RequiredBodies {
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
export async function readBodies(
  { request, response }: Exchange,
  reads: RequiredBodies,
  limit: number,
): Promise<BodyContents> {
  return {
    ...(reads.request && { request: await read(request.body, limit) }),
    ...(reads.response &&
      response && { response: await read(response.body, limit) }),
  };
}

async function read(body: Body, limit: number): Promise<BodyContent> {
  const bytes = await body.whole(limit);
  if (!bytes)
    throw new BodyTooLongError(
      `a body is longer than the ${limit.toLocaleString("en")} bytes that expressions may read; see bodyLimit`,
    );
  return new BodyContent(Buffer.from(bytes).toString());
}
