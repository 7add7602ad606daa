// What every client is given alike, so that only the clients differ.

/** Most sockets to the server, for every client. */
export const SOCKETS = 256;

/** Where the function is, for clients that know no Lambda. */
export const PATH = "/2015-03-31/functions/price/invocations";

/** Region and keys; a stub checks neither. */
export const ANYWHERE = {
  region: "eu-central-1",
  credentials: {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  },
};
