import { AWS_Region } from "../domain";

/** The example credentials of AWS's documentation. They belong to no account. */
export const exampleCredentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

/** A connection that reads nothing from the environment. */
export const connection = {
  region: AWS_Region.eu_central_1,
  credentials: exampleCredentials,
};
