import {
  parseSecretJsonBody,
  toJsonRpcError,
  UnreadableBodyError,
} from "../http/awsError";
import { isObject } from "../text/isObject";
import type { Codec, Optional } from "./Codec";

/** The part of a parameter that is read. */
export interface StoredParameter {
  readonly Value: string | undefined;
  readonly Type: string | undefined;
}

export const GET_PARAMETER_CODEC: Codec<
  Optional<{ readonly Name: string; readonly WithDecryption: boolean }>,
  { readonly Parameter: StoredParameter }
> = {
  encode: ({ Name, WithDecryption }) => ({
    method: "POST",
    path: "/",
    query: "",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonSSM.GetParameter",
    },
    body: Buffer.from(JSON.stringify({ Name, WithDecryption })),
  }),
  decode(response) {
    const body = parseSecretJsonBody(response);
    const parameter = isObject(body) ? body["Parameter"] : undefined;
    const { Value, Type } = isObject(parameter) ? parameter : {};
    // Otherwise, a response of another server would look like an empty parameter.
    if (!isObject(parameter) || !isText(Value) || !isText(Type))
      throw new UnreadableBodyError(
        response,
        new Error("the body has no parameter"),
      );
    return {
      Parameter: { Value: Value ?? undefined, Type: Type ?? undefined },
    };
  },
  toError: toJsonRpcError,
};

/** Whether a field is text, or missing. */
function isText(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === "string";
}
