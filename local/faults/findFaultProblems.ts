import {
  findOperationNameProblem,
  type OperationName,
} from "../protocol/Route";
import { OptionReader } from "../validation/OptionReader";

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

/** Returns every problem in a fault, one sentence each. */
export function findFaultProblems(fault: unknown): readonly string[] {
  const option = new OptionReader({
    path: "fault",
    value: fault,
    problems: [],
  });
  if (!option.isObject()) {
    option.report("must be an object with a kind");
    return option.problems;
  }
  const kind = option.at("kind").string(undefined);
  const members =
    kind !== undefined && Object.hasOwn(MEMBERS, kind)
      ? MEMBERS[kind]
      : undefined;
  if (members === undefined) {
    option
      .at("kind")
      .report(`must be one of ${Object.keys(MEMBERS).join(", ")}`);
    return option.problems;
  }
  option.allowOnly("kind", "operation", "functionName", "times", ...members);
  checkTarget(option);
  checkMembers(option, members);
  checkFrames(option);
  return option.problems;
}

function checkTarget(option: OptionReader): void {
  const operation = option.at("operation").string(undefined);
  const problem =
    operation === undefined ? undefined : findOperationNameProblem(operation);
  if (problem !== undefined) option.at("operation").report(problem);
  option.at("functionName").string(undefined);
  const times = option.at("times");
  if (times.value !== Infinity)
    times.number(1, { min: 1, max: Number.MAX_SAFE_INTEGER, isWhole: true });
}

const STREAM: OperationName = "InvokeWithResponseStream";

function checkFrames(option: OptionReader): void {
  const [frames, at] = [option.at("frames"), option.at("at")];
  frames.number(0, { min: 0, max: Number.MAX_SAFE_INTEGER, isWhole: true });
  if (!at.isMissing && !["mid-frame", "frame-end"].includes(String(at.value)))
    at.report("must be mid-frame or frame-end");
  for (const each of [frames, at])
    if (!each.isMissing && option.at("operation").value !== STREAM)
      each.report(
        `requires the operation ${STREAM}; other operations have no frames`,
      );
  if (!frames.isMissing && option.at("when").value === "before-run")
    frames.report(
      "cannot be combined with when before-run; set when to after-run",
    );
}

function checkMembers(option: OptionReader, members: readonly string[]): void {
  if (members.includes("when"))
    if (
      !option.at("when").isMissing &&
      !["before-run", "after-run"].includes(String(option.at("when").value))
    )
      option.at("when").report("must be before-run or after-run");
  if (members.includes("ms")) {
    if (option.at("ms").isMissing) option.at("ms").report("is required");
    option.at("ms").number(0, { min: 0, max: 3_600_000 });
  }
  if (members.includes("status")) {
    if (option.at("status").isMissing)
      option.at("status").report("is required");
    option.at("status").number(0, { min: 300, max: 599, isWhole: true });
    for (const key of ["code", "message", "html"])
      option.at(key).string(undefined);
  }
  if (members.includes("retryAfterSeconds"))
    option
      .at("retryAfterSeconds")
      .number(0, { min: 0, max: 86_400, isWhole: true });
}
