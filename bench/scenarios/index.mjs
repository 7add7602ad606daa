// The scenarios, in the order of a full run. `run` returns the targets and tables of a scenario; `measure` makes one
// measurement in a new process.
import * as assumeRole from "./assumeRole.mjs";
import * as blocks from "./blocks.mjs";
import * as gateway from "./gateway.mjs";
import * as invoke from "./invoke.mjs";
import * as listing from "./listing.mjs";
import * as local from "./local.mjs";
import * as throughput from "./throughput.mjs";
import * as payload from "./payload.mjs";
import * as policy from "./policy.mjs";
import * as router from "./router.mjs";
import * as startup from "./startup.mjs";

export const SCENARIOS = {
  invoke,
  assumeRole,
  startup,
  listing,
  payload,
  throughput,
  gateway,
  router,
  policy,
  local,
  blocks,
};
