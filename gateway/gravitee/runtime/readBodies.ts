import type { Body } from "../../http/Body";
import type { Exchange } from "../../http/Exchange";
import type { Template } from "../expression/Template";
import { BodyContent } from "./BodyContent";
import { decodeBody } from "./decodeBody";
import { formatNumber } from "../../../src/internal";

/** A body that an expression reads exceeds `bodyLimit`. */
export class BodyTooLongError extends Error {
  override readonly name = "BodyTooLongError";
}

/** The bodies of an exchange, as far as expressions read them. */
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

/** Finds the bodies that templates read, or might read. */
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
 * Reads the required bodies. They are still forwarded unchanged.
 *
 * @throws BodyTooLongError if a body has more than `limit` bytes.
 */
export async function readBodies(
  { request, response }: Exchange,
  required: RequiredBodies,
  limit: number,
): Promise<BodyContents> {
  return {
    ...(required.request && { request: await readBody(request.body, limit) }),
    ...(required.response &&
      response && { response: await readBody(response.body, limit) }),
  };
}

async function readBody(body: Body, limit: number): Promise<BodyContent> {
  const bytes = await body.read(limit);
  if (!bytes)
    throw new BodyTooLongError(
      `the body exceeds bodyLimit (${formatNumber(limit)} bytes)`,
    );
  return new BodyContent(await decodeBody(bytes));
}
