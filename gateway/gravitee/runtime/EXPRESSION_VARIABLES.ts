import { LAMBDA_RESPONSE_PROPERTIES } from "../response/toLambdaResponse";
import { REQUEST, RESPONSE } from "./toRequestBean";

/** What expressions see, by name, and the properties of those whose properties are known; of the others the host says what they have. */
export const EXPRESSION_VARIABLES: ReadonlyMap<string, readonly string[]> =
  new Map([
    ["request", REQUEST],
    ["response", RESPONSE],
    ["context", ["attributes"]],
    ["lambdaResponse", LAMBDA_RESPONSE_PROPERTIES],
    ["api", []],
    ["properties", []],
    ["dictionaries", []],
    ["endpoints", []],
    ["node", []],
    ["subscription", []],
    ["root", []],
  ]);
