import { LAMBDA_RESPONSE_PROPERTIES } from "../response/toLambdaResponse";
import { REQUEST_PROPERTIES } from "./toRequestBean";
import { RESPONSE_PROPERTIES } from "./toResponseBean";

/** The variables of expressions, with their properties. An empty list means that the host decides which properties exist. */
export const EXPRESSION_VARIABLES: ReadonlyMap<string, readonly string[]> =
  new Map([
    ["request", REQUEST_PROPERTIES],
    ["response", RESPONSE_PROPERTIES],
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
