import { request } from "node:http";
import { isAwsRegion } from "../arn/regions";
import { UnusableSettingError } from "../http/UnusableSettingError";
import type { Clock } from "../settings/clock";
import { environmentVariable } from "../text/environmentVariable";
import { isMetadataDisabled } from "./chain/remoteSources";

/** Time limit of one request, in ms. Outside EC2, nothing responds. */
const TIMEOUT_MS = 1_000;

/** How long the metadata service is not asked again if it returned no region, in ms. */
const PAUSE_MS = 60_000;

/** Largest response, in bytes. Tokens have 56, regions less. */
const MAX_BYTES = 4_096;

const IPV4 = "http://169.254.169.254";
const IPV6 = "http://[fd00:ec2::254]";

/** The region in the metadata of an EC2 instance, as the AWS SDK reads it. */
export class MetadataRegion {
  readonly #clock: Clock;
  /** The metadata service is not asked before this time. */
  #pausedUntil = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Reads the region.
   *
   * @throws {@link UnusableSettingError} if there is none.
   */
  async load(): Promise<string> {
    const isAsked =
      !isMetadataDisabled() && this.#clock.now() >= this.#pausedUntil;
    const region = isAsked ? await readRegion().catch(() => "") : "";
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
}

async function readRegion(): Promise<string> {
  const token = await send("PUT", "/latest/api/token", {
    "x-aws-ec2-metadata-token-ttl-seconds": "21600",
  });
  const region = await send("GET", "/latest/meta-data/placement/region", {
    "x-aws-ec2-metadata-token": token,
  });
  return region.trim();
}

function endpoint(): URL {
  const mode = environmentVariable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
  return new URL(
    environmentVariable("AWS_EC2_METADATA_SERVICE_ENDPOINT") ??
      (mode?.toLowerCase() === "ipv6" ? IPV6 : IPV4),
  );
}

/** Sends a request, and returns the body of a successful response. */
function send(
  method: "GET" | "PUT",
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const outgoing = request(new URL(path, endpoint()), {
      method,
      headers,
      signal,
      // The sockets of the global agent would stay open.
      agent: false,
    });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      let length = 0;
      incoming.on("error", reject);
      incoming.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > MAX_BYTES) outgoing.destroy(new Error("too large"));
      });
      incoming.on("end", () => {
        if (incoming.statusCode === 200)
          resolve(Buffer.concat(chunks).toString("utf8"));
        else reject(new Error(`status ${incoming.statusCode}`));
      });
    });
    outgoing.end();
  });
}
