/** Kinds of failures of one process. Further ones are not warned about. */
const MAX_KINDS = 50;

const CODE = "AWS_LAMBDA_CONNECTOR_GATEWAY";

/** What has been warned about. */
const KINDS = new Set<string>();

/**
 * Warns once about a kind of failure for which the host has no listener.
 *
 * @param kind - What happened and where, without anything of a single request.
 * @param option - The option that receives each failure.
 */
export function warnOnce(kind: string, option: string): void {
  if (KINDS.has(kind) || KINDS.size >= MAX_KINDS) return;
  KINDS.add(kind);
  process.emitWarning(`${kind}. Set ${option} to receive every failure.`, {
    type: "GatewayWarning",
    code: CODE,
    detail: `Further failures of this kind are not reported without ${option}.`,
  });
}
