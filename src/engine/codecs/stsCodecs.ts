import type { Codec, Optional } from "./Codec";
import {
  encodeForm,
  readResult,
  toQueryError,
  type FormField,
} from "./queryProtocol";
import { findChild, findText, XmlError, type XmlElement } from "./readXml";

const VERSION: FormField = ["Version", "2011-06-15"];

/** The fields of AssumeRole in use. */
export type AssumeRoleInput = Optional<{
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly Policy: string;
  readonly DurationSeconds: number;
  readonly Tags: readonly { readonly Key?: string; readonly Value?: string }[];
  readonly ExternalId: string;
  readonly SourceIdentity: string;
}>;

/** The fields of AssumeRoleWithWebIdentity in use. */
export type AssumeRoleWithWebIdentityInput = Optional<{
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly WebIdentityToken: string;
}>;

/** The part of a response with credentials that is read. */
export interface StsSession {
  /** Not set if the response has none. */
  readonly Credentials?: {
    readonly AccessKeyId: string | undefined;
    readonly SecretAccessKey: string | undefined;
    readonly SessionToken: string | undefined;
    readonly Expiration: Date | undefined;
  };
}

/** The part of the response of GetCallerIdentity that is read. */
export interface CallerIdentity {
  readonly Arn: string;
}

/** The fields are in the AWS SDK's order. */
export const ASSUME_ROLE_CODEC: Codec<AssumeRoleInput, StsSession> = {
  encode: (input) =>
    encodeForm([
      ["Action", "AssumeRole"],
      VERSION,
      ["RoleArn", input.RoleArn],
      ["RoleSessionName", input.RoleSessionName],
      ["Policy", input.Policy],
      ["DurationSeconds", input.DurationSeconds],
      ...toTagFields(input.Tags),
      ["ExternalId", input.ExternalId],
      ["SourceIdentity", input.SourceIdentity],
    ]),
  decode: (response) => readResult(response, "AssumeRole", readSession),
  toError: toQueryError,
};

export const ASSUME_ROLE_WITH_WEB_IDENTITY_CODEC: Codec<
  AssumeRoleWithWebIdentityInput,
  StsSession
> = {
  encode: (input) => ({
    ...encodeForm([
      ["Action", "AssumeRoleWithWebIdentity"],
      VERSION,
      ["RoleArn", input.RoleArn],
      ["RoleSessionName", input.RoleSessionName],
      ["WebIdentityToken", input.WebIdentityToken],
    ]),
    // The token replaces the signature.
    isAnonymous: true,
  }),
  decode: (response) =>
    readResult(response, "AssumeRoleWithWebIdentity", readSession),
  toError: toQueryError,
};

export const GET_CALLER_IDENTITY_CODEC: Codec<object, CallerIdentity> = {
  encode: () => encodeForm([["Action", "GetCallerIdentity"], VERSION]),
  decode: (response) =>
    readResult(response, "GetCallerIdentity", (result) => {
      const arn = findText(result, "Arn");
      // Otherwise, an empty result would look like valid credentials.
      if (!arn) throw new XmlError("it has no ARN");
      return { Arn: arn };
    }),
  toError: toQueryError,
};

function toTagFields(tags: AssumeRoleInput["Tags"]): FormField[] {
  if (tags?.length === 0) return [["Tags", ""]];
  return (tags ?? []).flatMap(({ Key, Value }, index) => [
    [`Tags.member.${index + 1}.Key`, Key] as const,
    [`Tags.member.${index + 1}.Value`, Value] as const,
  ]);
}

function readSession(result: XmlElement): StsSession {
  const credentials = findChild(result, "Credentials");
  if (!credentials) return {};
  return {
    Credentials: {
      AccessKeyId: findText(credentials, "AccessKeyId"),
      SecretAccessKey: findText(credentials, "SecretAccessKey"),
      SessionToken: findText(credentials, "SessionToken"),
      Expiration: toDate(findText(credentials, "Expiration")),
    },
  };
}

const TIMESTAMP =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function toDate(timestamp: string | undefined): Date | undefined {
  if (timestamp === undefined) return undefined;
  const date = new Date(TIMESTAMP.test(timestamp) ? timestamp : NaN);
  if (Number.isNaN(date.getTime()))
    throw new XmlError("it has an invalid timestamp");
  return date;
}
