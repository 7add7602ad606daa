// Random faults.

const PAGE = "<html><body><h1>Service Unavailable</h1></body></html>";

const KINDS = {
  reset: 4,
  truncate: 3,
  delay: 4,
  silence: 1,
  status: 4,
  page: 3,
  throttle: 4,
  "expired-token": 2,
  garbage: 2,
};

/** Requests that faults apply to: most faults apply to the next request of any kind. */
const TARGETS = {
  any: 10,
  Invoke: 4,
  AssumeRole: 2,
  GetParameter: 1,
  GetCallerIdentity: 1,
  ListFunctions: 1,
  DeleteFunction: 1,
};

/** Creates a fault for the embedded AWS. */
export function createFault(random) {
  const kind = random.weighted(KINDS);
  const operation = random.weighted(TARGETS);
  return {
    ...membersOf(kind, random),
    ...(operation !== "any" && { operation }),
    times: kind === "silence" ? 1 : random.between(1, 4),
  };
}

function membersOf(kind, random) {
  switch (kind) {
    case "reset":
      return { kind, when: random.oneOf(["before-run", "after-run"]) };
    case "delay":
      return { kind, ms: random.between(1, 600) };
    case "status":
      return { kind, status: random.oneOf([500, 503]) };
    case "page":
      return { kind: "status", status: random.oneOf([502, 503]), html: PAGE };
    case "throttle":
      return random.chance(0.2) ? { kind, retryAfterSeconds: 1 } : { kind };
    default:
      return { kind };
  }
}
