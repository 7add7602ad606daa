import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "fixtures", "anywhere");

/** A certificate, a key or a pass phrase's file of the tests; `make.sh` beside them tells how they were made. */
export function fixture(file: string): string {
  return readFileSync(join(FOLDER, file), "utf8");
}

/** A PKCS#12 file of the tests. */
export function fixtureBytes(file: string): Uint8Array {
  return readFileSync(join(FOLDER, file));
}

/** The pass phrase of every locked key and file of the tests. */
export const PASSPHRASE = "correct-horse-battery-staple";

/** Who asks, and for what. */
export const ASKED = {
  trustAnchorArn:
    "arn:aws:rolesanywhere:eu-central-1:111122223333:trust-anchor/acme",
  profileArn: "arn:aws:rolesanywhere:eu-central-1:111122223333:profile/nodes",
  roleArn: "arn:aws:iam::111122223333:role/node",
};

/** The same with a certificate and its key, RSA. */
export const RSA = {
  ...ASKED,
  certificate: fixture("rsa.pem"),
  privateKey: fixture("rsa.key"),
};

/** The same, EC, with the intermediate that issued it. */
export const EC = {
  ...ASKED,
  certificate: fixture("ec.pem"),
  privateKey: fixture("ec.key"),
  certificateChain: fixture("intermediate.pem"),
};
