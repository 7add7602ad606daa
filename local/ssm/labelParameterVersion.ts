import type { ApiCall } from "../state/ApiCall";
import type { HttpResponse } from "../http/HttpResponse";
import { Violations } from "../protocol/Violations";
import { authorize } from "../iam/authorize";
import {
  createParameterError,
  createVersionNotFoundError,
} from "./createParameterError";
import { JsonBody } from "./JsonBody";
import {
  findLabelProblem,
  LABEL_LENGTH,
  LABEL_LIMIT,
} from "./findLabelProblem";
import { createParameterArn } from "./ParameterName";

/**
 * Adds labels to a version of a parameter, by default the latest. Responds with the labels that are
 * not valid.
 */
export function labelParameterVersion(call: ApiCall): HttpResponse {
  const body = new JsonBody(call.request);
  body.allowOnly("LabelParameterVersion", [
    "Name",
    "ParameterVersion",
    "Labels",
  ]);
  const { name, labels } = readMembers(body);
  const accountId = call.caller.accountId;
  const parameter = { region: call.region, name };
  authorize(call, {
    service: "ssm",
    action: "ssm:LabelParameterVersion",
    resource: createParameterArn({ ...parameter, accountId }),
    ownerId: accountId,
  });
  const store = call.cloud.account(accountId).parameters;
  if (!store.find(parameter))
    throw createParameterError("ParameterNotFound", "");
  const selector = body.number("ParameterVersion")?.toString();
  const found = store.find(parameter, selector);
  if (!found) throw createVersionNotFoundError(String(selector), name);
  const invalid = labels.filter((label) => findLabelProblem(label));
  const valid = labels.filter((label) => !invalid.includes(label));
  if (new Set([...found.labels, ...valid]).size > LABEL_LIMIT)
    throw createParameterError(
      "ParameterVersionLabelLimitExceeded",
      `A parameter version can have maximum ${LABEL_LIMIT} labels.`,
    );
  store.label(parameter, { version: found.version, labels: valid });
  return {
    status: 200,
    headers: { "Content-Type": "application/x-amz-json-1.1" },
    body: JSON.stringify({
      InvalidLabels: invalid,
      ParameterVersion: found.version,
    }),
  };
}

function readMembers(body: JsonBody): {
  readonly name: string;
  readonly labels: readonly string[];
} {
  const name = body.string("Name");
  const labels = body.strings("Labels");
  const violations = new Violations("ssm");
  for (const [member, value] of Object.entries({ name, labels }))
    if (value === undefined)
      violations.add(member, { value: null, constraint: "not be null" });
  violations.checkString("name", { value: name, min: 1, max: 2048 });
  if (labels && (labels.length < 1 || labels.length > LABEL_LIMIT))
    violations.add("labels", {
      value: `[${labels.join(", ")}]`,
      constraint:
        labels.length < 1
          ? "have length greater than or equal to 1"
          : `have length less than or equal to ${LABEL_LIMIT}`,
    });
  for (const [index, label] of (labels ?? []).entries())
    violations.checkString(`labels.${index + 1}.member`, {
      value: label,
      min: 1,
      max: LABEL_LENGTH,
    });
  violations.throwIfAny();
  return { name: name ?? "", labels: [...new Set(labels)] };
}
