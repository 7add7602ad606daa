import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { parseQuery } from "../http/parseQuery";
import { createNotAvailableError } from "../protocol/createCommonError";
import { ServiceError } from "../protocol/ServiceError";
import { Violations } from "../protocol/Violations";
import { authorize } from "../iam/authorize";
import {
  toConfiguration,
  getLatestVersion,
  createQualifiedArn,
} from "./toConfiguration";
import { createLambdaError } from "../protocol/createLambdaError";
import type { LambdaFunction } from "../state/LambdaFunction";

const PAGE_LIMIT = 50;

/** Lists the functions of the caller's account and region, one page at a time. */
export function listFunctions(call: ApiCall): HttpResponse {
  const query = new Map(parseQuery(call.request.rawQuery));
  const size = readSize(query);
  authorize(call, {
    service: "lambda",
    action: "lambda:ListFunctions",
    resource: "*",
    ownerId: call.caller.accountId,
  });
  if (query.has("MasterRegion"))
    throw createNotAvailableError("lambda", "ListFunctions with MasterRegion");
  const after = readMarker(query.get("Marker"));
  const rows = call.cloud
    .account(call.caller.accountId)
    .functions.list(call.region)
    .flatMap((each) =>
      query.has("FunctionVersion") ? everyVersion(each) : [latest(each)],
    )
    .filter(({ key }) => after === undefined || key > after);
  const page = rows.slice(0, size);
  const last = page.at(-1);
  const marker =
    rows.length > page.length && last ? writeMarker(last.key) : undefined;
  return {
    status: 200,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      ...(marker !== undefined && { NextMarker: marker }),
      Functions: page.map(({ configuration }) => configuration()),
    }),
  };
}

/**
 * One item of the list. Its key is its position, which stays valid if functions are created or
 * deleted between two pages.
 */
interface Row {
  readonly key: string;
  readonly configuration: () => Record<string, unknown>;
}

function latest(each: LambdaFunction): Row {
  return {
    key: each.definition.name,
    configuration: () => toConfiguration(getLatestVersion(each), each.arn),
  };
}

function everyVersion(each: LambdaFunction): Row[] {
  return [...each.versions.values()]
    .map((version) => ({
      key: `${each.definition.name} ${version.of.version.padStart(10, "0")}`,
      configuration: () =>
        toConfiguration(version, createQualifiedArn(each, version)),
    }))
    .sort((left, right) => (left.key < right.key ? -1 : 1));
}

function readSize(query: ReadonlyMap<string, string>): number {
  const violations = new Violations("lambda");
  const maxItems = query.get("MaxItems");
  if (maxItems !== undefined && !/^-?\d+$/.test(maxItems))
    throw new ServiceError({
      status: 400,
      code: "SerializationException",
      message: `STRING_VALUE can not be converted to an Integer`,
    });
  const size = maxItems === undefined ? PAGE_LIMIT : Number(maxItems);
  if (size < 1)
    violations.add("maxItems", {
      value: String(size),
      constraint: "have value greater than or equal to 1",
    });
  if (size > 10_000)
    violations.add("maxItems", {
      value: String(size),
      constraint: "have value less than or equal to 10000",
    });
  violations.checkEnum("functionVersion", {
    value: query.get("FunctionVersion"),
    known: ["ALL"],
  });
  violations.throwIfAny();
  return Math.min(size, PAGE_LIMIT);
}

const MARKER_PREFIX = "after:";

function writeMarker(key: string): string {
  return Buffer.from(MARKER_PREFIX + key).toString("base64");
}

function readMarker(marker: string | undefined): string | undefined {
  if (marker === undefined) return undefined;
  const text = Buffer.from(marker, "base64").toString("utf8");
  if (!text.startsWith(MARKER_PREFIX))
    throw createLambdaError(
      "InvalidParameterValueException",
      "The provided marker is invalid.",
    );
  return text.slice(MARKER_PREFIX.length);
}
