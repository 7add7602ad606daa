import { AWS_Region } from "../domain";

/** AWS's own example keys: nobody's. */
export const keys = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

/** A connection for tests: nothing in it comes from the environment. */
export const connection = {
  region: AWS_Region.eu_central_1,
  credentials: keys,
};
