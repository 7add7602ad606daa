/** A well-formed region, known or not. It becomes part of a host name, whose labels have at most 63 characters. */
const REGION = /^(?=.{1,63}$)[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/** What a function's ARN can name as its region: more than {@link REGION}, but nothing without a number. */
const HOST_REGION = /^[a-z][a-z-]{0,60}-\d{1,2}$/;

/**
 * A region for servers that are not AWS. It is only a word in signatures, and in the ARNs of session policies, so it may
 * have no character that separates their parts, and no wildcard.
 */
const CUSTOM_REGION = /^[\w.~+@-]{1,128}$/;

/** Whether a string is a well-formed AWS region. */
export function isAwsRegion(region: string): boolean {
  return REGION.test(region);
}

/** Whether AWS's endpoints can have this region in their name. */
export function isHostRegion(region: string): boolean {
  return HOST_REGION.test(region);
}

/** Whether a string can be the region of a custom endpoint. */
export function isCustomRegion(region: string): boolean {
  return CUSTOM_REGION.test(region);
}

/** A region, and whether its name selected FIPS endpoints. */
export interface RealRegion {
  readonly region: string;
  readonly isFips: boolean;
}

/** Older configurations name FIPS endpoints as regions, for example `fips-us-east-1`. Returns the actual region. */
export function toRealRegion(name: string): RealRegion {
  if (!name.startsWith("fips-") && !name.endsWith("-fips"))
    return { region: name, isFips: false };
  const region = name.replace(/fips-(?:dkr-|prod-)?|-fips/, "");
  return { region, isFips: true };
}
