import { Cloud } from "./state/Cloud";
import { listen } from "./server/listen";
import { FULL_ACCESS } from "./iam/fullAccess";
import { createIamId } from "./iam/identifiers";
import type { Statement } from "./iam/Statement";
import { LocalAws } from "./LocalAws";
import type { LocalCredentials } from "./options/LocalCredentials";
import { LocalAwsError } from "./validation/LocalAwsError";
import { findCodeProblems } from "./options/findCodeProblems";
import type { LocalAwsOptions } from "./options/LocalAwsOptions";
import { readOptions, type ParsedOptions } from "./options/readOptions";
import { partitionOf } from "./arn/partitionOf";

/**
 * Starts an embedded AWS on loopback with Lambda, STS, Parameter Store and IAM Roles Anywhere. It
 * uses AWS's wire formats on one port, verifies every signature, evaluates policies and lets role
 * sessions expire. It keeps the process alive until it is closed.
 *
 * @param options - Resources and settings. Defaults to an empty account with an administrator.
 * @returns The running embedded AWS.
 * @throws {@link LocalAwsError} (`ERR_LOCAL_OPTIONS`) that lists every problem: an unknown option, a
 * value out of range, a functions folder without a handler, a module that can't be loaded, a policy
 * element that is not supported, or a port that is in use. It then doesn't listen.
 *
 * @example
 * const local = await startLocalAws({
 *   functions: {
 *     price: async (event: { sku: string }) => ({ sku: event.sku, cents: 990 }),
 *   },
 * });
 * const lambda = new LambdaClient({
 *   endpoint: local.endpoint,
 *   region: local.region,
 *   credentials: local.credentials,
 * });
 * await local.close();
 *
 * @example
 * const local = await startLocalAws({
 *   functions: "./functions",
 *   parameters: { "/acme/prod/trustKey": "s3cr3t" },
 *   users: { sidecar: { permissions: [] } },
 * });
 * const connector = createConnector({
 *   endpoint: local.endpoint,
 *   region: local.region,
 *   credentials: local.users["sidecar"],
 * });
 */
export async function startLocalAws(
  options: LocalAwsOptions = {},
): Promise<LocalAws> {
  const read = readOptions(options);
  const functions = read.accounts.map((account) => ({
    accountId: account.id,
    definitions: account.functions,
  }));
  if (read.problems.length > 0)
    throw new LocalAwsError([
      ...read.problems,
      ...(await findCodeProblems(functions, undefined)),
    ]);
  const cloud = createCloud(read);
  const administrator = issueUserCredentials(cloud, {
    name: "administrator",
    permissions: FULL_ACCESS,
    credentials: read.credentials,
  });
  const users = [...read.users].map(
    ([name, permissions]) =>
      [name, issueUserCredentials(cloud, { name, permissions })] as const,
  );
  const server = await listen(cloud, read.port);
  const local = new LocalAws({
    cloud,
    server,
    credentials: administrator,
    users: Object.fromEntries(users),
  });
  // Listens already: a module can read parameters while it is loaded.
  const problems = await findCodeProblems(functions, cloud);
  if (problems.length === 0) return local;
  await local.close();
  throw new LocalAwsError(problems);
}

function createCloud(read: ParsedOptions): Cloud {
  const cloud = new Cloud(read);
  for (const definition of read.accounts) {
    const { id, functions, parameters, roles } = definition;
    const account = cloud.account(id);
    for (const definition of functions) cloud.addFunction(definition, id);
    for (const parameter of parameters)
      for (const version of parameter.versions)
        account.parameters.put(parameter, { ...parameter, ...version });
    for (const role of roles) account.roles.set(role.name, role);
    for (const anchor of definition.trustAnchors)
      account.trustAnchors.set(anchor.arn, anchor);
    for (const profile of definition.profiles)
      account.profiles.set(profile.arn, profile);
  }
  return cloud;
}

function issueUserCredentials(
  cloud: Cloud,
  user: {
    readonly name: string;
    readonly permissions: readonly Statement[];
    readonly credentials?: LocalCredentials | undefined;
  },
): LocalCredentials {
  const { accountId, region } = cloud.settings;
  const { accessKeyId, secretAccessKey } = cloud.credentials.issueUser(
    {
      accountId,
      arn: `arn:${partitionOf(region)}:iam::${accountId}:user/${user.name}`,
      userId: createIamId("AIDA"),
      permissions: user.permissions,
    },
    user.credentials,
  );
  return { accessKeyId, secretAccessKey };
}
