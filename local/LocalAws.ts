import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { toArnsByName } from "./rolesanywhere/toArnsByName";
import { replaceFunction } from "./replaceFunction";
import type { Cloud } from "./state/Cloud";
import type { Faults } from "./faults/Faults";
import type { RequestJournal } from "./journal/RequestJournal";
import { LocalAwsError } from "./validation/LocalAwsError";
import type { FunctionOptions } from "./options/FunctionOptions";
import { OptionReader } from "./validation/OptionReader";
import type { ParameterOptions } from "./options/LocalAwsOptions";
import { readParameter } from "./options/readParameter";
import { accountRule, regionRule } from "./validation/rules";
import type { LambdaHandler } from "./runtime";

/** A pair of keys, as the AWS SDK takes them. */
export interface LocalCredentials {
  /** Public half, such as `AKIA…`; 20 characters. */
  readonly accessKeyId: string;

  /** Secret half; new with every start. */
  readonly secretAccessKey: string;
}

/** Where something lives. Both parts may be left out. */
export interface ResourceLocation {
  /** Account, 12 digits. Absent: that of the caller. */
  readonly accountId?: string;

  /** Region, such as `eu-central-1`. Absent: that of the embedded AWS. */
  readonly region?: string;
}

/** A function, in short. */
export interface FunctionSummary {
  /** Bare name of the function. */
  readonly functionName: string;

  /** Unqualified ARN of the function. */
  readonly functionArn: string;

  /** Identifier of the runtime, such as `nodejs22.x`. */
  readonly runtime: string;

  /** Handler as Lambda writes it, such as `index.handler`. */
  readonly handler: string;

  /** Memory in MB; 128 to 10,240. */
  readonly memorySize: number;

  /** Seconds one invocation may take; above 0, at most 900. */
  readonly timeout: number;
}

/** An embedded AWS that listens on loopback, until it is closed. Made by {@link startLocalAws}. */
export class LocalAws {
  readonly #cloud: Cloud;
  readonly #server: Server;
  #closing: Promise<void> | undefined;

  /** Base URL for every service, such as `http://127.0.0.1:45678`. */
  readonly endpoint: string;

  /** Keys of an administrator of the caller's account, who may do everything. */
  readonly credentials: LocalCredentials;

  /** Keys of the further users, by name. Empty: the options named none. */
  readonly users: Readonly<Record<string, LocalCredentials>>;

  /** ARNs of the trust anchors of the caller's account, by name. Empty: the options named none. */
  readonly trustAnchors: Readonly<Record<string, string>>;

  /** ARNs of the profiles of the caller's account, by name. Empty: the options named none. */
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
    this.users = parts.users;
    const { trustAnchors, profiles } = this.#cloud.account(this.accountId);
    this.trustAnchors = toArnsByName(trustAnchors);
    this.profiles = toArnsByName(profiles);
    const { port } = parts.server.address() as AddressInfo;
    this.endpoint = `http://127.0.0.1:${port}`;
  }

  /** Region where functions and parameters live unless they say otherwise. */
  get region(): string {
    return this.#cloud.settings.region;
  }

  /** Account of the caller, 12 digits. */
  get accountId(): string {
    return this.#cloud.settings.accountId;
  }

  /** Every request that was received, the refused ones included; the last 10,000, the oldest first. */
  get requests(): RequestJournal {
    return this.#cloud.journal;
  }

  /** Failures that can be asked for. */
  get faults(): Faults {
    return this.#cloud.faults;
  }

  /**
   * Creates a function, or replaces one of that name; what still runs of that is cut.
   *
   * @param name - Bare name, 1 to 64 letters, digits, hyphens and underscores.
   * @param given - Handler, or handler or file with its configuration.
   * @param where - Account and region. Absent: the caller's.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) that names every mistake in name, options, code or place; then
   * nothing was created.
   *
   * @example
   * await local.createFunction("double", async (event: { n: number }) => event.n * 2);
   */
  async createFunction(
    name: string,
    given: LambdaHandler | FunctionOptions,
    where: ResourceLocation = {},
  ): Promise<void> {
    await replaceFunction(this.#cloud, { name, given, ...this.#place(where) });
  }

  /**
   * The functions of an account and region, sorted by name; empty where there are none.
   *
   * @param where - Account and region. Absent: the caller's.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) where the place is no account or region.
   *
   * @example
   * console.log(local.listFunctions().map(({ functionArn }) => functionArn));
   */
  listFunctions(where: ResourceLocation = {}): readonly FunctionSummary[] {
    const { accountId, region } = this.#place(where);
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
   * Deletes a function with all its versions; what runs is cut. Without one of that name nothing happens.
   *
   * @param name - Bare name of the function.
   * @param where - Account and region. Absent: the caller's.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) where the place is no account or region.
   *
   * @example
   * await local.deleteFunction("double");
   */
  async deleteFunction(
    name: string,
    where: ResourceLocation = {},
  ): Promise<void> {
    const { accountId, region } = this.#place(where);
    await this.#cloud.account(accountId).functions.remove({ name, region });
  }

  /**
   * Writes a parameter, or further versions of it, of which 100 are kept; a bare text is a `SecureString`.
   *
   * @param name - Name; with a leading slash as soon as it has levels, of which there are at most 15.
   * @param given - Value, or value or versions with labels, type and region.
   * @param where - Account and region. Absent: the caller's.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) that names every mistake in name, value, type or place, never
   * the value; then nothing was written.
   *
   * @example
   * local.putParameter("/acme/prod/trustKey", "s3cr3t");
   */
  putParameter(
    name: string,
    given: string | ParameterOptions,
    where: ResourceLocation = {},
  ): void {
    const { accountId, region } = this.#place(where);
    const root = new OptionReader({
      path: `parameters.${name}`,
      value: given,
      problems: [],
    });
    const parameter = readParameter(root, { name, region });
    if (root.problems.length > 0) throw new LocalAwsError(root.problems);
    const { parameters } = this.#cloud.account(accountId);
    for (const version of parameter.versions)
      parameters.put(parameter, { ...parameter, ...version });
  }

  /**
   * Deletes a parameter with its history. Without one of that name nothing happens.
   *
   * @param name - Name, as it was written.
   * @param where - Account and region. Absent: the caller's.
   * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) where the place is no account or region.
   *
   * @example
   * local.deleteParameter("/acme/prod/trustKey");
   */
  deleteParameter(name: string, where: ResourceLocation = {}): void {
    const { accountId, region } = this.#place(where);
    this.#cloud.account(accountId).parameters.remove({ name, region });
  }

  /**
   * Ends the embedded AWS: connections, workers and timers; nothing stays behind.
   * What still runs is cut. Calling it again waits for the same end.
   *
   * @example
   * await local.close();
   */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await Promise.all([closed, this.#cloud.close()]);
  }

  #place(where: ResourceLocation): Required<ResourceLocation> {
    const problems: string[] = [];
    const given = new OptionReader({ path: "where", value: where, problems });
    given.allowOnly("accountId", "region");
    const place = {
      accountId: given.at("accountId").string(this.accountId, accountRule),
      region: given.at("region").string(this.region, regionRule),
    };
    if (problems.length > 0) throw new LocalAwsError(problems);
    return place;
  }
}
