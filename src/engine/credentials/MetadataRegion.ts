import { isAwsRegion } from "../arn/regions";
import { UnusableSettingError } from "../http/UnusableSettingError";
import type { Clock } from "../settings/clock";
import type { MetadataService } from "./chain/MetadataService";
import { isMetadataDisabled } from "./chain/metadataSettings";

/** How long the metadata service is not asked again if it returned no region, in ms. */
const PAUSE_MS = 60_000;

const REGION_PATH = "/latest/meta-data/placement/region";

/** What the region is read with. */
export interface MetadataRegionOptions {
  readonly clock: Clock;
  /** Returns the client of the instance metadata service. */
  readonly metadata: () => MetadataService;
}

/** The region in the metadata of an EC2 instance, as the AWS SDK reads it. */
export class MetadataRegion {
  readonly #clock: Clock;
  readonly #metadata: () => MetadataService;
  /** The metadata service is not asked before this time. */
  #pausedUntil = -Infinity;

  constructor({ clock, metadata }: MetadataRegionOptions) {
    this.#clock = clock;
    this.#metadata = metadata;
  }

  /**
   * Reads the region.
   *
   * @throws {@link UnusableSettingError} if there is none.
   */
  async load(): Promise<string> {
    const isAsked =
      !isMetadataDisabled() && this.#clock.now() >= this.#pausedUntil;
    const region = isAsked ? await this.#read().catch(() => "") : "";
    if (isAwsRegion(region)) return region;
    if (isAsked) this.#pausedUntil = this.#clock.now() + PAUSE_MS;
    throw new UnusableSettingError({
      path: "region",
      rule: "required",
      message:
        process.env["AWS_REGION"] === ""
          ? "region is missing because AWS_REGION is empty; set or unset AWS_REGION, or set region on the connection"
          : "region is missing; set it on the connection, or set AWS_REGION",
    });
  }

  async #read(): Promise<string> {
    const region = await this.#metadata().read(({ get }) => get(REGION_PATH));
    return region?.trim() ?? "";
  }
}
