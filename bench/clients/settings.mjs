// Settings that all clients share.

/** Maximum number of sockets of each client. */
export const SOCKETS = 256;

/** Path of the function, for clients without a Lambda API. */
export const PATH = "/2015-03-31/functions/price/invocations";

/** Region and credentials. The stub checks neither. */
export const DEFAULTS = {
  region: "eu-central-1",
  credentials: {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  },
};
