import type { PreInput } from "../../../../gateway/boomi/configuration/PreInput";
import { readConfiguration } from "../../../../gateway/boomi/configuration/readConfiguration";
import type { SidecarIssue } from "../../../../gateway/boomi/configuration/SidecarIssue";
import type {
  Point,
  PointConfiguration,
} from "../../../../gateway/boomi/configuration/PointConfiguration";

/** The four lines that every configuration has. */
export const CONNECTION = `region:eu-central-1
functionARN:arn:aws:lambda:eu-central-1:222233334444:function:order-guard
roleARN:arn:aws:iam::222233334444:role/tibco_sidecar_connector_orders
externalIdKey:acme/prod/trustKey`;

/** The same as an object. */
export const CONNECTION_OBJECT: PreInput = {
  region: "eu-central-1",
  functionARN: "arn:aws:lambda:eu-central-1:222233334444:function:order-guard",
  roleARN: "arn:aws:iam::222233334444:role/tibco_sidecar_connector_orders",
  externalIdKey: "acme/prod/trustKey",
};

/** What is read of these lines, behind the four. */
export function read(
  lines: string,
  point: Point = "PreProcessor",
): PointConfiguration {
  const { configuration, issues } = readConfiguration(
    `${CONNECTION}\n${lines}`,
    point,
  );
  if (!configuration) throw new Error(JSON.stringify(issues));
  return configuration;
}

/** What is read of an object that has this besides the four. */
export function readObject(more: object): PointConfiguration {
  const { configuration, issues } = readConfiguration(
    { ...CONNECTION_OBJECT, ...more },
    "PreProcessor",
  );
  if (!configuration) throw new Error(JSON.stringify(issues));
  return configuration;
}

/** What is wrong with these lines, the first of which is line 5. */
export function refused(
  lines: string,
  point: Point = "PreProcessor",
): readonly SidecarIssue[] {
  return readConfiguration(`${CONNECTION}\n${lines}`, point).issues;
}

/** What is wrong with an object that has this besides the four. */
export function refusedObject(
  more: object,
  point: Point = "PreProcessor",
): readonly SidecarIssue[] {
  return readConfiguration({ ...CONNECTION_OBJECT, ...more }, point).issues;
}
