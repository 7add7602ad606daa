// The actions of the workers, and their weights. Each makes one call. It throws an error of the connector, or a finding.
import { setTimeout, clearTimeout } from "node:timers";
import { createConnector } from "./connector.mjs";
import { CROSS_ACCOUNT } from "../servers/crossAccount.mjs";

/** Relative frequency of each action. */
export const WEIGHTS = {
  invoke: 40,
  invokeIdempotent: 10,
  invokeFailing: 4,
  invokeAborted: 4,
  event: 10,
  dryRun: 5,
  acrossAccounts: 12,
  list: 3,
  remove: 3,
  credentials: 4,
  validate: 4,
  anotherConnector: 1,
};

export const ACTIONS = {
  invoke: (world) => counted(world, {}),

  invokeIdempotent: (world) => counted(world, { idempotent: true }),

  async invokeFailing(world) {
    const { functionError } = await counted(world, {
      payload: { fails: true },
      request: { onFunctionError: "return" },
      isChecked: false,
    });
    // A corrupt response must not look like a failed function.
    if (functionError !== undefined && functionError !== "Unhandled")
      throw new Error(`functionError is ${functionError}`);
  },

  async invokeAborted(world) {
    const abort = new globalThis.AbortController();
    const timer = setTimeout(() => abort.abort(), world.random.between(0, 60));
    try {
      await counted(world, {
        payload: { waitMs: 40 },
        options: { signal: abort.signal },
      });
    } finally {
      clearTimeout(timer);
    }
  },

  event: (world) =>
    counted(world, {
      request: { invocationType: "Event" },
      isChecked: false,
      status: 202,
    }),

  dryRun: ({ connector, options }) =>
    connector.invokeFunction(
      { functionName: "price", invocationType: "DryRun" },
      options(),
    ),

  acrossAccounts: (world) =>
    counted(world, {
      method: "assumeRoleInvoke",
      request: {
        ...CROSS_ACCOUNT,
        roleSessionName: `soak-${world.random.between(1, 5)}`,
      },
    }),

  async list({ connector, random, options }) {
    const way = random.oneOf(["execute", "stream", "page"]);
    if (way === "execute") await connector.listFunctions({}, options());
    if (way === "page")
      await connector.listFunctions.page({ maxItems: 10 }, options());
    if (way !== "stream") return;
    let left = random.between(1, 200);
    for await (const fn of connector.listFunctions.stream({}, options())) {
      if (!fn.functionName) throw new Error("A function without a name");
      // Leaves the loop in the middle of a page.
      if (--left === 0) break;
    }
  },

  async remove({ connector, aws, own, options }) {
    await aws.ask("create", own);
    const deleted = await connector.deleteFunction(
      { functionName: own },
      options(),
    );
    if (typeof deleted !== "boolean") throw new Error(`deleted: ${deleted}`);
  },

  async credentials({ connector, connection }) {
    const { accessKeyId } = await connector.getDefaultCredentials();
    if (accessKeyId !== connection.credentials.accessKeyId)
      throw new Error("Unexpected credentials");
  },

  async validate({ connector, options }) {
    const isValid = await connector.validateCredentials({}, options());
    if (typeof isValid !== "boolean") throw new Error(`valid: ${isValid}`);
  },

  async anotherConnector(world) {
    // The main connection, or a different one.
    const maxSockets = world.random.oneOf([256, 8, 9]);
    const connector = createConnector(world.connection, { maxSockets });
    try {
      await counted({ ...world, connector }, {});
    } finally {
      connector.close();
    }
  },
};

/** Makes one invocation, and records it in the ledger before it is sent and when it is settled. */
async function counted(world, call) {
  const { connector, ledger, random, options } = world;
  const { method = "invokeFunction", idempotent = false, status = 200 } = call;
  const id = ledger.open({ isIdempotent: idempotent });
  const payload = { id, ...call.payload, ...padding(random) };
  try {
    const response = await connector[method](
      { functionName: "price", payload, idempotent, ...call.request },
      call.options ?? options(),
    );
    const isWhole = response.statusCode === status;
    if (call.isChecked !== false && response.payload.id !== id)
      throw new Error(`Sent ${id}, received ${response.payloadText}`);
    ledger.settle(id, isWhole && isJson(response) ? "succeeded" : "unreadable");
    return response;
  } catch (error) {
    // A corrupt response says nothing about the function.
    const isUnreadable = error.code === "ERR_RESPONSE";
    ledger.settle(id, isUnreadable ? "unreadable" : error.execution);
    throw error;
  }
}

function isJson({ payloadText }) {
  return payloadText === "" || payloadText.startsWith("{");
}

/** Makes some payloads large. */
const padding = (random) =>
  random.chance(0.02) ? { padding: "x".repeat(200_000) } : {};
