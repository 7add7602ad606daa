import { complainOfOperation, type OperationName } from "../protocol/Route";
import { Given } from "../validation/OptionReader";

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  reset: ["when", "frames"],
  truncate: ["frames", "at"],
  delay: ["ms"],
  silence: ["frames"],
  status: ["status", "code", "message", "html"],
  throttle: ["retryAfterSeconds"],
  "expired-token": [],
  garbage: ["frames"],
};

/** Every mistake in a fault, as a sentence each. */
export function readFault(fault: unknown): readonly string[] {
  const given = new Given({ path: "fault", value: fault, problems: [] });
  if (!given.isRecord()) {
    given.complain("must be an object with a kind");
    return given.problems;
  }
  const kind = given.at("kind").text(undefined);
  const members =
    kind !== undefined && Object.hasOwn(MEMBERS, kind)
      ? MEMBERS[kind]
      : undefined;
  if (members === undefined) {
    given
      .at("kind")
      .complain(`must be one of ${Object.keys(MEMBERS).join(", ")}`);
    return given.problems;
  }
  given.knows("kind", "operation", "functionName", "times", ...members);
  readTarget(given);
  readMembers(given, members);
  readFrames(given);
  return given.problems;
}

function readTarget(given: Given): void {
  const operation = given.at("operation").text(undefined);
  const complaint =
    operation === undefined ? undefined : complainOfOperation(operation);
  if (complaint !== undefined) given.at("operation").complain(complaint);
  given.at("functionName").text(undefined);
  const times = given.at("times");
  if (times.value !== Infinity)
    times.number(1, { min: 1, max: Number.MAX_SAFE_INTEGER, isWhole: true });
}

const STREAM: OperationName = "InvokeWithResponseStream";

function readFrames(given: Given): void {
  const [frames, at] = [given.at("frames"), given.at("at")];
  frames.number(0, { min: 0, max: Number.MAX_SAFE_INTEGER, isWhole: true });
  if (!at.isAbsent && !["mid-frame", "frame-end"].includes(String(at.value)))
    at.complain("must be mid-frame or frame-end");
  for (const each of [frames, at])
    if (!each.isAbsent && given.at("operation").value !== STREAM)
      each.complain(`needs operation ${STREAM}: nothing else has frames`);
  if (!frames.isAbsent && given.at("when").value === "before-run")
    frames.complain("needs when to be after-run");
}

function readMembers(given: Given, members: readonly string[]): void {
  if (members.includes("when"))
    if (!["before-run", "after-run"].includes(String(given.at("when").value)))
      given.at("when").complain("must be before-run or after-run");
  if (members.includes("ms")) {
    if (given.at("ms").isAbsent) given.at("ms").complain("is required");
    given.at("ms").number(0, { min: 0, max: 3_600_000 });
  }
  if (members.includes("status")) {
    if (given.at("status").isAbsent) given.at("status").complain("is required");
    given.at("status").number(0, { min: 300, max: 599, isWhole: true });
    for (const key of ["code", "message", "html"])
      given.at(key).text(undefined);
  }
  if (members.includes("retryAfterSeconds"))
    given
      .at("retryAfterSeconds")
      .number(0, { min: 0, max: 86_400, isWhole: true });
}
