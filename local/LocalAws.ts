import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createClientEnvironment } from "./createClientEnvironment";
import { toArnsByName } from "./rolesanywhere/toArnsByName";
import { rejectUnknownNames } from "./rejectUnknownNames";
import { replaceFunction } from "./replaceFunction";
import type { Cloud } from "./state/Cloud";
import type { Faults } from "./faults/Faults";
import type { RequestJournal } from "./journal/RequestJournal";
import type { FunctionSummary } from "./FunctionSummary";
import type { LocalCredentials } from "./options/LocalCredentials";
import type { ResourceLocation } from "./ResourceLocation";
import { LocalAwsError } from "./validation/LocalAwsError";
import type { FunctionOptions } from "./options/FunctionOptions";
import { OptionReader } from "./validation/OptionReader";
import type { ParameterOptions } from "./options/LocalAwsOptions";
import { putParameter } from "./putParameter";
import { accountRule, regionRule } from "./validation/rules";
import type { LambdaHandler } from "./runtime";

/**
 * An embedded AWS that listens on loopback until it is closed. Created by {@link startLocalAws}.
 */
export class LocalAws {
  readonly #cloud: Cloud;
  readonly #server: Server;
  #closing: Promise<void> | undefined;

  /** Endpoint of every service. */
  readonly endpoint: string;

  /** Credentials of an administrator of the caller's account, with every permission. */
  readonly credentials: LocalCredentials;

  /**
   * Credentials of the users from the option `users`, by name. Reading another name throws {@link
   * LocalAwsError}: a client with `credentials: undefined` would use the credentials of the machine.
   */
  readonly users: Readonly<Record<string, LocalCredentials>>;

  /**
   * ARNs of the trust anchors in the caller's account, by name. Reading another name throws {@link
   * LocalAwsError}.
   */
  readonly trustAnchors: Readonly<Record<string, string>>;

  /** ARNs of the profiles in the caller's account, by name. Other names throw {@link LocalAwsError}. */
  readonly profiles: Readonly<Record<string, string>>;

  /** @internal */
  constructor(parts: {
    readonly cloud: Cloud;
    readonly server: Server;
    readonly credentials: LocalCredentials;
    readonly users: Readonly<Record<string, LocalCredentials>>;
  }) {
    this.#cloud = parts.cloud;
    this.#server = parts.server;
    this.credentials = parts.credentials;
    this.users = rejectUnknownNames(parts.users, "users");
    const { trustAnchors, profiles } = this.#cloud.account(this.accountId);
    this.trustAnchors = rejectUnknownNames(
      toArnsByName(trustAnchors),
      "trustAnchors",
    );
    this.profiles = rejectUnknownNames(toArnsByName(profiles), "profiles");
    const { port } = parts.server.address() as AddressInfo;
    this.endpoint = `http://127.0.0.1:${port}`;
    this.#cloud.endpoint = this.endpoint;
  }

  /**
   * Environment variables for AWS clients in this or another process: endpoint, region and
   * `credentials`, and no profile, shared files or instance metadata of this machine.
   */
  get environment(): Readonly<Record<string, string>> {
    return createClientEnvironment(this);
  }

  /** Default region of functions and parameters. */
  get region(): string {
    return this.#cloud.settings.region;
  }

  /** Account ID of the caller, 12 digits. */
  get accountId(): string {
    return this.#cloud.settings.accountId;
  }

  /** The last 10,000 requests that were received, oldest first, including rejected ones. */
  get requests(): RequestJournal {
    return this.#cloud.journal;
  }

  /** Faults to inject into requests. */
  get faults(): Faults {
    return this.#cloud.faults;
  }

  /**
   * Creates a function, or replaces an existing one. Running invocations of the replaced function
   * are aborted.
   *
   * @param name - Name of the function; 1 to 64 letters, digits, hyphens and underscores.
   * @param options - A handler, or a handler or file with its configuration.
   * @param location - Account and region. Defaults to the caller's.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) that lists every problem in the arguments
   * and the code. In this case, nothing is created.
   *
   * @example
   * await local.createFunction(
   *   "double",
   *   async (event: { n: number }) => event.n * 2,
   * );
   */
  async createFunction(
    name: string,
    options: LambdaHandler | FunctionOptions,
    location: ResourceLocation = {},
  ): Promise<void> {
    await replaceFunction(this.#cloud, {
      name,
      options,
      ...this.#locate(location),
    });
  }

  /**
   * Lists the functions of an account and region, sorted by name.
   *
   * @param location - Account and region. Defaults to the caller's.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) if the location is not valid.
   *
   * @example
   * console.log(local.listFunctions().map(({ functionArn }) => functionArn));
   */
  listFunctions(location: ResourceLocation = {}): readonly FunctionSummary[] {
    const { accountId, region } = this.#locate(location);
    return this.#cloud
      .account(accountId)
      .functions.list(region)
      .map(({ arn, definition }) => ({
        functionName: definition.name,
        functionArn: arn,
        runtime: definition.runtime,
        handler: definition.handler,
        memorySize: definition.memorySize,
        timeout: definition.timeout,
      }));
  }

  /**
   * Deletes a function with all its versions. Running invocations are aborted. Does nothing if the
   * function does not exist.
   *
   * @param name - Name of the function, without account or region.
   * @param location - Account and region. Defaults to the caller's.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) if the location is not valid.
   *
   * @example
   * await local.deleteFunction("double");
   */
  async deleteFunction(
    name: string,
    location: ResourceLocation = {},
  ): Promise<void> {
    const { accountId, region } = this.#locate(location);
    await this.#cloud.account(accountId).functions.remove({ name, region });
  }

  /**
   * Writes a new version of a parameter, or several. The last 100 versions are kept. A string is
   * the value of a `SecureString`.
   *
   * @param name - Name of the parameter. Hierarchical names start with a slash and have at most 15
   * levels.
   * @param parameter - The value, or an object with the value or versions, labels, type and region.
   * @param location - Account and region. Defaults to the caller's.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) that lists every problem in the arguments,
   * without the value. In this case, nothing is written.
   *
   * @example
   * local.putParameter("/acme/prod/trustKey", "s3cr3t");
   */
  putParameter(
    name: string,
    parameter: string | ParameterOptions,
    location: ResourceLocation = {},
  ): void {
    putParameter(this.#cloud, { name, parameter, ...this.#locate(location) });
  }

  /**
   * Deletes a parameter with its history. Does nothing if the parameter does not exist.
   *
   * @param name - Name of the parameter, as it was written.
   * @param location - Account and region. Defaults to the caller's.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) if the location is not valid.
   *
   * @example
   * local.deleteParameter("/acme/prod/trustKey");
   */
  deleteParameter(name: string, location: ResourceLocation = {}): void {
    const { accountId, region } = this.#locate(location);
    this.#cloud.account(accountId).parameters.remove({ name, region });
  }

  /**
   * Closes connections and ends workers and timers. Running invocations are aborted. Further calls
   * return the same promise.
   *
   * @example
   * await local.close();
   */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  /** Calls {@link LocalAws.close} at the end of a block that starts with `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #end(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await Promise.all([closed, this.#cloud.close()]);
  }

  #locate(location: ResourceLocation): Record<keyof ResourceLocation, string> {
    const problems: string[] = [];
    const option = new OptionReader({
      path: "location",
      value: location,
      problems,
    });
    option.allowOnly("accountId", "region");
    const resolved = {
      accountId: option.at("accountId").string(this.accountId, accountRule),
      region: option.at("region").string(this.region, regionRule),
    };
    if (problems.length > 0) throw new LocalAwsError(problems);
    return resolved;
  }
}
