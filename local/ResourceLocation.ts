/** Account and region of a resource. */
export interface ResourceLocation {
  /** Account ID, 12 digits. Defaults to the caller's account. */
  readonly accountId?: string | undefined;

  /** Region, such as `eu-central-1`. Defaults to the region of the embedded AWS. */
  readonly region?: string | undefined;
}
